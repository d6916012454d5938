"""What the studio's panel knows of the records inside Shuli's elements: fields, choices, labels.

It mirrors `core.bpmn.extension.records`; a test holds the two against each other.
"""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = str | Promise
Choices = tuple[tuple[str, Words], ...]
Spec = dict[str, Any]

UNITS: Choices = (
    ("minutes", _("minutes")),
    ("hours", _("hours")),
    ("calendar_days", _("calendar days")),
    ("working_minutes", _("working minutes")),
    ("working_hours", _("working hours")),
    ("working_days", _("working days")),
)
PERFORMERS: Choices = (
    ("department", _("Everybody of a department")),
    ("head", _("Head of a department")),
    ("liaison", _("Liaison of a department")),
    ("executive", _("Executive in charge of a department")),
    ("post", _("Holders of a post")),
    ("person", _("A certain person")),
    ("group", _("A candidate group")),
    ("starter", _("Whoever started the case")),
    ("superior", _("The starter’s superior")),
    ("first_responder", _("The first responder")),
    ("same_as", _("Whoever did another step")),
    ("chosen", _("Chosen by somebody in the case")),
    ("least_loaded", _("Whoever has the least to do")),
    ("owner", _("The process owner")),
    ("supervisor", _("The supervisor")),
)
LIMITS: Choices = (
    ("working_days", _("working days")),
    ("working_hours", _("working hours")),
    ("calendar_days", _("calendar days")),
    ("clock_hours", _("hours")),
    ("minutes", _("minutes")),
    ("immediate", _("at once")),
    ("expression", _("by expression")),
    ("agreed", _("agreed in the case")),
    ("relative", _("counted from an earlier moment")),
    ("day_of_month", _("by a day of the month")),
    ("strictest", _("the strictest of several")),
)
VOTES: Choices = (
    ("single", _("The lead alone decides")),
    ("all", _("Everybody must agree")),
    ("any", _("One is enough")),
    ("ratio", _("A share must agree")),
    ("count", _("A number must agree")),
    ("sequence", _("One after another")),
    ("contribute", _("Contributions, the lead decides")),
)
ACCESS: Choices = (("write", _("may write")), ("read", _("may read")), ("hidden", _("does not see")))
WHEN: Choices = (
    ("before", _("before it is due")),
    ("at", _("when it is due")),
    ("after", _("after it was due")),
)
ACTIONS: Choices = (
    ("remind", _("tell them")),
    ("transfer", _("hand the task over to them")),
    ("pass", _("pass the step")),
    ("reject", _("reject the step")),
    ("jump", _("go on at another step")),
)
OFF_DAYS: Choices = (
    ("next", _("the working day after")),
    ("previous", _("the working day before")),
    ("stay", _("that day all the same")),
)


def attribute(name: str, label: Words, control: str = "text", **more: Any) -> Spec:
    return {"how": "attribute", "name": name, "label": label, "control": control, **more}


def content(label: Words, control: str = "feel", **more: Any) -> Spec:
    return {"how": "content", "name": "", "label": label, "control": control, **more}


def child(name: str, label: Words, control: str = "feel", **more: Any) -> Spec:
    return {"how": "child", "name": name, "label": label, "control": control, **more}


def children(name: str, label: Words, control: str = "feel", **more: Any) -> Spec:
    return {"how": "children", "name": name, "label": label, "control": control, **more}


def wording(name: str, label: Words, **more: Any) -> Spec:
    return {"how": "wording", "name": name, "label": label, "control": "long", **more}


def record(name: str, label: Words, kind: str, **more: Any) -> Spec:
    return {"how": "record", "name": name, "label": label, "record": kind, **more}


def records(name: str, label: Words, kind: str, **more: Any) -> Spec:
    return {"how": "records", "name": name, "label": label, "record": kind, **more}


def select(name: str, label: Words, options: Choices, default: str = "", **more: Any) -> Spec:
    return attribute(name, label, "select", options=options, default=default, **more)


def flag(name: str, label: Words, *, default: bool = False, **more: Any) -> Spec:
    return attribute(name, label, "flag", default="true" if default else "false", **more)


