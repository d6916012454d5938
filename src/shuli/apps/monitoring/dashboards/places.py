"""Processes, departments and steps beside one another, the worst first."""

from fractions import Fraction

from django.urls import reverse
from django.utils.translation import gettext as _

from shuli.apps.monitoring import words
from shuli.apps.monitoring.dashboards.asking import Asked, drill, rows_of
from shuli.apps.monitoring.indicators import BY_KEY, Sums
from shuli.apps.monitoring.queries import summed
from shuli.kit.components.values import Cell, Column, Table, TableRow


def compared(want: Asked, by: str, names: dict[str, str]) -> Table:
    """Return each process or department against the targets, the worst first."""
    on_time, wait = BY_KEY["on_time_rate"], BY_KEY["waiting_time"]
    found = [
        (place[by], sums) for place, sums in summed(rows_of(want), (by,), with_cycles=False) if place[by]
    ]
    worst_first = sorted(
        found, key=lambda one: (on_time.value(one[1]) is None, on_time.value(one[1]) or 0, one[0])
    )
    rows = []
    for code, sums in worst_first:
        rate = on_time.value(sums)
        is_process = by == "process_key"
        url = reverse("monitoring:process", args=[code]) if is_process else _department_url(want, code)
        late = drill(want, "timeout_rate", **{"process" if is_process else "department": code})
        rows.append(
            TableRow(
                cells=[
                    Cell(value=names.get(code, code), url=url),
                    words.value_words(on_time, rate),
                    Cell(
                        value=sums["due"] - sums["on_time"], url=late if sums["due"] > sums["on_time"] else ""
                    ),
                    words.value_words(wait, wait.value(sums)),
                    words.gap_words(on_time, rate),
                ]
            )
        )
    head = _("Process") if by == "process_key" else _("Department")
    return Table(
        columns=[
            Column(label=head, phone="first"),
            Column(label=_("On time"), is_number=True),
            Column(label=_("Late"), is_number=True),
            Column(label=_("Mean waiting"), is_number=True),
            Column(label=_("Result")),
        ],
        rows=rows,
    )


def _department_url(want: Asked, code: str) -> str:
    """Return a department's own page for who leads it, the cases behind for others."""
    if not want.process and code in want.scope.departments:
        return reverse("monitoring:department", args=[code])
    return drill(want, "on_time_rate", department=code)


def steps_table(want: Asked, steps: dict[str, Sums], names: dict[str, str]) -> Table:
    late, wait, handle = BY_KEY["timeout_rate"], BY_KEY["waiting_time"], BY_KEY["handling_time"]
    ordered = sorted(steps.items(), key=lambda one: (-(late.value(one[1]) or 0), one[0]))
    rows = [
        TableRow(
            cells=[
                Cell(value=names.get(node, node), url=drill(want, "on_time_rate", node=node)),
                f"{sums['due'] - sums['on_time']} / {sums['due']}",
                words.value_words(late, late.value(sums)),
                words.value_words(wait, wait.value(sums)),
                words.value_words(handle, handle.value(sums)),
                words.value_words(late, waited_share(sums)),
            ]
        )
        for node, sums in ordered
    ]
    return Table(
        columns=[
            Column(label=_("Step"), phone="first"),
            *(
                Column(label=label, is_number=True)
                for label in (
                    _("Late / due"),
                    _("Timeout rate"),
                    _("Mean waiting"),
                    _("Mean handling"),
                    _("Share of waiting"),
                )
            ),
        ],
        rows=rows,
    )


def waited_share(sums: Sums) -> Fraction | None:
    """Return which part of a node's time nobody worked on it."""
    both = int(sums["waiting_seconds"] + sums["handling_seconds"])
    return Fraction(int(sums["waiting_seconds"]), both) if both else None
