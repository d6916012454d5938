"""The cross-functional chart as SVG: departments as columns, phases as rows."""

from collections.abc import Collection, Mapping

from shuli.core.bpmn.document import BpmnDocument
from shuli.core.bpmn.draw.canvas import Medium
from shuli.core.bpmn.draw.containers import Row
from shuli.core.bpmn.draw.lettering import Box
from shuli.core.bpmn.draw.picture import draw_svg
from shuli.core.bpmn.draw.scene import Language, Pin
from shuli.core.bpmn.layout.columns import Chart, lay_out_in_columns


def draw_chart(
    document: BpmnDocument | Chart,
    *,
    language: Language = "zh",
    markers: Mapping[str, Collection[str]] | None = None,
    pins: Mapping[str, Pin] | None = None,
    medium: Medium = "page",
    prefix: str = "chart-",
) -> str:
    """Return the main process as the Chinese 跨职能流程图; everything else as `draw_svg` has it.

    A chart that has been laid out already is drawn as it is.
    """
    chart = document if isinstance(document, Chart) else lay_out_in_columns(document)
    rows = [
        Row(
            name=one.name,
            box=Box(x=one.box.x, y=one.box.y, width=one.box.width, height=one.box.height),
        )
        for one in chart.rows
    ]
    return draw_svg(
        chart.document,
        language=language,
        markers=markers,
        pins=pins,
        medium=medium,
        prefix=prefix,
        rows=rows,
    )
