"""`shuli verify-state`: hold every open case against the engine's invariants and its own rows and events."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec
from django.db import transaction
from django.db.models import Exists, OuterRef

from shuli.apps.cases import store
from shuli.apps.cases.models import Access, Case, Event, ServiceCall, Subscription, Task, Timer, Visit
from shuli.apps.catalogue import queries as catalogue
from shuli.core.engine import check_invariants, replay
from shuli.core.engine.marking import Marking, Seat
from shuli.kit.chain import link

FEW = 20  # stray rows that are told of a table


@dataclass(frozen=True, kw_only=True)
class Violation:
    """One thing that must never be: which case, which rule, what was found."""

    case: str
    rule: str
    found: str


def verify_state(case_ids: list[int] | None = None) -> Iterator[Violation]:
    """Yield what is wrong with the given cases, or with all of them."""
    rows = Case.objects.order_by("pk")
    if case_ids is not None:
        rows = rows.filter(pk__in=case_ids)
    for case_id in list(rows.values_list("pk", flat=True)):
        # Under the case's lock: a command that runs meanwhile is seen whole or not at all.
        with transaction.atomic():
            found = list(_verify(Case.objects.select_for_update().get(pk=case_id)))
        yield from found
    if case_ids is None:
        yield from _strays()


def _strays() -> Iterator[Violation]:
    """Yield the rows that belong to no case: those of these tables are written without asking."""
    for model in (Access, Task, Timer, Visit):
        owner = Case.objects.filter(pk=OuterRef("case_id"))
        for row in model.objects.exclude(Exists(owner))[:FEW]:
            yield Violation(case=str(row.case_id), rule="stray", found=f"{model.__name__} {row.pk}")


def _verify(case: Case) -> Iterator[Violation]:
    events = list(Event.objects.filter(case_id=case.pk).order_by("seq"))
    marking = store.decode_marking(case.marking, case.variables)
    yield from _chain(case, events)
    replayed = replay(store.decode_event(row.payload) for row in events)
    if msgspec.to_builtins(replayed) != msgspec.to_builtins(marking):
        yield Violation(
            case=case.number, rule="replay", found="the events give another marking than the stored one"
        )
    for found in check_invariants(catalogue.graph(case.version_id), marking):
        yield Violation(case=case.number, rule="invariant", found=found)
    yield from _rows(case, marking)


def _chain(case: Case, events: list[Event]) -> Iterator[Violation]:
    digest = b""
    for number, row in enumerate(events, start=1):
        if row.seq != number:
            yield Violation(case=case.number, rule="chain", found=f"event {number} is missing")
            return
        covered = store.event_bytes(case.pk, row.seq, row.at, row.actor, row.payload.encode())
        digest = link(digest, covered)
        if digest != bytes(row.hash):
            yield Violation(case=case.number, rule="chain", found=f"event {number} was changed")
            return
    if digest != bytes(case.last_hash):
        yield Violation(case=case.number, rule="chain", found="the last events are missing")


def _rows(case: Case, marking: Marking) -> Iterator[Violation]:
    open_seats = {seat.id for visit in marking.visits.values() for seat in _undecided(visit.seats.values())}
    open_seats |= set(marking.opinions)
    states = [Task.State.OPEN, Task.State.WAITING, Task.State.OPINION]
    tasks = Task.objects.filter(case=case, state__in=states)
    pairs: list[tuple[str, set[int], set[int]]] = [
        ("tasks", set(tasks.values_list("seat", flat=True)), open_seats),
        (
            "visits",
            set(Visit.objects.filter(case=case, closed_at=None).values_list("number", flat=True)),
            set(marking.visits),
        ),
        (
            "timers",
            set(Timer.objects.filter(case=case, state=Timer.State.PENDING).values_list("number", flat=True)),
            set(marking.timers),
        ),
        (
            "subscriptions",
            set(Subscription.objects.filter(case=case, closed_at=None).values_list("number", flat=True)),
            {one.id for one in marking.subscriptions.values() if one.kind != "conditional"},
        ),
        (
            "service calls",
            set(ServiceCall.objects.filter(case=case, closed_at=None).values_list("number", flat=True)),
            set(marking.service_calls),
        ),
    ]
    for name, stored, live in pairs:
        if stored != live:
            yield Violation(
                case=case.number, rule=name, found=f"rows {sorted(stored)} but the marking has {sorted(live)}"
            )


def _undecided(seats: Iterable[Seat]) -> list[Seat]:
    return [seat for seat in seats if seat.decision is None]
