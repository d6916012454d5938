"""Who is told what: notification rows in the same transaction, mail by a job after it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
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
    # told even of what they did themselves: the receipt of whoever hands something in
    always: tuple[str, ...] = ()


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
    if event.former:
        # Told too when somebody else took it from them; whoever acted is left out.
        yield Notice(
            code="task_taken",
            people=(event.former,),
            node=node,
            visit=event.visit,
            params={"taker": event.person, "reason": event.reason},
        )
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
    if event.by is not None:
        params = {"author": event.by, "text": event.text}
        yield Notice(code="copied", people=event.people, node=event.node, params=params)
        return
    people = _everybody(event.people, event.pools)
    yield Notice(code="informed", people=people, node=event.node, always=event.people)


def _incident(event: e.IncidentRaised, _answer: Accepted, _before: Marking) -> Iterator[Notice]:
    yield Notice(code="incident", people=(), node=event.node, params={"incident": event.code})


def _ended(event: e.CaseEnded, answer: Accepted, _before: Marking) -> Iterator[Notice]:
    starter = answer.marking.starter
    if starter and starter != SYSTEM:
        yield Notice(
            code="case_ended", people=(starter,), params={"status": event.status, "reason": event.reason}
        )


def _at(event: Any, answer: Accepted, before: Marking) -> str:
    """Return the node of the visit that an event is about, "" where the command opened and closed it."""
    visit = before.visits.get(event.visit) or answer.marking.visits.get(event.visit)
    return visit.node if visit is not None else ""


def _signers_added(event: e.SignersAdded, answer: Accepted, before: Marking) -> Iterator[Notice]:
    people = tuple(seat.holder for seat in event.seats if seat.holder)
    params = {"author": event.person, "reason": event.reason}
    node = _at(event, answer, before)
    yield Notice(code="signer_added", people=people, node=node, visit=event.visit, params=params)


def _delegated(event: e.TaskDelegated, answer: Accepted, before: Marking) -> Iterator[Notice]:
    people = (event.child.holder,) if event.child.holder else ()
    params = {"author": event.person, "reason": event.reason}
    node = _at(event, answer, before)
    yield Notice(code="delegated", people=people, node=node, visit=event.visit, params=params)


def _seat_removed(event: e.SeatRemoved, _answer: Accepted, before: Marking) -> Iterator[Notice]:
    visit = before.visits.get(event.visit)
    seat = visit.seats.get(event.seat) if visit else None
    if seat is not None and seat.holder and seat.open:
        params = {"author": event.person, "reason": event.reason}
        yield Notice(
            code="signer_removed", people=(seat.holder,), node=visit.node if visit else "", params=params
        )


def _seat_opened(event: e.SeatOpened, answer: Accepted, _before: Marking) -> Iterator[Notice]:
    """Tell whoever's turn it is now: the next of a sequence, or a holder whose signers have spoken."""
    visit = answer.marking.visits.get(event.visit)
    seat = visit.seats.get(event.seat) if visit else None
    if visit is not None and seat is not None and seat.decision is None:
        people = (seat.holder,) if seat.holder else _everybody((), [seat.pool] if seat.pool else [])
        yield Notice(code="your_turn", people=people, node=visit.node, visit=visit.id)


def _declined(event: e.TaskDeclined, answer: Accepted, before: Marking) -> Iterator[Notice]:
    people = (event.back_to,) if event.back_to else ()
    params = {"author": event.person, "reason": event.reason}
    if people:
        node = _at(event, answer, before)
        yield Notice(code="task_declined", people=people, node=node, visit=event.visit, params=params)


def _urged(event: e.TaskUrged, answer: Accepted, before: Marking) -> Iterator[Notice]:
    visit = _visit_of(answer, before, event.visit)
    seat = visit.seats[event.seat]
    pools = [seat.pool] if seat.pool and not seat.holder else []
    people = _everybody(filter(None, (seat.holder, seat.substitute)), pools)
    params = {"author": event.person, "text": event.text}
    yield Notice(code="urged", people=people, node=visit.node, visit=visit.id, params=params)


def _substitute_set(event: e.SubstituteSet, answer: Accepted, before: Marking) -> Iterator[Notice]:
    visit = _visit_of(answer, before, event.visit)
    holder = visit.seats[event.seat].holder if event.seat in visit.seats else None
    if event.person and holder:
        params = {"former": holder}
        yield Notice(code="stands_in", people=(event.person,), node=visit.node, visit=visit.id, params=params)


def _visit_closed(event: e.VisitClosed, answer: Accepted, before: Marking) -> Iterator[Notice]:
    """Tell those whose part is no longer needed, and why."""
    visit = before.visits.get(event.visit)
    if visit is None:
        return
    decided = {one.seat for one in answer.events if isinstance(one, e.SeatDecided)}
    seats = [
        seat
        for seat in visit.seats.values()
        if seat.open and seat.decision is None and seat.id not in decided
    ]
    people = tuple(dict.fromkeys(seat.holder for seat in seats if seat.holder))
    if people:
        params = {"outcome": event.outcome, "author": event.person or "", "reason": event.reason}
        yield Notice(code="task_over", people=people, node=visit.node, visit=visit.id, params=params)


Announcer = Callable[[Any, Accepted, Marking], Iterator[Notice]]

ANNOUNCERS: dict[type[e.Event], Announcer] = {
    e.VisitOpened: _opened,
    e.VisitClosed: _visit_closed,
    e.SeatOpened: _seat_opened,
    e.SignersAdded: _signers_added,
    e.TaskDelegated: _delegated,
    e.SeatRemoved: _seat_removed,
    e.TaskDeclined: _declined,
    e.TaskUrged: _urged,
    e.SubstituteSet: _substitute_set,
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
    """Write the notifications that the events ask for; whoever acted is told of their own act only by name."""
    write(letters(case_id, graph, answer, world, before, actor))


def letters(
    case_id: int, graph: ProcessGraph, answer: Accepted, world: CompanyWorld, before: Marking, actor: str
) -> list[Notification]:
    """Return the notifications that the events ask for, one a person, not yet written."""
    found = []
    for event in answer.events:
        announcer = ANNOUNCERS.get(type(event))
        for notice in announcer(event, answer, before) if announcer else ():
            people = notice.people or tuple(directory.members(f"post:{graph.owner}"))
            told = [person for person in people if person != actor or person in notice.always]
            found += _to(case_id, notice, told, world)
    return found


def tell(case_id: int | None, notice: Notice, people: Iterable[str], world: CompanyWorld) -> None:
    """Write one notification a person and ask for its mail."""
    write(_to(case_id, notice, people, world))


def tell_here(people: Iterable[str], code: str, params: dict[str, Any], at: datetime) -> None:
    """Write one notification a person about no case, without a mail: what asks for it sends its own."""
    told = [Notification(person=person, code=code, params=params, at=at) for person in people]
    Notification.objects.bulk_create(told)


def _to(
    case_id: int | None, notice: Notice, people: Iterable[str], world: CompanyWorld
) -> list[Notification]:
    return [
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
    ]


def write(letters: list[Notification]) -> None:
    """Write the notifications and ask for their mails, in one statement each, however many they are."""
    if not letters:
        return
    rows = Notification.objects.bulk_create(letters)
    failpoint("notice.written")
    jobs.later_many(SEND_MAIL, [{"notification": row.pk} for row in rows])
    failpoint("mail.asked")
