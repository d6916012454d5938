"""The table of Shuli's own elements: which value each is, and how its parts are written.

A field that no row mentions is an attribute, written in camelCase. FEEL stands in the text of an element, so that its
quotation marks need no escaping.
"""

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct

from shuli.core.bpmn.graph import (
    Assign,
    Call,
    Duty,
    EscalationStep,
    EventRule,
    Guard,
    Lane,
    Multiple,
    Notice,
    Output,
    Performer,
    Phase,
    PhaseStep,
    ProcessGraph,
    SeatRule,
    ServiceRule,
    TimerRule,
    VoteRule,
)
from shuli.core.worktime import (
    Agreed,
    ByExpression,
    CalendarDays,
    ClockHours,
    DayOfMonth,
    Immediate,
    Minutes,
    Offset,
    Relative,
    Repeat,
    Strictest,
    WorkingDays,
    WorkingHours,
)

Many = Literal["one", "many"]


class Part(Struct, frozen=True, kw_only=True):
    """How a child element fills a field.

    `how`: a record of its own; plain text; a wording (one element for each language); or an entry of a mapping,
    written by two attributes.
    """

    field: str
    how: Literal["record", "plain", "wording", "entry"] = "record"
    record: str = ""
    many: bool = False
    entry: tuple[str, str] = ("", "")


class Record(Struct, frozen=True, kw_only=True):
    type: type[Struct]
    parts: Mapping[str, Part] = {}
    content: str = ""  # field that takes the element's text
    attributes: tuple[str, ...] = ()  # fields written as attributes


def one(field: str, record: str) -> Part:
    return Part(field=field, record=record)


def many(field: str, record: str) -> Part:
    return Part(field=field, record=record, many=True)


def plain(field: str, *, many: bool = False) -> Part:
    return Part(field=field, how="plain", many=many)


def wording(field: str) -> Part:
    return Part(field=field, how="wording")


LIMITS: Mapping[str, Record] = {
    "minutes": Record(type=Minutes, attributes=("amount",)),
    "clock_hours": Record(type=ClockHours, attributes=("amount",)),
    "calendar_days": Record(type=CalendarDays, attributes=("amount",)),
    "working_hours": Record(type=WorkingHours, attributes=("amount",)),
    "working_days": Record(type=WorkingDays, attributes=("amount",)),
    "immediate": Record(type=Immediate, attributes=("minutes",)),
    "agreed": Record(type=Agreed, attributes=("variable", "unit"), parts={"limit": one("default", "limit")}),
    "expression": Record(type=ByExpression, attributes=("unit",), content="expression"),
    "relative": Record(type=Relative, attributes=("variable",), parts={"limit": one("limit", "limit")}),
    "day_of_month": Record(type=DayOfMonth, attributes=("day", "every", "month", "day_off", "working")),
    "strictest": Record(type=Strictest, parts={"limit": many("limits", "limit")}),
}

