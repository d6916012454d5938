"""Figures as an Excel file: one sheet a grain."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuli.apps.monitoring import further, pages, words
from shuli.apps.monitoring.queries import figures
from shuli.kit.workbooks import Sheet, workbook_of

GRAINS = {
    (): gettext_lazy("All"),
    ("process",): gettext_lazy("Process"),
    ("process", "version"): gettext_lazy("Version"),
    ("process", "node"): gettext_lazy("Step"),
    ("department",): gettext_lazy("Department"),
}


def workbook(want: pages.Asked) -> bytes:
    """Return every indicator at every grain, for what the reader may see."""
    rows: dict[tuple[str, ...], list[list[str]]] = {grain: [] for grain in GRAINS}
    names = {**pages.process_names(), **pages.department_names()}
    for one in figures(want.scope, want.period, **want.narrowed):
        place = [names.get(value, value) for value in one.place.values()]
        exact = "" if one.value is None else f"{float(one.value):.6g}"
        told = [words.value_words(one.indicator, one.value), exact, words.target_words(one.indicator)]
        rows[tuple(one.place)].append([*place, str(one.indicator.name), *told, str(one.indicator.formula)])
    period = words.period_words(want.period)
    facts = [_("Indicator"), period, _("Value"), _("Target"), _("Formula")]
    heads = {
        "process": _("Process"),
        "version": _("Version"),
        "node": _("Step"),
        "department": _("Department"),
    }
    return workbook_of(
        *(
            Sheet(title=str(title), head=[*(heads[name] for name in grain), *facts], rows=rows[grain])
            for grain, title in GRAINS.items()
        ),
        *further.sheets(want),
    )
