"""Messages and signals between cases: to whom, once, in order, and kept when they come too early."""

import pytest

from apps.cases.outside.conftest import (
    BY_ORDER,
    END,
    START,
    begin,
    caught,
    event,
    healthy,
    heard,
    li_min,
    person_does,
    publish,
    run_all,
    where,
)
from shuli.apps.cases import execution
from shuli.apps.cases.models import Case, Delivery, Message, Notification, Subscription
from shuli.apps.cases.outside import messages, sending
from shuli.core.engine import Refused
from shuli.core.engine import commands as c
from shuli.kit import clock, jobs


def send(name="order.packed", correlation="", case="", hours=None, **variables):
    wanted = sending.Wanted(name=name, correlation=correlation, case=case, hours=hours)
    return sending.send_message(wanted, variables, li_min())


@pytest.fixture
def throwing_process(company):
    tell = event("intermediateThrowEvent", "tell", caught("packed"), BY_ORDER)
    publish("P-THROW", START, tell, END)


def test_a_message_reaches_the_case_that_waits_for_its_correlation_and_no_other(waiting_process):
    first, second = begin("P-WAIT", order="A1"), begin("P-WAIT", order="A2")

    sent = send(correlation="A2", weight=7)

    assert [(one.case, one.state) for one in sending.reached_by(sent.pk)] == [(second.number, "done")]
    assert (where(first), where(second)) == (["wait"], ["file"])
    assert (second.variables["weight"], healthy()) == (7, [])


def test_one_case_tells_another(waiting_process, throwing_process):
    waits = begin("P-WAIT", order="A1")

    thrower = begin("P-THROW", order="A1", weight=3)
    run_all()

    assert (where(waits), thrower.status) == (["file"], "approved")
    assert waits.variables["weight"] == 3
    assert healthy() == []


def test_a_message_that_comes_before_its_catcher_is_kept_for_it(waiting_process, throwing_process):
    begin("P-THROW", order="A1", weight=3)
    run_all()
    assert Message.objects.get().state == "waiting"

    waits = begin("P-WAIT", order="A1")
    run_all()

    assert where(waits) == ["file"]
    assert Message.objects.get().state == "delivered"


def test_a_kept_message_is_for_the_first_who_comes(waiting_process):
    send(correlation="A1")

    first = begin("P-WAIT", order="A1")
    run_all()
    second = begin("P-WAIT", order="A1")
    run_all()

    assert (where(first), where(second)) == (["file"], ["wait"])


def test_kept_messages_arrive_in_the_order_in_which_they_were_sent(company):
    twice = [event("intermediateCatchEvent", f"wait{n}", caught("packed"), BY_ORDER) for n in (1, 2)]
    publish("P-TWICE", START, *twice, person_does("file"), END)
    for weight in (1, 2):
        send(correlation="A1", **{f"w{weight}": weight})

    case = begin("P-TWICE", order="A1")
    run_all()

    assert where(case) == ["file"]
    assert list(Delivery.objects.order_by("done_at", "pk").values_list("message__data", flat=True)) == [
        {"w1": 1},
        {"w2": 2},
    ]


def test_a_message_that_nobody_comes_for_expires_and_the_owner_is_told(throwing_process):
    case = begin("P-THROW", order="A1")
    run_all()

    clock.advance(hours=169)
    assert messages.expire() == 1

    assert Message.objects.get().state == "expired"
    assert Notification.objects.filter(case=case, code="message_lost").exists()


def test_an_expired_message_is_not_given_to_a_late_comer(waiting_process):
    send(correlation="A1", hours=1)
    clock.advance(hours=2)

    case = begin("P-WAIT", order="A1")
    run_all()

    assert where(case) == ["wait"]


def test_a_message_starts_a_case_where_no_case_waits(packing_process):
    sent = send("order.placed", order="A1")

    reached = sending.reached_by(sent.pk)

    case = Case.objects.get(process_key="P-PACK")
    assert [(one.case, one.started) for one in reached] == [(case.number, True)]
    assert (where(case), case.starter, case.variables["order"]) == (["pack"], li_min(), "A1")


def test_a_message_for_one_case_goes_by_its_number(waiting_process):
    first, second = begin("P-WAIT", order="A1"), begin("P-WAIT", order="A2")

    send(case=first.number)

    assert (where(first), where(second)) == (["file"], ["wait"])
    assert send(case="nothing") == Refused(code="no_such_case")


