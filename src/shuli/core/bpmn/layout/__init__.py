"""Draw any model: columns by the flow, rows by departments, right-angled lines around every shape."""

from shuli.core.bpmn.layout.interchange import lay_out
from shuli.core.bpmn.layout.plane import draw
from shuli.core.bpmn.layout.values import Box, Drawing, Link, Point, Shape, Size, Sketch

__all__ = ["Box", "Drawing", "Link", "Point", "Shape", "Size", "Sketch", "draw", "lay_out"]
