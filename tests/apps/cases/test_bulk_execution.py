"""Commands on many cases with one commit a lot: the same rows and chains as one by one, all or none of a lot."""

import random

import pytest
from django.db import IntegrityError, transaction

from shuli.apps.cases import bulk_execution, execution, store
from shuli.apps.cases.models import Access, Case, Event, Notification, Task, Timer, Visit
from shuli.apps.cases.verification import verify_state
from shuli.core.engine import Accepted, Refused
from shuli.core.engine import commands as c
from shuli.kit import failpoints

KEY = "P-PURCHASE"
ANSWERS = {"what": "抽检设备", "amount": 12000, "phone": "13800002207"}
TABLES = {
    Visit: ("number",),
    Task: ("seat",),
    Timer: ("number",),
    Access: ("subject",),
    Notification: ("person", "code", "visit_number"),
}
OWN = {"id", "case_id", "number", "last_hash", "hash", "payload"}


def start(person, **more):
    return c.Start(actor=person, variables={**ANSWERS, **more}, start="start")


def facts(row, leave_out=OWN):
    return {key: value for key, value in row.items() if key not in leave_out}


def picture(case):
    """Return all rows of a case without keys and numbers of its own."""
    rows = {
        model.__name__: [
            facts(row, {"id", "case_id"}) for row in model.objects.filter(case=case).order_by(*order).values()
        ]
        for model, order in TABLES.items()
    }
    events = Event.objects.filter(case=case).order_by("seq").values("seq", "type", "actor", "payload", "at")
    return {**rows, "events": list(events), "case": facts(Case.objects.values().get(pk=case.pk))}


def commands_on(case, cast, chance):
    """Return a command that fits the case or does not."""
    task = chance.choice(list(Task.objects.filter(case=case, state="open").order_by("seat")) or [None])
    holder = (task and task.holder) or cast["tech"]
    seat = task.seat if task else 3
    timers = list(Timer.objects.filter(case=case, state="pending").order_by("number")) or [None]
    timer = chance.choice(timers)
    return chance.choice(
        [
            c.Complete(actor=holder, seat=seat, decision="approve"),
            c.Complete(actor=holder, seat=seat, decision="approve"),
            c.Claim(actor=holder, seat=seat),
            c.Transfer(actor=holder, seat=seat, to=cast["colleague"], reason="外出"),
            c.Terminate(actor=cast["owner"], reason="不买了"),
            c.FireTimer(timer=timer.number if timer else 99),
            c.Complete(actor=cast["stranger"], seat=seat),
        ]
    )


def cases_of(started):
    assert all(isinstance(answer, Accepted) for _, answer in started)
    return list(Case.objects.filter(pk__in=[pk for pk, _ in started]).order_by("pk"))


def test_new_cases_have_the_rows_that_they_get_one_by_one(cast):
    together = cases_of(
        bulk_execution.start_many(KEY, [start(cast["starter"], what=f"设备{n}") for n in range(5)])
    )
    alone = cases_of([execution.start(KEY, start(cast["starter"], what=f"设备{n}")) for n in range(5)])

    assert [picture(case) for case in together] == [picture(case) for case in alone]
    assert not list(verify_state())


def test_cases_that_stand_alike_have_the_rows_that_they_get_one_by_one(cast):
    """Decided once for all of them; the number, the chain and the keys are each case's own."""
    same = [start(cast["starter"])] * 40
    together = cases_of(bulk_execution.start_many(KEY, same))
    alone = cases_of([execution.start(KEY, one) for one in same[:3]])
    seat = Task.objects.filter(case=alone[0]).get().seat
    complete = c.Complete(actor=cast["starter"], seat=seat)

    bulk_execution.execute_many([(case.pk, complete) for case in together])
    for case in alone:
        execution.execute(case.pk, complete)

    pictures = [picture(case) for case in [*alone, *together]]
    assert all(one == pictures[0] for one in pictures)
    assert len(set(Case.objects.values_list("number", "last_hash"))) == 43
    assert not list(verify_state())


