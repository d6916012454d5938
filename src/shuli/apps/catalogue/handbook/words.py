"""The words of a handbook that several of its chapters use, in the active language."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shuli.apps.catalogue import presentation, queries, wording
from shuli.apps.catalogue.handbook.roles import Part, number_of
from shuli.apps.documents.paper.content import Cell, cell
from shuli.core.bpmn.graph import Node, Performer, ProcessGraph
from shuli.core.worktime import Offset
from shuli.kit.components.words import document_name, joined


def address(name: str, *args: str, query: str = "") -> str:
    """Return where a page of this installation is found, for QR codes and links on paper."""
    return f"{settings.SHULI_ADDRESS}{reverse(name, args=args)}{query}"


def step_name(node: Node) -> str:
    """Return a step's name without the number before it."""
    name = presentation.words(node.name)
    number = number_of(node)
    return name.removeprefix(number).strip() or name


def titled(node: Node) -> str:
    """Return a step with its number: C1a 响应."""
    return f"{number_of(node)} {step_name(node)}"


def limits(node: Node) -> str:
    return joined([wording.limit_words(limit) for limit in node.duty.limits])


def departments(node: Node) -> list[str]:
    return [presentation.department(code) for code in node.duty.cooperating]


def documents(version_id: int, keys: Iterable[str]) -> list[str]:
    """Return documents by name, in their marks."""
    known = queries.documents(version_id)
    return [
        document_name(presentation.words(known[key]) if key in known else key) for key in dict.fromkeys(keys)
    ]


def party(rule: Performer, graph: ProcessGraph) -> str:
    """Return who is meant, short enough for the head of a column: a department by its name alone."""
    if rule.kind in {"department", "least_loaded"}:
        code = queries.fixed_text(rule.value)
        if code:
            return presentation.department(f'"{code.removeprefix("department:")}"')
        return _("The department in charge")
    return presentation.performer(rule, graph)


def letters(parts: Iterable[Part]) -> str:
    """Return one party's parts in a step as they stand in a matrix: A/R."""
    found = {part.letter for part in parts}
    return "/".join(letter for letter in "ARCI" if letter in found)


UNITS = {
    "minutes": lambda n: ngettext("%(n)s minute", "%(n)s minutes", n),
    "hours": lambda n: ngettext("%(n)s hour", "%(n)s hours", n),
    "calendar_days": lambda n: ngettext("%(n)s calendar day", "%(n)s calendar days", n),
    "working_minutes": lambda n: ngettext("%(n)s working minute", "%(n)s working minutes", n),
    "working_hours": lambda n: ngettext("%(n)s working hour", "%(n)s working hours", n),
    "working_days": lambda n: ngettext("%(n)s working day", "%(n)s working days", n),
}


def span(amount: float, unit: str) -> str:
    return UNITS[unit](int(amount)) % {"n": wording.number(amount)}


def offset(one: Offset) -> str:
    """Return when something happens, measured from the due moment, and how often again."""
    if one.repeat is None:
        return _moment(one)
    again = {"moment": _moment(one), "span": span(one.repeat.every, one.repeat.unit), "n": one.repeat.times}
    if one.repeat.times is None:
        return _("%(moment)s (then every %(span)s until done)") % again
    words = ngettext(
        "%(moment)s (then every %(span)s, %(n)s time)",
        "%(moment)s (then every %(span)s, %(n)s times)",
        one.repeat.times,
    )
    return words % again


def _moment(one: Offset) -> str:
    if one.when == "at" or not one.amount:
        return _("when it is due")
    words = _("%(span)s before it is due") if one.when == "before" else _("%(span)s overdue")
    return words % {"span": span(one.amount, one.unit)}


def centred(*texts: str, rows: int = 1) -> Cell:
    return cell(*texts, rows=rows, look="centre")
