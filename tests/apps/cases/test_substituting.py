"""Substitutes at work: at the opening, for what is open already, and no longer once the rule is over."""

from datetime import timedelta

import pytest

from apps.cases.test_pages import client_of
from shuli.apps.cases import execution, operations, store, timers
from shuli.apps.cases.models import Case, Task
from shuli.apps.directory import operations as directory_operations
from shuli.apps.directory import queries as directory
from shuli.core.engine import Accepted
from shuli.core.engine import commands as c
from shuli.kit import clock, jobs

TWO_DAYS = timedelta(days=2)


def arrange(person="limin", substitute="hejia", after=timedelta(0), lasts=TWO_DAYS, **more):
    since = clock.now() + after
    return directory_operations.arrange_substitute(person, person, substitute, since, since + lasts, **more)


def started(title="纸"):
    outcome = operations.start_case("P-PURCHASE", "limin", {"what": title, "amount": "5"})
    return Case.objects.get(pk=outcome.case_id)


def seat_of(case, node="detail"):
    marking = store.decode_marking(*Case.objects.values_list("marking", "variables").get(pk=case.pk))
    visit = next(visit for visit in marking.visits.values() if visit.node == node)
    return next(iter(visit.seats.values()))


def completed_by(person, case):
    return execution.execute(case.pk, c.Complete(actor=person, seat=seat_of(case).id))


def test_a_task_that_opens_while_somebody_is_away_is_their_substitutes_too(cast):
    arrange()
    case = started()

    assert (seat_of(case).holder, seat_of(case).substitute) == ("limin", "hejia")
    assert isinstance(completed_by("hejia", case), Accepted)


def test_the_first_to_act_wins(cast):
    arrange()
    case = started()
    seat = seat_of(case).id

    assert isinstance(execution.execute(case.pk, c.Complete(actor="limin", seat=seat)), Accepted)

    assert execution.execute(case.pk, c.Complete(actor="hejia", seat=seat)).code in {
        "already_done",
        "task_closed",
    }


def test_what_is_open_already_follows_only_where_the_rule_says_so(cast):
    case = started()
    arrange()
    jobs.run_jobs()
    assert seat_of(case).substitute is None

    arrange(substitute="wutao", sweep=True)
    jobs.run_jobs()

    assert seat_of(case).substitute == "wutao"


def test_a_rule_of_tomorrow_begins_and_ends_by_the_clock(cast):
    case = started()
    arrange(after=timedelta(days=1), lasts=timedelta(days=1), sweep=True)
    timers.advance_clock(clock.now() + timedelta(hours=23))
    assert seat_of(case).substitute is None

    timers.advance_clock(clock.now() + timedelta(hours=2))
    assert seat_of(case).substitute == "hejia"
    timers.advance_clock(clock.now() + timedelta(days=1))

    assert seat_of(case).substitute is None


def test_a_revoked_rule_is_refused_at_the_very_next_request(cast):
    case = started()
    rule = arrange(sweep=True)
    jobs.run_jobs()
    assert seat_of(case).substitute == "hejia"

    directory_operations.revoke_substitute("limin", rule.pk)

    assert completed_by("hejia", case).code == "not_holder"
    jobs.run_jobs()
    assert seat_of(case).substitute is None
    assert isinstance(completed_by("limin", case), Accepted)


def test_a_rule_that_is_over_is_refused_before_anything_has_followed(cast):
    case = started()
    arrange(sweep=True)
    jobs.run_jobs()
    clock.advance(days=3)

    assert seat_of(case).substitute == "hejia"
    assert completed_by("hejia", case).code == "not_holder"


def test_a_rule_for_another_process_gives_nothing_here(cast):
    arrange(processes=["P-COMPLAINT"])

    assert seat_of(started()).substitute is None


def test_nobody_decides_on_their_own_request_for_somebody_who_is_away(cast):
    """The executive signs; the starter stands in for the executive, and still may not."""
    executive = cast["executive"]
    case = started()
    for node, person, raw in (("detail", "limin", {}), ("tech", cast["tech"], {"advice": "好"})):
        task = Task.objects.get(case=case, node=node)
        operations.complete(task.pk, person, raw, operations.Verdict())
    arrange(executive, "limin", sweep=True)
    money = Task.objects.get(case=case, node="money")

    operations.complete(money.pk, cast["finance_head"], {}, operations.Verdict())
    jobs.run_jobs()

    seat = seat_of(case, "sign")
    assert (seat.holder, seat.substitute) == (executive, None)
    sign = c.Complete(actor="limin", seat=seat.id, signed=True)
    assert execution.execute(case.pk, sign).code == "not_holder"
    assert directory.acts_for("limin", executive, "P-PURCHASE")


def test_when_one_rule_ends_another_that_still_holds_takes_its_place(cast):
    case = started()
    rule = arrange(substitute="wutao", sweep=True)
    arrange(substitute="hejia", lasts=timedelta(days=5), sweep=True)
    jobs.run_jobs()
    assert seat_of(case).substitute == "hejia"

    directory_operations.revoke_substitute("limin", rule.pk)
    jobs.run_jobs()

    assert seat_of(case).substitute == "hejia"


@pytest.mark.parametrize("times", [1, 3])
def test_following_a_rule_twice_does_it_once(cast, times):
    case = started()
    arrange(sweep=True)
    before = Case.objects.get(pk=case.pk).seq

    for _ in range(times):
        timers.fire_due()
        jobs.run_jobs()

    assert Case.objects.get(pk=case.pk).seq == before + 1


def test_each_inbox_says_for_whom_the_work_is_done(cast):
    arrange()
    started()

    substitute = client_of("hejia").get("/").content.decode()
    holder = client_of("limin").get("/").content.decode()

    assert "代客服部 李敏办理" in substitute
    assert "客服部 李敏或其代理人" in holder