def test_how_nodes_were_decided_is_not_for_a_message_to_say(waiting_process):
    case = begin("P-WAIT", order="A1")

    send(correlation="A1", outcomes={"wait": "approve"}, weight=1)

    assert "outcomes" not in Case.objects.get(pk=case.pk).variables


def test_a_suspended_case_takes_its_message_when_it_goes_on(waiting_process):
    case = begin("P-WAIT", order="A1")
    execution.execute(case.pk, c.Suspend())

    send(correlation="A1", weight=1)
    send(correlation="A1", weight=2)
    assert where(case) == ["wait"]
    execution.execute(case.pk, c.Resume())
    run_all()

    assert (where(case), case.variables["weight"]) == (["file"], 1)
    assert list(Message.objects.order_by("pk").values_list("state", flat=True)) == ["delivered", "waiting"]
    assert healthy() == []


def test_two_cases_that_wait_for_the_same_are_both_told(waiting_process):
    cases = [begin("P-WAIT", order="A1") for _ in range(3)]

    sent = send(correlation="A1")
    assert sent.state == "on_its_way"
    run_all()

    assert [where(case) for case in cases] == [["file"]] * 3
    assert Message.objects.get().state == "delivered"


def test_a_delivery_that_is_passed_on_twice_is_made_once(waiting_process):
    case = begin("P-WAIT", order="A1")
    sent = send(correlation="A1")

    for _ in range(2):
        messages.pass_on(sent.pk)
        for delivery in Delivery.objects.all():
            messages.deliver(delivery.pk)

    assert case.events.filter(type="Unsubscribed").count() == 1


def test_a_message_whose_case_has_gone_on_looks_for_somebody_else(waiting_process, packing_process):
    case = begin("P-WAIT", order="A1")
    sent = messages.keep(
        messages.Sending(kind="message", name="order.packed", correlation="A1", source="rest"), clock.now()
    )
    assert len(messages.route(sent.pk)) == 1
    execution.execute(case.pk, c.Terminate(reason="over"))

    messages.pass_on(sent.pk)
    assert Message.objects.get().state == "waiting"
    later = begin("P-WAIT", order="A1")
    run_all()

    assert where(later) == ["file"]


def test_a_case_does_not_hear_its_own_message(company):
    both = (
        event("intermediateThrowEvent", "tell", caught("packed")),
        event("intermediateCatchEvent", "wait", caught("packed")),
    )
    publish("P-SELF", START, *both, END)

    case = begin("P-SELF")
    run_all()

    assert where(case) == ["wait"]


# Signals ------------------------------------------------------------------------------------------------


@pytest.fixture
def hearing_process(company):
    publish(
        "P-HEAR", START, event("intermediateCatchEvent", "hear", heard("closing")), person_does("file"), END
    )


def test_a_signal_reaches_everybody_who_waits_and_starts_what_begins_with_it(hearing_process):
    publish("P-BORN", event("startEvent", "start", heard("closing")), person_does("file"), END)
    cases = [begin("P-HEAR") for _ in range(2)]

    sending.send_signal("shop.closes", {"why": "snow"}, li_min())
    run_all()

    assert [where(case) for case in cases] == [["file"]] * 2
    assert Case.objects.get(process_key="P-BORN").variables == {"why": "snow"}


def test_a_case_s_signal_reaches_other_cases(hearing_process):
    publish("P-SHOUT", START, event("intermediateThrowEvent", "shout", heard("closing")), END)
    case = begin("P-HEAR")

    begin("P-SHOUT")
    run_all()

    assert where(case) == ["file"]


def test_a_signal_is_not_kept_for_whoever_comes_later(hearing_process):
    sending.send_signal("shop.closes", {}, li_min())

    case = begin("P-HEAR")
    run_all()

    assert where(case) == ["hear"]


# Rows ---------------------------------------------------------------------------------------------------


def test_a_case_s_rows_say_what_it_waits_for(waiting_process):
    case = begin("P-WAIT", order="A1")
    row = Subscription.objects.get(case=case)
    assert (row.kind, row.name, row.correlation, row.node) == ("message", "order.packed", "A1", "wait")

    execution.execute(case.pk, c.Terminate(reason="over"))

    assert Subscription.objects.get(case=case).closed_at is not None


def test_looking_again_and_again_finds_nothing_new(waiting_process):
    begin("P-WAIT", order="A1")

    assert jobs.run_jobs() == 1
    assert jobs.run_jobs() == 0
