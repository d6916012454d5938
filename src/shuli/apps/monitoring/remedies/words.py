"""What is said of actions, in the active language."""

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from shuli.apps.cases.wording import Told
from shuli.apps.monitoring import words
from shuli.apps.monitoring.alerting import words as alerting
from shuli.apps.monitoring.remedies.models import Remedy
from shuli.apps.monitoring.remedies.reckoning import State

STATES: dict[State, tuple[str, str | Promise]] = {
    "open": ("normal", pgettext_lazy("an action", "To be done")),
    "overdue": ("late", pgettext_lazy("an action", "Overdue")),
    "done": ("normal", pgettext_lazy("an action", "Done, to be verified later")),
    "to_verify": ("risk", pgettext_lazy("an action", "To be verified")),
    "effective": ("ok", gettext_lazy("Effective")),
    "ineffective": ("late", gettext_lazy("Not effective")),
}
RESULTS: dict[str, str | Promise] = {
    "reached": gettext_lazy("The expected value is reached."),
    "better": gettext_lazy("Better than before, but not as expected."),
    "same": gettext_lazy("No change."),
    "worse": gettext_lazy("Worse than before."),
    "": gettext_lazy("Too little is behind the figures to say anything."),
}


def value_words(row: Remedy, value: float | None) -> str:
    return words.NOTHING if value is None else alerting.value_words(row.indicator, value)


def expected_words(row: Remedy) -> str:
    sign = "≥" if row.better == "up" else "≤"
    return f"{sign} {alerting.limit_words(row.indicator, row.expected)}"


def place_words(row: Remedy) -> str:
    return alerting.place_words(
        {"process_key": row.process_key, "node": row.node, "department": row.department}
    )


def _told(pattern: str | Promise) -> Callable[[Mapping[str, Any]], Told]:
    def told(params: Mapping[str, Any]) -> Told:
        title = str(pattern) % {"number": params["number"]}
        return Told(
            title=title, detail=str(params["text"]), url=reverse("monitoring:remedy", args=[params["remedy"]])
        )

    return told


NOTICES = {
    "remedy": _told(gettext_lazy("An action is yours to do: %(number)s")),
    "remedy_due": _told(gettext_lazy("An action is due soon: %(number)s")),
    "remedy_overdue": _told(gettext_lazy("An action is overdue: %(number)s")),
    "remedy_done": _told(gettext_lazy("An action is done and will have to be verified: %(number)s")),
    "remedy_to_verify": _told(gettext_lazy("An action is to be verified: %(number)s")),
    "remedy_verified": _told(gettext_lazy("An action was verified: %(number)s")),
}

REFUSALS = {
    "no_such_remedy": gettext_lazy("There is no such action, or it is not open to you."),
    "remedy_of_nothing": gettext_lazy("Choose what is measured, and where."),
    "remedy_of_others": gettext_lazy(
        "Actions are recorded by whoever oversees the process or leads the department."
    ),
    "remedy_for_nobody": gettext_lazy("Choose who is to do it."),
    "remedy_without_action": gettext_lazy("Say what is to be done."),
    "remedy_in_the_past": gettext_lazy("The due date has passed already."),
    "verified_before_it_is_done": gettext_lazy("The verification has to be after the due date."),
    "remedy_of_another": gettext_lazy("Only who is to do it, or recorded it, can say that it is done."),
    "remedy_done_already": gettext_lazy("It has been done already."),
    "remedy_without_words": gettext_lazy("Say what was done."),
    "remedy_done_when": gettext_lazy("It was done between its recording and today."),
    "remedy_verified_by_others": gettext_lazy(
        "It is verified by whoever oversees the process, but not by who did it."
    ),
    "remedy_verified_already": gettext_lazy("It has been verified already."),
    "remedy_not_done": gettext_lazy("It has not been done yet, so there is nothing to verify."),
    "remedy_verified_from": gettext_lazy("Its effect shows later: it can be verified from %(day)s on."),
    "verdict_without_words": gettext_lazy("Say whether it helped, and why you think so."),
    "further_action_missing": gettext_lazy("It did not help, so say what is done next."),
}
