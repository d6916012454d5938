"""What pages show of problems that people report with steps."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from django.urls import reverse
from django.utils.translation import gettext as _

from shuli.apps.cases import presentation, queries
from shuli.apps.cases.models import Problem
from shuli.apps.cases.people import Names
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.catalogue.studio import queries as drafts
from shuli.core.bpmn.draw.scene import Pin
from shuli.core.bpmn.graph import Node
from shuli.kit.components.moments import moment
from shuli.kit.components.values import Action, Cell, Column, Tab, Table, TableRow


def report_page(key: str, node: Node, text: str = "") -> dict[str, Any]:
    """Return the page on which somebody says what is wrong with a step."""
    process = catalogue.names()[key]
    return {
        "title": _("Report a problem with this step"),
        "key": key,
        "process_name": presentation.words(process),
        "node": node.id,
        "node_name": presentation.words(node.name),
        "standard": presentation.words(node.duty.standard),
        "text": text,
        "kinds": problem_kinds(),
        "back": reverse("catalogue:handbook", args=[key]) + f"#step-{node.id}",
    }


def problem_kinds() -> list[tuple[str, str]]:
    """Return the kinds of problems as somebody chooses among them, the usual answer first."""
    pairs = [(str(value), str(label)) for value, label in Problem.Kind.choices]
    return [pairs[-1], *pairs[:-1]]


def overview(key: str, kind: str, step: str) -> dict[str, Any]:
    """Return the diagram with a mark on each step of which problems were reported, and the kinds to narrow the list to."""
    counted = queries.problems_counted(key)
    version = catalogue.version_in_force(key).pk if counted and key in catalogue.numbers_in_force() else None
    at = reverse("cases:step_problems", args=[key])
    of_kind = Counter[str]()
    for (_node, one), number in counted.items():
        of_kind[one] += number
    tabs = [
        Tab(label=label, count=of_kind[value], url=f"{at}?kind={value}", is_current=kind == value)
        for value, label in problem_kinds()[1:]
    ]
    everything = Tab(label=_("All"), count=of_kind.total(), url=at, is_current=not (kind or step))
    return {"svg": _marked(version, counted, kind) if version else "", "tabs": [everything, *tabs]}


def _marked(version: int, counted: Mapping[tuple[str, str], int], kind: str) -> str:
    """Return the diagram with how many problems of which kinds each step has; a risk point stands out."""
    nodes = catalogue.graph(version).nodes
    pins: dict[str, Pin] = {}
    for node in nodes:
        kinds = {one: n for (of, one), n in counted.items() if of == node and (not kind or one == kind)}
        if kinds:
            state: Literal["late", "risk"] = "late" if Problem.Kind.RISK in kinds else "risk"
            pins[node] = Pin(state=state, text=_pin_words(kinds))
    return presentation.marked_diagram(version, pins)


def _pin_words(kinds: Mapping[str, int]) -> str:
    labels = dict(problem_kinds())
    number = sum(kinds.values())
    return f"{labels[next(iter(kinds))]} {number}" if len(kinds) == 1 else str(number)


def ways_to_change(key: str, person: str) -> list[Action]:
    """Return the way from what does not work to a draft that changes it, for who draws the process."""
    if not _may_draw(key, person):
        return []
    url = reverse("catalogue:studio", args=[key])
    return [Action(label=_("Draft a change"), icon="pencil", url=url, is_primary=True)]


def _may_draw(key: str, person: str) -> bool:
    process = catalogue.process(key)
    return process is not None and drafts.may_draw(process, person)


def problems_table(key: str, rows: Iterable[Problem], person: str) -> Table:
    """Return what was said, of which step, by whom and when; the step leads whoever draws it to its place in the studio."""
    found, at = list(rows), ""
    if _may_draw(key, person):
        at = reverse("catalogue:studio", args=[key])
    names = Names(row.author for row in found if row.author)
    columns = [
        Column(label=_("Problem"), phone="first"),
        Column(label=_("Kind of problem")),
        Column(label=_("Step")),
        Column(label=_("Who")),
        Column(label=_("When"), phone="key"),
        Column(label=_("Case")),
    ]
    return Table(
        columns=columns,
        rows=[TableRow(cells=[row.text, *_facts(key, row, names, at)]) for row in found],
        caption=_("Problems with steps"),
    )


def _facts(key: str, row: Problem, names: Names, studio: str) -> list[Any]:
    node = catalogue.node_in_force(key, row.node)
    name = presentation.words(node.name) if node else row.node
    number = row.case.number if row.case else ""
    return [
        row.get_kind_display(),
        Cell(value=name, url=f"{studio}?node={row.node}" if studio and node else ""),
        names.full(row.author) if row.author else _("without a name"),
        moment(row.at),
        Cell(value=number, url=reverse("cases:case", args=[number])) if number else "",
    ]
