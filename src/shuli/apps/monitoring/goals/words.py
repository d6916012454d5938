"""What is said of goals, in the active language."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from shuli.apps.cases.wording import Told
from shuli.apps.directory import queries as directory
from shuli.apps.monitoring import words
from shuli.apps.monitoring.alerting import words as alerting
from shuli.apps.monitoring.goals.following import goal_of
from shuli.apps.monitoring.goals.models import Goal
from shuli.apps.monitoring.indicators import BY_KEY
from shuli.kit.components import amounts
from shuli.kit.components.values import Pair

STATES = {"on_track": "ok", "met": "ok", "at_risk": "risk", "missed": "late"}  # the look of a state


def value_words(goal: Goal, value: float | None) -> str:
    return words.NOTHING if value is None else alerting.value_words(goal.indicator, value)


def target_words(goal: Goal) -> str:
    sign = "≥" if goal.better == "up" else "≤"
    return f"{sign} {alerting.limit_words(goal.indicator, goal.target)}"


def change_words(goal: Goal) -> str:
    """Return how far the target is from the baseline: −2.0 pp (−40.0%), as shares and percents are not the same (H1-61)."""
    if goal.baseline is None:
        return ""
    change = goal.target - goal.baseline
    sign = "−" if change < 0 else "+"
    is_share = goal.indicator in BY_KEY and BY_KEY[goal.indicator].unit == "share"
    size = amounts.points(change) if is_share else f"{sign}{_size(goal, abs(change))}"
    if not goal.baseline:
        return size
    return f"{size} ({sign}{amounts.percent(abs(change / goal.baseline))})"


def _size(goal: Goal, change: float) -> str:
    if goal.indicator not in BY_KEY:
        return amounts.figure(change)
    return words.value_words(BY_KEY[goal.indicator], Fraction(change).limit_denominator(10**6))


def place_words(goal: Goal) -> str:
    return alerting.place_words(
        {"process_key": goal.process_key, "node": goal.node, "department": goal.department}
    )


# Notifications and alerts ----------------------------------------------------------------------------------


def told(params: Mapping[str, Any]) -> Told:
    return Told(title=_("A goal concerns you: %(title)s") % {"title": params["text"]},
                detail=_("Set by %(who)s. Please say that you have read it.") % {"who": _who(params)},
                url=_page(params))  # fmt: skip


def told_withdrawn(params: Mapping[str, Any]) -> Told:
    return Told(title=_("A goal was withdrawn: %(title)s") % {"title": params["text"]},
                detail=_("By %(who)s") % {"who": _who(params)}, url=_page(params))  # fmt: skip


def _who(params: Mapping[str, Any]) -> str:
    return directory.display_names([params["author"]])


def _page(params: Mapping[str, Any]) -> str:
    return reverse("monitoring:goal", args=[params["goal"]])


NOTICES = {"goal": told, "goal_withdrawn": told_withdrawn}


def alert_sentence(params: Mapping[str, Any]) -> str:
    """Return what an alert says of a goal: its state when it was raised."""
    goal = goal_of(str(params.get("subject", "")))
    if goal is None:
        return _("A goal that is no more")
    said = {"title": goal.title, "value": value_words(goal, params["value"]), "target": target_words(goal)}
    if str(params["subject"]).endswith(Goal.State.MISSED.value):
        return _("Goal missed: %(title)s – %(value)s, target %(target)s") % said
    return _("Goal at risk: %(title)s – %(value)s, target %(target)s") % said


def alert_address(params: Mapping[str, Any]) -> str:
    number = str(params.get("subject", "")).partition(":")[0]
    return reverse("monitoring:goal", args=[number])


def alert_value(params: Mapping[str, Any], value: float) -> str:
    goal = goal_of(str(params.get("subject", "")))
    return value_words(goal, value) if goal else ""


def rule_words() -> list[Pair]:
    """Return by which rule a goal stands as it does, state by state."""
    rules = [
        (pgettext("goal", "On track"), _(
            "A rate or mean of the last 30 days meets the target, or what the straight line from baseline to target says for today. A number or cost comes to the target if it goes on at its pace; in the first tenth of the time the pace says nothing."
        )),
        (pgettext("goal", "At risk"), _("The time is not over, and the value is worse than that.")),
        (pgettext("goal", "Met"), _("At the end the target is reached; a number that is to grow, as soon as it is.")),
        (pgettext("goal", "Missed"), _(
            "At the end the target is not reached; a number that is to stay low, as soon as it is above it."
        )),
        (pgettext("goal", "No figures yet"), _("Fewer than five visits, cases or answers stand behind the value.")),
    ]  # fmt: skip
    return [Pair(label=name, value=rule) for name, rule in rules]


REFUSALS = {
    "no_such_goal": gettext_lazy("There is no such goal, or it is not open to you."),
    "goal_of_others": gettext_lazy(
        "Goals are set by the owner of the process or the head of the department; those for the whole company by the process office."
    ),
    "goal_is_published": gettext_lazy(
        "The goal is published, so it stays as it is. Withdraw it and set another one."
    ),
    "goal_of_nothing": gettext_lazy("Choose what is measured, and where."),
    "indicator_not_of_steps": gettext_lazy("%(indicator)s is measured of whole cases, not of a step."),
    "ends_before_it_begins": gettext_lazy("The last day is before the first one."),
    "goal_without_direction": gettext_lazy("Say whether more or less of it is better: %(indicator)s."),
    "goal_for_nobody": gettext_lazy("Say first whom the goal concerns: people, posts or departments."),
}
