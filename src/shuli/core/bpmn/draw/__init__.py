"""A BPMN diagram as SVG, drawn by the server."""

from shuli.core.bpmn.draw.chart import draw_chart
from shuli.core.bpmn.draw.languages import localize
from shuli.core.bpmn.draw.picture import draw_svg
from shuli.core.bpmn.draw.scene import Pin

__all__ = ["Pin", "draw_chart", "draw_svg", "localize"]
