"""What the page of a trial shows: the diagram with its path, who has what to do, what waits, what would be sent."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuli.apps.cases import wording
from shuli.apps.cases.narration import NARRATORS, Teller
from shuli.apps.cases.people import Names
from shuli.apps.cases.presentation import node_name
from shuli.apps.cases.trials.running import Trial
from shuli.apps.directory import queries as directory
from shuli.core.bpmn import draw_svg
from shuli.core.engine import events as e
from shuli.core.engine.marking import Seat, Visit
from shuli.core.forms import FieldError
from shuli.kit import clock
from shuli.kit.components.moments import moment_time
from shuli.kit.forms import entry_html

MOST_PEOPLE = 30
ASKED = frozenset({"before", "after", "delegate"})


def trial_page(
    trial: Trial,
    *,
    person: str,
    chosen: str,
    raw: dict[str, Any] | None = None,
    errors: Iterable[FieldError] = (),
) -> dict[str, Any]:
    """Return the page; `chosen` is the task or start that is being filled in."""
    with clock.frozen(trial.now):
        names = Names([person, *_everybody(trial)])
        tasks = list(_tasks(trial, names))
        starts = list(_starts(trial)) if trial.marking.status == "draft" else []
        doable = [*starts, *tasks]
        current = next((one for one in doable if one["id"] == chosen), doable[0] if doable else None)
        return {
            "svg": _diagram(trial),
            "now": moment_time(trial.now),
            "status": _status(trial),
            "starts": starts,
            "tasks": tasks,
            "current": current,
            "form": _form(trial, current, person, raw, errors) if current else "",
            "people": _people(current, person, names) if current else [],
            "waits": list(_waits(trial)),
            "timers": _timers(trial),
            "incidents": [_incident(trial, one) for one in trial.marking.incidents.values()],
            "sent": list(_sent(trial, names)),
            "history": list(_history(trial, names)),
            "variables": [(key, _brief(value)) for key, value in trial.marking.variables.items()],
            "called": trial.world.called,
        }


def _status(trial: Trial) -> str:
    status = trial.marking.status
    return _("not started") if status == "draft" else str(wording.STATUSES.get(status, status))


def _everybody(trial: Trial) -> list[str]:
    from_events = [getattr(event, "person", None) for _at, _who, event in trial.events]
    seats = [seat for visit in trial.marking.visits.values() for seat in visit.seats.values()]
    pools = [name for seat in seats if seat.pool for name in directory.members(seat.pool)[:MOST_PEOPLE]]
    actors = [who for _at, who, _event in trial.events]
    sent = [name for _at, _who, event in trial.events for name in getattr(event, "people", ())]
    held = [seat.holder or "" for seat in seats]
    return [*actors, *(name for name in from_events if isinstance(name, str)), *pools, *sent, *held]


def _starts(trial: Trial) -> Iterator[dict[str, Any]]:
    for node in trial.graph.starts:
        name = node_name(trial.graph, node)
        yield {"id": f"start-{node}", "node": node, "name": name, "seat": "", "who": "", "is_decision": False}


def _tasks(trial: Trial, names: Names) -> Iterator[dict[str, Any]]:
    for visit in trial.marking.visits.values():
        for seat in visit.seats.values():
            if seat.open and seat.decision is None:
                yield _task(trial, visit, seat, names)


def _task(trial: Trial, visit: Visit, seat: Seat, names: Names) -> dict[str, Any]:
    pool = (seat.pool or "").partition(":")[2]
    due = _("due %(at)s") % {"at": moment_time(visit.due_at)} if visit.due_at else ""
    is_late = visit.due_at is not None and visit.due_at < trial.now
    return {
        "id": f"seat-{seat.id}",
        "node": visit.node,
        "seat": seat.id,
        "name": node_name(trial.graph, visit.node),
        "who": names.full(seat.holder) if seat.holder else names.label(pool),
        "due": due,
        "is_late": is_late,
        "holder": seat.holder,
        "pool": seat.pool,
        "role": seat.role,
        "key": seat.key,
        "is_decision": True,
    }


def _people(current: dict[str, Any], person: str, names: Names) -> list[tuple[str, str]]:
    """Return as whom the chosen step can be done, the one who has it first."""
    if current.get("holder"):
        found = [current["holder"]]
    elif current.get("pool"):
        found = directory.members(current["pool"])[:MOST_PEOPLE]
    else:
        found = [person]
    return [(name, names.full(name)) for name in found]


def _form(
    trial: Trial,
    current: dict[str, Any],
    person: str,
    raw: dict[str, Any] | None,
    errors: Iterable[FieldError],
) -> str:
    if current.get("role") in ASKED:
        return ""
    form = trial.form_at(current["node"], current.get("key", ""))
    if form is None:
        return ""
    acting = current.get("holder") or person
    context = trial.context(acting)
    return entry_html(
        form,
        raw if raw is not None else context,
        context,
        trial.rights_at(current["node"]),
        errors,
        person=acting,
    )


# What waits ---------------------------------------------------------------------------------------------------


def _waits(trial: Trial) -> Iterator[dict[str, Any]]:
    """Yield what can arrive from outside."""
    marking, graph = trial.marking, trial.graph
    for one in marking.subscriptions.values():
        if one.kind != "conditional":
            kind = _("message") if one.kind == "message" else _("signal")
            yield {
                "do": "deliver",
                "what": one.id,
                "name": node_name(graph, one.node),
                "kind": kind,
                "of": one.name,
            }
    for call in marking.service_calls.values():
        name = node_name(graph, call.node)
        yield {"do": "answer", "what": call.id, "name": name, "kind": _("service"), "of": call.name}
    for child in marking.children.values():
        node = marking.tokens[child.token].node
        name = node_name(graph, node)
        yield {
            "do": "child",
            "what": child.id,
            "name": name,
            "kind": _("called process"),
            "of": child.process,
        }


def _timers(trial: Trial) -> list[dict[str, Any]]:
    rows = sorted(trial.marking.timers.values(), key=lambda timer: (timer.due_at, timer.id))
    return [
        {
            "name": node_name(trial.graph, timer.node),
            "kind": str(TIMER_WORDS[timer.kind]()),
            "at": moment_time(timer.due_at),
            "until": timer.due_at.isoformat(),
        }
        for timer in rows
    ]


OUTCOMES = {
    "completed": lambda: _("completed"),
    "rejected": lambda: _("rejected"),
    "returned": lambda: _("returned"),
    "cancelled": lambda: _("cancelled"),
}
TIMER_WORDS = {
    "event": lambda: _("timer"),
    "boundary": lambda: _("timer at the step"),
    "due": lambda: _("time limit ends"),
    "reminder": lambda: _("reminder"),
    "escalation": lambda: _("escalation"),
}


def _incident(trial: Trial, incident: Any) -> dict[str, Any]:
    words = wording.incident(incident.code, incident.params)
    return {"what": incident.id, "name": node_name(trial.graph, incident.node), "words": words}


# What happened ------------------------------------------------------------------------------------------------


def _sent(trial: Trial, names: Names) -> Iterator[dict[str, str]]:
    """Yield the notifications that would have gone out, the latest first."""
    nodes = _nodes_of_visits(trial)
    for at, _who, event in reversed(trial.events):
        for kind, node, people in _notifications(event, nodes):
            who = _(", ").join(
                names.short(name) if ":" not in name else names.label(name.partition(":")[2])
                for name in people
            )
            if who:
                yield {
                    "at": moment_time(at),
                    "what": kind.format(node=node_name(trial.graph, node)),
                    "who": who,
                }


def _notifications(event: e.Event, nodes: dict[int, str]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    kinds = wording.NOTICES
    if isinstance(event, e.VisitOpened):
        for seat in event.seats:
            people = tuple(name for name in (seat.holder or seat.pool,) if name)
            yield str(kinds["task_opened"]), event.node, people
    elif isinstance(event, e.ReminderRaised):
        people = event.people or event.pools
        yield str(kinds[f"reminder_{event.kind}"]), nodes.get(event.visit, ""), people
    elif isinstance(event, e.Escalated):
        yield str(kinds["escalated"]), nodes.get(event.visit, ""), event.people
    elif isinstance(event, e.Informed):
        yield str(kinds["informed"]), event.node, (*event.people, *event.pools)


def _nodes_of_visits(trial: Trial) -> dict[int, str]:
    return {event.visit: event.node for _at, _who, event in trial.events if isinstance(event, e.VisitOpened)}


def _history(trial: Trial, names: Names) -> Iterator[dict[str, str]]:
    """Yield what happened, the latest first: what people did, and what the process did by itself."""
    nodes = _nodes_of_visits(trial)
    teller = Teller(names=names, graph=trial.graph, nodes=nodes)
    for at, who, event in reversed(trial.events):
        if isinstance(event, e.CaseStarted):
            words = _("The case was started")
        elif isinstance(event, e.VisitClosed):
            words = f"{teller.node(event.visit)}: {OUTCOMES[event.outcome]()}"
        elif type(event) in NARRATORS:
            words = NARRATORS[type(event)](teller, event).words
        else:
            continue
        yield {"at": moment_time(at), "what": words, "who": names.short(who)}


def _diagram(trial: Trial) -> str:
    moves = [
        event for _at, _who, event in trial.events if hasattr(event, "node") and type(event).__name__ in MOVES
    ]
    passed = {name for move in moves for name in (move.node, getattr(move, "flow", None)) if name}
    here = {token.node for token in trial.marking.tokens.values()}
    late = {
        visit.node for visit in trial.marking.visits.values() if visit.due_at and visit.due_at < trial.now
    }
    markers: dict[str, set[str]] = {}
    for marker, elements in (("sl-done", passed - here), ("sl-now", here), ("sl-late", late)):
        for element in elements:
            markers.setdefault(element, set()).add(marker)
    zh = (get_language() or "zh").startswith("zh")
    return draw_svg(trial.document, language="zh" if zh else "en", markers=markers)


MOVES = frozenset({"TokenCreated", "TokenMoved"})


def _brief(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 200 else f"{text[:200]}…"


def urls(key: str, pk: int) -> dict[str, str]:
    query = f"?draft={pk}"
    return {
        "page": reverse("cases:try_out", args=[key]) + query,
        "step": reverse("cases:try_step", args=[key]) + query,
        "state": reverse("cases:try_state", args=[key]) + query,
        "studio": reverse("catalogue:studio", args=[key]) + query,
    }


def clock_choices(trial: Trial) -> list[tuple[str, str]]:
    """Return how far the clock can be moved, with words."""
    spans = (("1", _("1 hour")), ("4", _("4 hours")), ("24", _("1 day")), ("168", _("1 week")))
    return [(_later(trial.now, int(hours)), words) for hours, words in spans]


def _later(now: datetime, hours: int) -> str:
    return (now + timedelta(hours=hours)).isoformat()
