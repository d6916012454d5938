"""The diagram of a process, warm where work waits or is late."""

from fractions import Fraction

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shuli.apps.catalogue import queries as catalogue
from shuli.apps.monitoring.dashboards.places import waited_share
from shuli.apps.monitoring.indicators import BY_KEY, Sums
from shuli.core.bpmn import draw_svg
from shuli.core.bpmn.draw import Pin

MEASURES = {"waiting": _("Share of waiting in the time at each step"), "late": _("Timeout rate of each step")}
# From which share on a step is so warm.
WARM = {
    "waiting": ((Fraction(60, 100), "sl-h4"), (Fraction(40, 100), "sl-h3"), (Fraction(20, 100), "sl-h2")),
    "late": ((Fraction(20, 100), "sl-h4"), (Fraction(10, 100), "sl-h3"), (Fraction(5, 100), "sl-h2")),
}


def heat(version: int, steps: dict[str, Sums], measure: str) -> str:
    """Return the diagram with each step's share, by one of MEASURES."""
    known = catalogue.graph(version).nodes
    shares = {
        node: share
        for node, sums in steps.items()
        if node in known and (share := _share(sums, measure)) is not None
    }
    markers = {
        node: [next((kind for least, kind in WARM[measure] if share >= least), "sl-h1")]
        for node, share in shares.items()
    }
    pins = {node: Pin(text=f"{round(float(share) * 100)}%") for node, share in shares.items()}
    zh = (get_language() or "zh").startswith("zh")
    return draw_svg(catalogue.document(version), language="zh" if zh else "en", markers=markers, pins=pins)


def _share(sums: Sums, measure: str) -> Fraction | None:
    return waited_share(sums) if measure == "waiting" else BY_KEY["timeout_rate"].value(sums)
