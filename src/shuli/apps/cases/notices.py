"""Who is told what: notification rows in the same transaction, mail by a job after it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from shuli.apps.cases.models import Notification
from shuli.apps.cases.world import CompanyWorld
from shuli.apps.directory import queries as directory
from shuli.core.bpmn.graph import ProcessGraph
from shuli.core.engine import Accepted
from shuli.core.engine import events as e
from shuli.core.engine.commands import SYSTEM
from shuli.core.engine.marking import Marking, Visit
from shuli.kit import jobs
from shuli.kit.failpoints import failpoint

SEND_MAIL = "shuli.apps.cases.jobs.send_notification_mail"


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One thing to tell some people."""

    code: str  # key of wording.NOTICES
    people: tuple[str, ...]
    node: str = ""
    visit: int | None = None
    params: dict[str, Any] = field(default_factory=dict)


def _everybody(people: Iterable[str], pools: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*people, *(m for pool in pools for m in directory.members(pool))]))


def _visit_of(answer: Accepted, before: Marking, number: int) -> Visit:
    return before.visits.get(number) or answer.marking.visits[number]


def _opened(event: e.VisitOpened, _answer: Accepted, _before: Marking) -> Iterator[Notice]:
    for seat in event.seats:
        if seat.open:
            people = (seat.holder,) if seat.holder else _everybody((), [seat.pool] if seat.pool else [])
            code = "task_returned" if event.returned_from else "task_opened"
            yield Notice(code=code, people=people, node=event.node, visit=event.visit)


def _transferred(event: e.TaskTransferred, answer: Accepted, before: Marking) -> Iterator[Notice]:
    node = _visit_of(answer, before, event.visit).node
    params = {"former": event.former or "", "reason": event.reason}
    yield Notice(code="task_transferred", people=(event.person,), node=node, visit=event.visit, params=params)


def _reminded(event: e.ReminderRaised, answer: Accepted, before: Marking) -> Iterator[Notice]:
    visit = _visit_of(answer, before, event.visit)
    yield Notice(
        code=f"reminder_{event.kind}",
        people=_everybody(event.people, event.pools),
        node=visit.node,
        visit=event.visit,
    )


def _escalated(event: e.Escalated, answer: Accepted, before: Marking) -> Iterator[Notice]:
    visit = _visit_of(answer, before, event.visit)
    yield Notice(
        code="escalated",
        people=event.people,
        node=visit.node,
        visit=event.visit,
        params={"step": event.step + 1, "department": visit.department or ""},
    )


def _informed(event: e.Informed, _answer: Accepted, _before: Marking) -> Iterator[Notice]:
    yield Notice(code="informed", people=_everybody(event.people, event.pools), node=event.node)


def _incident(event: e.IncidentRaised, _answer: Accepted, _before: Marking) -> Iterator[Notice]:
    yield Notice(code="incident", people=(), node=event.node, params={"incident": event.code})


def _ended(event: e.CaseEnded, answer: Accepted, _before: Marking) -> Iterator[Notice]:
    starter = answer.marking.starter
    if starter and starter != SYSTEM:
        yield Notice(
            code="case_ended", people=(starter,), params={"status": event.status, "reason": event.reason}
        )


Announcer = Callable[[Any, Accepted, Marking], Iterator[Notice]]

ANNOUNCERS: dict[type[e.Event], Announcer] = {
    e.VisitOpened: _opened,
    e.TaskTransferred: _transferred,
    e.ReminderRaised: _reminded,
    e.Escalated: _escalated,
    e.Informed: _informed,
    e.IncidentRaised: _incident,
    e.CaseEnded: _ended,
}


def announce(
    case_id: int, graph: ProcessGraph, answer: Accepted, world: CompanyWorld, before: Marking, actor: str
) -> None:
    """Write the notifications that the events ask for; whoever acted is not told of their own act."""
    for event in answer.events:
        announcer = ANNOUNCERS.get(type(event))
        for notice in announcer(event, answer, before) if announcer else ():
            people = notice.people or tuple(directory.members(f"post:{graph.owner}"))
            tell(case_id, notice, [person for person in people if person != actor], world)


def tell(case_id: int, notice: Notice, people: Iterable[str], world: CompanyWorld) -> None:
    """Write one notification a person and ask for its mail."""
    rows = Notification.objects.bulk_create(
        Notification(
            person=person,
            case_id=case_id,
            node=notice.node,
            visit_number=notice.visit,
            code=notice.code,
            params=notice.params,
            at=world.now,
        )
        for person in people
    )
    failpoint("notice.written")
    for row in rows:
        jobs.later(SEND_MAIL, notification=row.pk)
    failpoint("mail.asked")
