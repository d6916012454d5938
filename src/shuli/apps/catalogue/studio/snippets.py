"""Steps that come with what is usually said of them, to be placed on a diagram."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


def _piece(name: str, *children: Any, text: str = "", **attributes: str) -> dict[str, Any]:
    return {"name": name, "attributes": attributes, "text": text, "children": list(children)}


def _reminders() -> list[dict[str, Any]]:
    return [
        _piece("reminder", when="before", amount="4", unit="working_hours"),
        _piece("reminder", when="at", amount="0", unit="working_hours"),
    ]


def _escalation(kind: str, amount: str, unit: str, **attributes: str) -> dict[str, Any]:
    after = _piece("after", when="after", amount=amount, unit=unit)
    return _piece("escalation", after, _piece("performer", kind=kind), **attributes)


def _snippet(
    label: str | Promise, zh: str, en: str, *parts: dict[str, Any], **attributes: str
) -> dict[str, Any]:
    duty = _piece("duty", *parts, **attributes)
    return {"name": label, "type": "bpmn:UserTask", "words": {"zh": zh, "en": en}, "pieces": [duty]}


def _limit(days: str) -> dict[str, Any]:
    return _piece("limit", kind="working_days", amount=days)


SNIPPETS: list[dict[str, Any]] = [
    _snippet(
        _("Approval by the superior, rejection goes back to the starter"),
        "审批", "Approve",
        _piece("performer", kind="superior"), _limit("2"), *_reminders(),
        decision="true", keyControlPoint="true", onReject="starter",
    ),
    _snippet(
        _("Countersigning by several departments"),
        "会签", "Countersign",
        _piece("vote", kind="all", collect="true"), _limit("3"), *_reminders(),
        keyControlPoint="true",
    ),
    _snippet(
        _("Step with reminders and escalation"),
        "办理", "Handle",
        _limit("2"), *_reminders(),
        _escalation("superior", "4", "working_hours"), _escalation("owner", "1", "working_days"),
    ),
    _snippet(
        _("The starter adds what is missing"),
        "补充资料", "Add what is missing",
        _piece("performer", kind="starter"), _limit("3"), *_reminders(),
    ),
    _snippet(
        _("Confirmation by whoever started the case"),
        "确认结果", "Confirm the result",
        _piece("performer", kind="starter"), _limit("2"), *_reminders(),
        _piece("standard", text="发起人确认结果符合要求。", lang="zh"),
        _piece("standard", text="The starter confirms that the result is what was asked for.", lang="en"),
    ),
]  # fmt: skip