RECORDS: Mapping[str, Record] = {
    "performer": Record(type=Performer, attributes=("kind", "chooser", "candidates"), content="value"),
    "vote": Record(
        type=VoteRule,
        attributes=("kind", "percent", "count", "collect", "blocks", "abstain_counts", "opinions_stay"),
    ),
    "seat": Record(
        type=SeatRule,
        attributes=("key", "form", "weight"),
        parts={"performer": one("performer", "performer"), "department": plain("department")},
    ),
    "repeat": Record(type=Repeat, attributes=("every", "unit", "times")),
    "offset": Record(type=Offset, attributes=("when", "amount", "unit"), parts={"repeat": one("repeat", "repeat")}),
    "escalation": Record(
        type=EscalationStep,
        attributes=("action", "target"),
        parts={"after": one("offset", "offset"), "performer": one("to", "performer")},
    ),
    "guard": Record(
        type=Guard,
        attributes=("field",),
        parts={"condition": plain("condition"), "message": wording("message")},
    ),
    "assign": Record(type=Assign, attributes=("name",), content="value"),
    "output": Record(type=Output, attributes=("document", "mandatory", "made_by")),
    "notice": Record(
        type=Notice, parts={"performer": many("to", "performer"), "subject": wording("subject")}
    ),
    "duty": Record(
        type=Duty,
        attributes=(
            "form", "decision", "key_control_point", "becomes_first_responder", "transfer_needs_reason",
            "transfer_needs_acceptance", "returns", "on_reject", "resubmit", "most_rounds",
            "same_person", "starter_performs", "nobody", "keep_siblings", "cost", "value_added",
        ),
        parts={
            "lead": plain("lead"),
            "cooperating": plain("cooperating", many=True),
            "performer": one("performer", "performer"),
            "firstResponsible": one("first_responsible", "performer"),
            "seat": many("seats", "seat"),
            "vote": one("vote", "vote"),
            "limit": many("limits", "limit"),
            "reminder": many("reminders", "offset"),
            "escalation": many("escalation", "escalation"),
            "right": Part(field="rights", how="entry", many=True, entry=("field", "access")),
            "input": plain("inputs", many=True),
            "output": many("outputs", "output"),
            "instruction": wording("instruction"),
            "keyPoint": wording("key_point"),
            "standard": wording("standard"),
            "guard": many("guards", "guard"),
            "assign": many("assign", "assign"),
            "notice": one("notice", "notice"),
            "verb": plain("verbs", many=True),
            "fallback": one("fallback", "performer"),
            "risk": wording("risk"),
        },
    ),
    "timer": Record(
        type=TimerRule,
        attributes=("missed",),
        parts={"limit": one("limit", "limit"), "cycle": one("repeat", "offset")},
    ),
    "multiple": Record(
        type=Multiple,
        attributes=("item", "output_collection"),
        parts={"collection": plain("collection"), "outputItem": plain("output_item")},
    ),
    "call": Record(
        type=Call,
        attributes=("process", "binding", "version", "all_in", "all_out"),
        parts={"in": many("inputs", "assign"), "out": many("outputs", "assign")},
    ),
    "message": Record(
        type=EventRule, attributes=("keep_hours",), parts={"send": many("send", "assign")}
    ),
    "service": Record(
        type=ServiceRule,
        attributes=(
            "kind", "name", "when", "method", "credential", "result", "timeout", "retries", "irreversible",
        ),
        parts={
            "url": plain("url"),
            "header": many("headers", "assign"),
            "body": plain("body"),
            "in": many("inputs", "assign"),
            "out": many("outputs", "assign"),
        },
    ),
    "step": Record(type=PhaseStep, parts={"text": wording("text"), "within": wording("within")}),
    "phase": Record(
        type=Phase,
        attributes=("key",),
        parts={
            "name": wording("name"),
            "task": wording("task"),
            "step": many("steps", "step"),
            "keyPoint": wording("key_point"),
            "standard": wording("standard"),
            "document": plain("documents", many=True),
        },
    ),
    "process": Record(
        type=ProcessGraph,
        attributes=("key", "owner", "supervisor", "category", "number_pattern", "withdraw", "ladder"),
        parts={"goal": wording("goal"), "title": plain("title"), "phase": many("phases", "phase")},
    ),
    "lane": Record(type=Lane, parts={"department": plain("department")}),
}  # fmt: skip

# Small elements that say one thing each, with the attributes that they may have.
MARKS: Mapping[str, tuple[str, ...]] = {
    "name": ("lang",),
    "inPhase": ("key",),
    "end": ("outcome",),
    "decision": ("key", "result"),
    "script": ("result",),
    "correlation": (),
}

# Which of our elements may stand directly under which kind of BPMN element; anything else is told.
TOP: frozenset[str] = frozenset(
    {"duty", "timer", "multiple", "call", "message", "service", "process", "lane", *MARKS}
)


def record_of(name: str, attributes: Mapping[str, str]) -> Record | None:
    """Return the row for an element; a limit's depends on its kind."""
    return LIMITS.get(attributes.get("kind", "")) if name == "limit" else RECORDS.get(name)


def row_of(value: Any) -> tuple[str, Record]:
    """Return the kind of a limit ("" for other values) and the row by which a value is written."""
    for kind, record in LIMITS.items():
        if record.type is type(value):
            return kind, record
    return "", next(record for record in RECORDS.values() if record.type is type(value))


def camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)
