"""What the pages of goals show."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shuli.apps.cases.people import Names
from shuli.apps.directory import queries as directory
from shuli.apps.monitoring.alerting.words import indicator_name, limit_words
from shuli.apps.monitoring.charts import Chart, Mark, Point, drawn
from shuli.apps.monitoring.dashboards.asking import department_names
from shuli.apps.monitoring.goals import rights, words
from shuli.apps.monitoring.goals.models import Goal, GoalReader
from shuli.apps.monitoring.goals.reckoning import where_of
from shuli.apps.monitoring.indicators import BY_KEY
from shuli.apps.monitoring.measuring import by_month
from shuli.apps.monitoring.places import action_url
from shuli.apps.monitoring.words import period_words
from shuli.kit.components import amounts
from shuli.kit.components.moments import form_date, moment
from shuli.kit.components.values import Action, Cell, Column, Pair, Tab, Table, TableRow
from shuli.kit.components.words import joined


def tabs(current: str) -> list[Tab]:
    places = [("my_goals", _("My goals")), ("goals", _("All goals"))]
    return [
        Tab(label=label, url=reverse(f"monitoring:{name}"), is_current=name == current)
        for name, label in places
    ]


def list_page(person: str) -> dict[str, Any]:
    """Return the goals that somebody may see: those that run, then drafts, then what is over."""
    found = list(rights.visible(person))
    today = directory.today()
    running = [one for one in found if one.published_at and not one.withdrawn_at and one.last >= today]
    drafts = [one for one in found if not one.published_at and not one.withdrawn_at]
    over = [one for one in found if one not in running and one not in drafts]
    new = Action(label=_("Set a goal"), icon="plus", is_primary=True, url=reverse("monitoring:goal_new"))
    return {
        "title": _("Goals of the work"),
        "tabs": tabs("goals"),
        "running": goals_table(running) if running else None,
        "drafts": goals_table(drafts) if drafts else None,
        "over": goals_table(over) if over else None,
        "rules": words.rule_words(),
        "actions": [new] if rights.may_set_any(person) else [],
    }


def my_page(person: str) -> dict[str, Any]:
    """Return the goals that concern somebody, each with what it demands and how it stands."""
    rows = {one.goal_id: one for one in GoalReader.objects.filter(person=person)}
    found = list(rights.mine(person))
    names = Names([one.set_by for one in found])
    return {
        "title": _("My goals"),
        "tabs": tabs("my_goals"),
        "items": [_item(one, rows[one.pk], names) for one in found],
        "rules": words.rule_words(),
    }


def _item(goal: Goal, row: GoalReader, names: Names) -> dict[str, Any]:
    return {
        "row": goal,
        "state": _state(goal),
        "url": reverse("monitoring:goal", args=[goal.pk]),
        "figure": _figure_words(goal),
        "place": words.place_words(goal),
        "span": _span(goal),
        "by": names.full(goal.set_by),
        "read_at": row.read_at,
        "progress": _bar(goal),
    }


def _state(goal: Goal) -> tuple[str, str]:
    if goal.withdrawn_at:
        return "normal", pgettext("goal", "Withdrawn")
    if not goal.published_at:
        return "normal", pgettext("goal", "Draft")
    return words.STATES.get(goal.state, "normal"), goal.get_state_display()


def _figure_words(goal: Goal) -> str:
    said = {
        "indicator": indicator_name(goal.indicator),
        "value": words.value_words(goal, goal.value),
        "target": words.target_words(goal),
    }
    return _("%(indicator)s: %(value)s, target %(target)s") % said


def _span(goal: Goal) -> str:
    return _("%(first)s to %(last)s") % {"first": form_date(goal.first), "last": form_date(goal.last)}


def _bar(goal: Goal) -> float | None:
    return None if goal.progress is None else min(max(goal.progress, 0.0), 1.0)


def goals_table(goals: Sequence[Goal]) -> Table:
    return Table(
        columns=[
            Column(label=pgettext("goal", "Goal"), phone="first"),
            Column(label=_("Where")),
            Column(label=_("Baseline"), is_number=True),
            Column(label=_("Now"), is_number=True),
            Column(label=pgettext("goal", "Target"), is_number=True),
            Column(label=pgettext("goal", "Until")),
            Column(label=_("State"), phone="key"),
        ],
        rows=[_row(goal) for goal in goals],
        caption=_("Goals of the work"),
    )


def _row(goal: Goal) -> TableRow:
    url = reverse("monitoring:goal", args=[goal.pk])
    return TableRow(
        cells=[
            Cell(value=goal.title, url=url, note=indicator_name(goal.indicator)),
            words.place_words(goal),
            words.value_words(goal, goal.baseline),
            words.value_words(goal, goal.value),
            words.target_words(goal),
            form_date(goal.last),
            _state(goal)[1],
        ]
    )


# One goal --------------------------------------------------------------------------------------------------


def goal_page(person: str, goal: Goal) -> dict[str, Any]:
    names = Names([goal.set_by, *goal.people])
    readers = list(goal.readers.order_by("read_at", "person"))
    own = next((one for one in readers if one.person == person), None)
    may_change = rights.may_change(person, goal)
    return {
        "title": goal.title,
        "goal": goal,
        "state": _state(goal),
        "facts": [indicator_name(goal.indicator), words.place_words(goal), _span(goal)],
        "pairs": _pairs(goal, names),
        "progress": _bar(goal),
        "chart": _chart(goal),
        "readers": readers_table(readers) if may_change and readers else None,
        "read_count": sum(one.read_at is not None for one in readers),
        "must_read": own is not None and own.read_at is None and not goal.withdrawn_at,
        "read_at": own.read_at if own else None,
        "may_publish": may_change and not goal.published_at,
        "may_withdraw": may_change and bool(goal.published_at),
        "rules": words.rule_words(),
        "action_url": _action_url(person, goal),
    }


def _action_url(person: str, goal: Goal) -> str:
    """Return where an action is recorded for a goal that runs, for whom may record one."""
    if not goal.published_at or goal.withdrawn_at:
        return ""
    return action_url(person, "goal", goal.pk, where_of(goal))


def _pairs(goal: Goal, names: Names) -> list[Pair]:
    reckoned = moment(goal.reckoned_at) if goal.reckoned_at else ""
    times = {"first": form_date(goal.baseline_first), "last": form_date(goal.baseline_last)}
    pairs = [
        (_("Now"), words.value_words(goal, goal.value)),
        (pgettext("goal", "Target"), words.target_words(goal)),
        (_("Baseline"), words.value_words(goal, goal.baseline)),
        (_("From baseline to target"), words.change_words(goal)),
        (
            _("Of this way done"),
            amounts.percent(max(goal.progress, 0.0)) if goal.progress is not None else "",
        ),
        (_("Time of the baseline"), _("%(first)s to %(last)s") % times),
        (_("Expected by now"), words.value_words(goal, goal.expected) if goal.expected is not None else ""),
        (_("Reckoned"), reckoned),
        (_("Set by"), names.full(goal.set_by)),
    ]
    wide = [(_("It concerns"), _concerned(goal, names)), (_("Assessment standard"), goal.standard)]
    return [
        *(Pair(label=label, value=value) for label, value in pairs if value),
        *(Pair(label=label, value=value, is_wide=True) for label, value in wide if value),
    ]


def _concerned(goal: Goal, names: Names) -> str:
    departments = department_names()
    return joined(
        [
            *(departments.get(code, code) for code in goal.departments),
            *(names.label(code) for code in goal.posts),
            *(names.full(one) for one in goal.people),
        ]
    )


def readers_table(readers: Iterable[GoalReader]) -> Table:
    rows = list(readers)
    names = Names([one.person for one in rows])
    return Table(
        columns=[
            Column(label=_("Person"), phone="first"),
            Column(label=pgettext("goal", "Told")),
            Column(label=pgettext("goal", "Read"), phone="key"),
        ],
        rows=[
            TableRow(
                cells=[
                    names.full(one.person),
                    moment(one.told_at),
                    moment(one.read_at) if one.read_at else pgettext("goal", "Not yet"),
                ]
            )
            for one in rows
        ],
        caption=_("Who has read it"),
    )


def _axis(values: list[float]) -> tuple[float, float]:
    """Return from where to where an axis goes: from nothing, unless all the values lie close together far above it."""
    low, high = min(values), max(values) or 1.0
    room = high - low
    return (low - room if room and low - room > high / 2 else 0.0), high


def _chart(goal: Goal) -> str:
    """Return the indicator month by month, from the baseline on, with the target and where the goal began."""
    indicator = BY_KEY.get(goal.indicator)
    if indicator is None:
        return ""
    until = min(goal.last, directory.today())
    found = by_month(indicator, where_of(goal), goal.baseline_first, max(until, goal.baseline_last))
    values = [value for _period, value in found if value is not None]
    if not values:
        return ""
    low, high = _axis([*values, goal.target])
    steps = [low + (high - low) * step / 4 for step in range(5)]
    ticks = [(step, limit_words(goal.indicator, step)) for step in steps]
    points = [
        Point(
            label=period_words(one),
            value=value,
            words=f"{period_words(one)} {words.value_words(goal, value)}",
        )
        for one, value in found
    ]
    begun = [at for at, (one, _value) in enumerate(found) if one.first <= goal.first <= one.last]
    return drawn(
        Chart(
            label=str(indicator.name),
            points=points,
            ticks=ticks,
            target=(goal.target, words.target_words(goal)),
            marks=[Mark(at=at, words=_("the goal begins")) for at in begun],
        )
    )
