"""One command on one case, in one transaction: lock, decide, write, tell.

Everything that changes a case goes through `execute`: pages, REST, timers, called processes.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from shuli.apps.cases import notices, parts, store
from shuli.apps.cases.changes import Change
from shuli.apps.cases.models import Case
from shuli.apps.cases.outside.following import follow
from shuli.apps.cases.projection import project
from shuli.apps.cases.scenes import Scene
from shuli.apps.cases.titles import case_title
from shuli.apps.cases.world import CompanyWorld, world_of
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import kept_calendars
from shuli.apps.directory import queries as directory
from shuli.apps.documents import operations as documents
from shuli.core.bpmn.graph import ProcessGraph
from shuli.core.engine import Accepted, Refused, decide, migrate
from shuli.core.engine import commands as c
from shuli.core.engine import events as e
from shuli.core.engine.marking import Marking
from shuli.kit import clock
from shuli.kit.failpoints import failpoint

# One series for all cases: its counters go by the pattern, so processes that share one share the numbers.
NUMBERS = "case"
ENDED = frozenset({"approved", "rejected", "withdrawn", "terminated", "failed", "returned"})


def execute(case_id: int, command: c.Command) -> Accepted | Refused:
    """Run the command on the case to its next wait states and commit, or change nothing."""
    with transaction.atomic():
        case = store.lock_case(case_id)
        if case is None:
            return Refused(code="no_such_case")
        failpoint("case.locked")
        with directory.one_organisation(case.edition):
            return _carry_out(case, command)


def _carry_out(case: store.LockedCase, command: c.Command) -> Accepted | Refused:
    world = CompanyWorld(now=clock.local_now(), buffer=case.buffer)
    graph = catalogue.graph(case.version_id)
    answer = decision(case, graph, command, world)
    if isinstance(answer, Accepted):
        failpoint("case.decided")
        _write(case, graph, command, answer, world)
        failpoint("case.written")
        _follow(case, graph, answer, world, command.actor)
        failpoint("case.followed")
    return answer


def decision(
    case: store.LockedCase, graph: ProcessGraph, command: c.Command, world: CompanyWorld
) -> Accepted | Refused:
    """Return what the command comes to; nothing is written."""
    return _stands_in_no_more(case.marking, graph, command) or decide(graph, case.marking, command, world)


def migrate_case(
    case_id: int, version_id: int, mapping: Mapping[str, str], actor: str, reason: str
) -> Accepted | Refused:
    """Let the case go on under another version of its process and commit, or change nothing."""
    with transaction.atomic():
        case = store.lock_case(case_id)
        if case is None:
            return Refused(code="no_such_case")
        old, new = catalogue.graph(case.version_id), catalogue.graph(version_id)
        world = world_of(version_id)
        answer = migrate(old, new, case.marking, mapping, world, actor, reason)
        if isinstance(answer, Accepted):
            _write(case, new, c.Command(actor=actor), answer, world)
            Case.objects.filter(pk=case_id).update(version_id=version_id)
            _follow(case, new, answer, world, actor)
        return answer


def _stands_in_no_more(marking: Marking, graph: ProcessGraph, command: c.Command) -> Refused | None:
    """Refuse whoever acts as a substitute by a rule that is over or was revoked, from that moment on.

    The seat may still name them: what is open follows a little later.
    """
    number = getattr(command, "seat", None)
    seat = next((visit.seats[number] for visit in marking.visits.values() if number in visit.seats), None)
    if seat is None or seat.holder is None or command.actor != seat.substitute:
        return None
    if directory.acts_for(command.actor, seat.holder, graph.key):
        return None
    return Refused(code="not_holder", params={"holder": seat.holder})


def start(
    process_key: str,
    command: c.Start,
    *,
    parent: tuple[store.LockedCase, int] | None = None,
    number: str = "",
) -> tuple[int, Accepted | Refused]:
    """Issue a number, open the case and run it to its first wait states; return its id and the answer."""
    with transaction.atomic():
        version = catalogue.version_to_start(process_key, number)
        graph = catalogue.graph(version.id)
        now = clock.now()
        row = _new_row(version.id, graph, command, now, parent)
        failpoint("case.opened")
        answer = execute(row.id, command)
        if isinstance(answer, Refused):
            transaction.set_rollback(True)
        return row.id, answer


def _new_row(
    version_id: int,
    graph: ProcessGraph,
    command: c.Start,
    now: datetime,
    parent: tuple[store.LockedCase, int] | None,
) -> Case:
    return Case.objects.create(
        number=documents.issue_number(number_pattern(graph), now, NUMBERS),
        process_key=graph.key,
        version_id=version_id,
        starter=command.actor,
        starter_department=directory.main_department(command.actor) or "",
        started_at=now,
        parent_id=parent[0].id if parent else None,
        root_id=(store.root_of(parent[0].id) if parent else None),
        parent_child=parent[1] if parent else None,
    )


def number_pattern(graph: ProcessGraph) -> str:
    return graph.number_pattern or f"{graph.key}-{{yyyy}}{{seq}}"


def _write(
    case: store.LockedCase, graph: ProcessGraph, command: c.Command, answer: Accepted, world: CompanyWorld
) -> None:
    changes, chain = changes_of(case, graph, command, answer, world)
    store.write([*changes, ("save_case", case_values(case, graph, answer, chain, world.now))])


def changes_of(
    case: store.LockedCase, graph: ProcessGraph, command: c.Command, answer: Accepted, world: CompanyWorld
) -> tuple[list[Change], tuple[int, bytes]]:
    """Return the rows that the command changes beside the case's own; the number and hash of its last event."""
    rows, seq, digest = store.event_rows(case, answer.events, command.actor, world.now)
    return [*projected(case, graph, command, answer, world), *rows], (seq, digest)