@pytest.mark.parametrize("seed", range(6))
def test_random_commands_leave_the_rows_that_they_leave_one_by_one(cast, seed, monkeypatch):
    chance = random.Random(seed)
    monkeypatch.setattr(bulk_execution, "LOT", 4)
    started = bulk_execution.start_many(KEY, [start(cast["starter"], what=f"设备{n}") for n in range(14)])
    cases = cases_of(started)
    pairs = list(zip(cases[:7], cases[7:], strict=True))

    for _ in range(6):
        asked = [commands_on(case, cast, chance) for case, _ in pairs]
        together = bulk_execution.execute_many(
            [(case.pk, one) for (case, _), one in zip(pairs, asked, strict=True)]
        )
        alone = [execution.execute(case.pk, one) for (_, case), one in zip(pairs, asked, strict=True)]
        assert [type(answer) for answer in together] == [type(answer) for answer in alone]

    titles = {"title"} | OWN
    for one, other in pairs:
        first, second = picture(one), picture(other)
        assert facts(first.pop("case"), titles | {"variables"}) == facts(
            second.pop("case"), titles | {"variables"}
        )
        first["events"][1] = second["events"][1] = None  # what it is about differs
        assert first == second
    assert not list(verify_state())


def test_two_commands_on_one_case_come_one_after_the_other(started, cast):
    seat = Task.objects.get(case=started, node="detail").seat
    transfer = c.Transfer(actor=cast["starter"], seat=seat, to=cast["colleague"], reason="外出")

    answers = bulk_execution.execute_many(
        [(started.pk, transfer), (started.pk, c.Complete(actor=cast["colleague"], seat=seat))]
    )

    assert all(isinstance(answer, Accepted) for answer in answers)
    assert Task.objects.get(case=started, seat=seat).done_by == cast["colleague"]


def test_a_refusal_and_a_case_that_there_is_not_leave_the_others_alone(started, cast):
    seat = Task.objects.get(case=started, node="detail").seat

    answers = bulk_execution.execute_many(
        [
            (987654, c.Terminate(reason="-")),
            (started.pk, c.Complete(actor=cast["starter"], seat=seat)),
            (started.pk, c.Complete(actor=cast["starter"], seat=seat)),
        ]
    )

    assert [type(answer) for answer in answers] == [Refused, Accepted, Refused]
    assert answers[0] == Refused(code="no_such_case")


def test_a_case_that_fails_is_left_out_and_the_others_go_on(cast, monkeypatch):
    first, broken, last = cases_of(bulk_execution.start_many(KEY, [start(cast["starter"])] * 3))
    Case.objects.filter(pk=broken.pk).update(parent=first, parent_child=1)
    followed = execution.follow_family

    def fail(case, *rest):
        if case.id == broken.pk:
            raise IntegrityError("broken")
        return followed(case, *rest)

    monkeypatch.setattr(execution, "follow_family", fail)
    seat = Task.objects.get(case=first).seat
    transfer = c.Transfer(actor=cast["starter"], seat=seat, to=cast["colleague"], reason="外出")
    answers = bulk_execution.execute_many([(case.pk, transfer) for case in (first, broken, last)])

    assert [type(answer) for answer in answers] == [Accepted, Refused, Accepted]
    assert answers[1].code == "case_failed"
    holders = dict(Task.objects.values_list("case_id", "holder"))
    expected = [cast["colleague"], cast["starter"], cast["colleague"]]
    assert [holders[case.pk] for case in (first, broken, last)] == expected


@pytest.mark.parametrize(
    "place", ["case.opened", "case.decided", "rows.sent", "number.taken", "case.followed"]
)
def test_a_lot_that_stumbles_leaves_nothing_and_its_numbers_are_given_again(cast, place):
    failpoints.switch(f"{place}=raise")
    try:
        answers = bulk_execution.start_many(KEY, [start(cast["starter"])] * 3)
    finally:
        failpoints.switch("")

    assert [answer for _, answer in answers] == [Refused(code="case_failed")] * 3
    assert (Case.objects.count(), Event.objects.count(), Notification.objects.count()) == (0, 0, 0)
    again = cases_of(bulk_execution.start_many(KEY, [start(cast["starter"])] * 3))
    assert [case.number for case in again] == [f"CG2026000{n}" for n in (1, 2, 3)]


def test_whoever_is_refused_at_the_start_takes_no_number(cast):
    asked = [start(cast["starter"]) for _ in range(3)]
    asked[1] = c.Start(actor=cast["starter"], variables=ANSWERS, start="nowhere")

    answers = [answer for _, answer in bulk_execution.start_many(KEY, asked)]

    assert [type(answer) for answer in answers] == [Accepted, Refused, Accepted]
    assert sorted(Case.objects.values_list("number", flat=True)) == ["CG20260001", "CG20260002"]


def test_a_root_is_locked_with_the_case_that_it_called(started, cast):
    child = cases_of(bulk_execution.start_many(KEY, [start(cast["starter"])]))[0]
    Case.objects.filter(pk=child.pk).update(root=started)

    with transaction.atomic():
        locked = store.lock_cases([child.pk])

    assert list(locked) == [child.pk]
    assert store.families_of([child.pk])[child.pk][0] == started.pk