_AMOUNT = attribute("amount", _("How many"), "number")
_WHOM = {
    kind: [content(_("Department"), "department")] for kind in ("department", "head", "liaison", "executive")
} | {
    "post": [content(_("Post held"), "post")],
    "person": [content(_("Person"), "person")],
    "group": [content(_("Candidate group"), "group")],
    "superior": [content(_("How many levels above (1 without)"))],
    "same_as": [content(_("Step"), "node")],
    "chosen": [
        content(_("Field with the person")),
        attribute("chooser", _("Who chooses, where no form asks"), "chooser"),
        attribute("candidates", _("From whom to choose"), "pool-code"),
    ],
    "least_loaded": [content(_("Of whom"), "pool")],
}
_DAY = [
    attribute("day", _("Day"), "number"),
    attribute("every", _("Every so many months"), "number", default="1"),
    attribute("month", _("Counted from month"), "number", default="1"),
    select("dayOff", _("On a day off"), OFF_DAYS, "next"),
    flag("working", _("Count working days of the month")),
]
_VARIABLE = attribute("variable", _("Variable that holds the moment"))

RECORDS: dict[str, Spec] = {
    "performer": {"choose": PERFORMERS, "by": _WHOM},
    "limit": {
        "choose": LIMITS,
        "by": {
            **{kind: [_AMOUNT] for kind in ("working_days", "working_hours", "calendar_days", "clock_hours", "minutes")},
            "immediate": [attribute("minutes", _("Within so many minutes"), "number")],
            "expression": [content(_("Expression")), select("unit", _("Unit"), UNITS)],
            "agreed": [
                _VARIABLE,
                select("unit", _("Unit"), UNITS, ""),
                record("limit", _("Until something is agreed"), "limit"),
            ],
            "relative": [_VARIABLE, record("limit", _("Limit from then on"), "limit")],
            "day_of_month": _DAY,
            "strictest": [records("limit", _("Limits"), "limit")],
        },
    },
    "offset": {
        "fields": [
            select("when", pgettext_lazy("studio", "When"), WHEN, "at"),
            attribute("amount", _("How long before or after"), "number", default="0"),
            select("unit", _("Unit"), UNITS, "working_hours"),
            record("repeat", _("And again"), "repeat"),
        ]
    },
    "repeat": {
        "fields": [
            attribute("every", _("Every"), "number"),
            select("unit", _("Unit"), UNITS, "working_hours"),
            attribute("times", _("So many times; nothing: until done"), "number"),
        ]
    },
    "escalation": {
        "fields": [
            record("after", pgettext_lazy("studio", "When"), "offset"),
            record("performer", _("Whom"), "performer"),
            select("action", _("What happens"), ACTIONS, "remind"),
            attribute("target", _("Step to go on at"), "node-id"),
        ]
    },
    "seat": {
        "fields": [
            attribute("key", _("Key")),
            record("performer", _("Performer"), "performer"),
            child("department", _("Department"), "department"),
            attribute("form", _("Form"), "form"),
            attribute("weight", _("Weight"), "number", default="1"),
        ]
    },
    "vote": {
        "fields": [
            select("kind", _("How it is decided"), VOTES, "single"),
            attribute("percent", _("Percent that must agree"), "number", default="100"),
            attribute("count", _("Number that must agree"), "number", default="1"),
            flag("collect", _("Hear everybody first")),
            flag("blocks", _("The lead waits for every contribution"), default=True),
            flag("abstainCounts", _("Abstentions stay in the count")),
            flag("opinionsStay", _("Others may still give an opinion afterwards")),
        ]
    },
    "right": {
        "fields": [
            attribute("field", pgettext_lazy("form", "Field"), "field"),
            select("access", _("The performer"), ACCESS, ""),
        ]
    },
    "output": {
        "fields": [
            attribute("document", _("Document"), "document"),
            flag("mandatory", _("Mandatory"), default=True),
            select("madeBy", _("Made by"), (("form", _("the form")), ("attachment", _("an attachment"))), "form"),
        ]
    },
    "guard": {
        "fields": [
            child("condition", _("Must be true"), "feel"),
            wording("message", _("Else the performer reads")),
            attribute("field", _("To be mended at"), "field"),
        ]
    },
    "assign": {"fields": [attribute("name", _("Variable")), content(pgettext_lazy("variable", "Value"))]},
    "header": {"fields": [attribute("name", _("Header")), content(pgettext_lazy("variable", "Value"))]},
    "notice": {
        "fields": [records("performer", _("Who is told"), "performer"), wording("subject", _("Subject"))]
    },
    "phase": {
        "fields": [
            attribute("key", _("Key")),
            wording("name", _("Name")),
            wording("task", _("Task in the description table (nothing: the name)")),
            records("step", _("Procedure"), "step"),
            wording("keyPoint", _("Key point")),
            wording("standard", _("Standard")),
            children("document", pgettext_lazy("description", "Documents"), "document"),
        ]
    },
    "step": {"fields": [wording("text", _("What is done")), wording("within", _("Time allowed"))]},
}  # fmt: skip