def projected(
    case: store.LockedCase, graph: ProcessGraph, command: c.Command, answer: Accepted, world: CompanyWorld
) -> list[Change]:
    """Return the rows that the command changes beside the case's own and its events."""
    reason = command.reason if isinstance(command, c.Return | c.ChildEnded) else ""
    scene = Scene(
        case_id=case.id,
        before=case.marking,
        after=answer.marking,
        world=world,
        actor=command.actor,
        touched=case.touched,
        return_reason=reason,
    )
    changes = [*project(scene, answer.events), *parts.access_of_leads(case.id, graph, answer, world)]
    kept_calendars.keep(scene.calendars)
    if isinstance(command, c.Start):
        changes.append(("give_access", (case.id, f"person:{command.actor}")))
    return changes


def case_values(
    case: store.LockedCase, graph: ProcessGraph, answer: Accepted, chain: tuple[int, bytes], now: datetime
) -> tuple[Any, ...]:
    """Return what `save_case` writes."""
    after = answer.marking
    marking, variables = store.encode_marking(after)
    ended_at = now if after.status in ENDED else None
    title = case_title(graph, after.variables, case.number)
    custodian = after.custodian or ""
    return (
        marking,
        variables,
        *chain,
        after.status,
        title,
        custodian,
        len(after.incidents),
        ended_at,
        ended_at,
        case.id,
    )


def _follow(
    case: store.LockedCase, graph: ProcessGraph, answer: Accepted, world: CompanyWorld, actor: str
) -> None:
    """Do in the same transaction what the events ask of others: notices, called cases, the calling case."""
    notices.announce(case.id, graph, answer, world, case.marking, actor)
    follow(case.id, graph, answer, case.marking, world.now, None if case.is_announced else [])
    follow_family(case, answer, actor)


def follow_family(case: store.LockedCase, answer: Accepted, actor: str) -> None:
    """Do what the events ask of called cases and of the calling one, each under its own lock."""
    for event in answer.events:
        if isinstance(event, e.ChildRequested):
            _start_child(case, event, answer.marking.starter)
        elif isinstance(event, e.ChildClosed) and event.status == "cancelled":
            _end_child(case.id, event.child)
    for child in Case.objects.filter(parent_id=case.id, status="running") if was_cut(answer) else ():
        execute(child.id, c.Terminate(reason="the calling case ended"))
    has_ended = answer.marking.status in ENDED and case.marking.status not in ENDED
    if has_ended and case.parent_id is not None and case.parent_child is not None:
        _tell_parent(case.parent_id, case.parent_child, answer, actor)


def was_cut(answer: Accepted) -> bool:
    """Say whether the case has ended before its time, and what it called ends with it."""
    return answer.marking.status in ENDED and answer.marking.status != "approved"


def _start_child(case: store.LockedCase, event: e.ChildRequested, starter: str | None) -> None:
    """Start the called case; where that cannot be, the call has failed, and the case says so."""
    command = c.Start(actor=starter or c.SYSTEM, variables=event.variables, called=True)
    try:
        _, answer = start(event.process, command, parent=(case, event.child))
    except catalogue.NotInForceError:
        answer = Refused(code="not_in_force")
    failpoint("child.started")
    if isinstance(answer, Refused):
        execute(case.id, c.ChildEnded(child=event.child, status="failed"))


def _end_child(parent_id: int, number: int) -> None:
    called = Case.objects.filter(parent_id=parent_id, parent_child=number).exclude(status__in=ENDED)
    for child in called:
        execute(child.pk, c.Terminate(reason="the calling case no longer waits for it"))
        failpoint("child.ended")


def _tell_parent(parent_id: int, child: int, answer: Accepted, actor: str) -> None:
    """Tell the calling case how the called one has ended, and where its work goes if it was sent back."""
    marking = answer.marking
    out = next((event for event in answer.events if isinstance(event, e.ReturnedOut)), None)
    command = c.ChildEnded(
        child=child,
        status=marking.status,
        variables=marking.variables,
        to=out.to if out else "",
        reason=out.reason if out else "",
        person=actor if out else "",
    )
    execute(parent_id, command)
    failpoint("parent.told")
