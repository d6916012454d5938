"""Two versions side by side: what came, went and changed, in words and on both diagrams."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from shuli.apps.catalogue import presentation, wording
from shuli.apps.catalogue.publication.lines import KINDS, Line, form_lines
from shuli.apps.catalogue.publication.sides import Side
from shuli.apps.directory import queries as directory
from shuli.core.bpmn import Pin, draw_svg
from shuli.core.bpmn.compare import Difference, compare, marks
from shuli.core.bpmn.graph import Flow
from shuli.core.text import Text
from shuli.kit.components.values import Cell, Column, Table, TableRow

PARTS: dict[str, str | Promise] = {
    "process": pgettext_lazy("part of a model", "Process"),
    "phase": gettext_lazy("Phase"),
    "lane": gettext_lazy("Lane"),
    "activity": gettext_lazy("Activity"),
    "event": gettext_lazy("Event"),
    "gateway": gettext_lazy("Gateway"),
    "flow": gettext_lazy("Flow"),
}
FACETS: dict[str, str | Promise] = {
    "name": gettext_lazy("Name"), "kind": gettext_lazy("Kind of element"), "lane": gettext_lazy("Lane"),
    "phase": gettext_lazy("Phase"), "lead": gettext_lazy("Lead department"), "cooperating": gettext_lazy("Cooperating"),
    "performer": gettext_lazy("Performer"), "first_responsible": gettext_lazy("First responsible"),
    "seats": gettext_lazy("Who takes part"), "vote": gettext_lazy("Way of deciding"), "limits": gettext_lazy("Limit"),
    "reminders": gettext_lazy("Reminders"), "escalation": gettext_lazy("Escalation"), "form": gettext_lazy("Form"),
    "rights": gettext_lazy("Rights to fields"), "inputs": gettext_lazy("Inputs"), "outputs": gettext_lazy("Outputs"),
    "decision": gettext_lazy("Decision with signature"), "key_control_point": gettext_lazy("Key control point"),
    "instruction": gettext_lazy("Instruction"), "key_point": gettext_lazy("Key point"),
    "standard": gettext_lazy("Standard"), "guards": gettext_lazy("Gate conditions"), "notice": gettext_lazy("Who is told"),
    "event": gettext_lazy("Event"), "call": gettext_lazy("Called process"), "service": gettext_lazy("Service"),
    "decision_table": gettext_lazy("Decision table"), "repetition": gettext_lazy("Repetition"),
    "condition": gettext_lazy("Condition"), "default": gettext_lazy("Default way"), "route": gettext_lazy("Way"),
    "goal": gettext_lazy("Goal"), "owner": gettext_lazy("Process owner"), "supervisor": gettext_lazy("Supervisor"),
    "category": gettext_lazy("Category"), "numbering": gettext_lazy("Numbering"), "title": gettext_lazy("Title of cases"),
    "withdraw": gettext_lazy("Withdrawal"), "ladder": gettext_lazy("Usual escalation"),
    "other": gettext_lazy("Further settings"),
}  # fmt: skip
PIN_STATES = {"sl-added": "ok", "sl-removed": "late", "sl-changed": "risk"}


def comparison(before: Side, after: Side) -> dict[str, Any]:
    """Return what a page shows of two sides: how much differs, the lines, and both diagrams with their marks."""
    found = compare(before.graph, after.graph)
    lines = [*_lines(found, before, after), *form_lines(before.forms, after.forms)]
    counted = [(str(word), sum(line.kind == kind for line in lines)) for kind, word in KINDS.items()]
    return {
        "before": before.label,
        "after": after.label,
        "counts": [(word, count) for word, count in counted if count],
        "line_count": len(lines),
        "lines": _table(lines),
        "svg_before": _drawn(before, found, on="before"),
        "svg_after": _drawn(after, found, on="after"),
    }


def _table(lines: Sequence[Line]) -> Table:
    return Table(
        columns=[
            Column(label=pgettext("of a comparison", "What"), phone="first"),
            Column(label=_("Change"), phone="key"),
            Column(label=_("Before")),
            Column(label=_("After")),
        ],
        rows=[
            TableRow(
                cells=[
                    Cell(value=line.subject, note=line.facet),
                    str(KINDS[line.kind]),
                    line.before or "–",
                    line.after or "–",
                ]
            )
            for line in lines
        ],
        caption=_("What changes"),
    )


def _lines(found: Iterable[Difference], before: Side, after: Side) -> list[Line]:
    return [_line(one, before, after) for one in found]


def _line(one: Difference, before: Side, after: Side) -> Line:
    side = before if one.kind == "removed" else after
    name = _name(one, side)
    part = str(PARTS[one.part])
    subject = _("%(part)s “%(name)s”") % {"part": part, "name": name} if name else part
    if one.kind != "changed":
        return Line(kind=one.kind, subject=subject, facet=_whole(one, side))
    told = value_words(one.facet, one.before, before), value_words(one.facet, one.after, after)
    if told[0] == told[1] and isinstance(one.before, Text) and isinstance(one.after, Text):
        # only the wording in the other language is another
        told = _both(one.before), _both(one.after)
    return Line(
        kind="changed",
        subject=subject,
        facet=str(FACETS.get(one.facet, one.facet)),
        before=told[0],
        after=told[1],
    )


def _both(text: Text) -> str:
    return " / ".join(" ".join(words.split()) for words in (text.zh, text.en) if words)


def _name(one: Difference, side: Side) -> str:
    """Return what an element is called; a flow without words by the steps that it joins."""
    found = presentation.words(one.name)
    if found or one.part == "process":
        return found
    flow = one.after or one.before
    if one.part == "flow" and isinstance(flow, Flow):
        return _route((flow.source, flow.target), side)
    if one.part == "flow":
        known = next((f for n in side.graph.nodes.values() for f in n.outgoing if f.id == one.element), None)
        return _route((known.source, known.target), side) if known else one.element
    return one.element


def _whole(one: Difference, side: Side) -> str:
    """Return the first facts of an activity that came or went: who does it, by when."""
    if one.part != "activity":
        return ""
    duty = (one.after or one.before).duty
    parts = [
        value_words("lead", duty.lead, side),
        value_words("performer", duty.performer, side),
        value_words("limits", duty.limits, side),
    ]
    return " · ".join(part for part in parts if part)


def _route(ends: tuple[str, str], side: Side) -> str:
    nodes = side.graph.nodes
    names = [presentation.words(nodes[end].name) if end in nodes else "" for end in ends]
    return " → ".join(name or end for name, end in zip(names, ends, strict=True))


# Values -------------------------------------------------------------------------------------------------


def _yes(value: Any, _side: Side) -> str:
    return _("yes") if value else _("no")


def _documents(keys: Iterable[str], side: Side) -> str:
    return _(", ").join(
        presentation.words(side.documents[key]) if key in side.documents else key for key in keys
    )


def _outputs(outputs: Any, side: Side) -> str:
    named = [(_documents([one.document], side), one.mandatory) for one in outputs]
    return _(", ").join(name if must else _("%(name)s (optional)") % {"name": name} for name, must in named)


def _form(key: str | None, side: Side) -> str:
    return presentation.words(side.forms[key].title) if key and key in side.forms else key or ""


def _post(code: str | None, _side: Side) -> str:
    return directory.labels(presentation.language(), "post").get(code or "", code or "")


def _lane(key: str, side: Side) -> str:
    return next((presentation.words(one.name) for one in side.graph.lanes if one.id == key), key)


def _phase(key: str, side: Side) -> str:
    return next((presentation.words(one.name) for one in side.graph.phases if one.key == key), key)


def _category(value: str, _side: Side) -> str:
    from shuli.apps.catalogue.models import Process

    return str(dict(Process.Category.choices).get(value, value))


WORDS: dict[str, Callable[[Any, Side], str]] = {
    "name": lambda value, _side: presentation.words(value),
    "goal": lambda value, _side: presentation.words(value),
    "instruction": lambda value, _side: presentation.words(value),
    "key_point": lambda value, _side: presentation.words(value),
    "standard": lambda value, _side: presentation.words(value),
    "lead": lambda value, _side: presentation.department(value),
    "cooperating": lambda value, _side: _(", ").join(map(presentation.department, value)),
    "performer": lambda value, side: presentation.performer(value, side.graph),
    "first_responsible": lambda value, side: presentation.performer(value, side.graph),
    "limits": lambda value, _side: _(", ").join(map(wording.limit_words, value)),
    "form": _form,
    "inputs": _documents,
    "outputs": _outputs,
    "decision": _yes,
    "key_control_point": _yes,
    "default": _yes,
    "ladder": _yes,
    "lane": _lane,
    "phase": _phase,
    "route": _route,
    "owner": _post,
    "supervisor": _post,
    "category": _category,
    "condition": lambda value, _side: value or "",
    "numbering": lambda value, _side: value or "",
    "title": lambda value, _side: value or "",
    "decision_table": lambda value, _side: value or "",
    "call": lambda value, _side: value.process if value else "",
    "seats": lambda value, side: _(", ").join(
        presentation.performer(one.performer, side.graph) for one in value
    ),
    "notice": lambda value, side: (
        _(", ").join(presentation.performer(one, side.graph) for one in value.to) if value else ""
    ),
}


def value_words(facet: str, value: Any, side: Side) -> str:
    """Return a value of a facet in words; of what has no words of its own only that it is another."""
    teller = WORDS.get(facet)
    return teller(value, side) if teller is not None else ""


def _drawn(side: Side, found: tuple[Difference, ...], *, on: Any) -> str:
    """Return one diagram with its marks; a pin says each in words, for whoever does not see the colours."""
    markers = marks(found, on=on)
    pins = {
        element: Pin(state=PIN_STATES[classes[0]], text=str(KINDS[classes[0].removeprefix("sl-")]))  # type: ignore[arg-type]
        for element, classes in markers.items()
        if element in side.graph.nodes
    }
    zh = presentation.language().startswith("zh")
    return draw_svg(side.document, language="zh" if zh else "en", markers=markers, pins=pins, prefix=f"{on}-")
