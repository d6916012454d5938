"""Exactly once: under many throwers and passers at the same moment, and when one dies in the middle."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from apps.cases.outside.conftest import (
    BY_ORDER,
    END,
    START,
    begin,
    caught,
    event,
    healthy,
    person_does,
    publish,
    run_all,
    where,
)
from shuli.apps.cases.models import Delivery, Message, Visit
from shuli.apps.cases.outside import calls, messages, sending
from shuli.kit import failpoints
from shuli.kit.failpoints import FailpointError

THROWERS = 20


def at_once(work, items, threads=8):
    """Do the work for all items in several threads, each with connections of its own."""

    def alone(item):
        try:
            return work(item)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(alone, items))


@pytest.fixture
def counting_process(company):
    """A case that stays and notes every message for its order."""
    note = (
        f'<bpmn:boundaryEvent id="noted" attachedToRef="file" cancelActivity="false"><bpmn:extensionElements>{BY_ORDER}'
        f"</bpmn:extensionElements>{caught('packed')}</bpmn:boundaryEvent>"
        + person_does("seen")
        + event("endEvent", "end2", "")
        + '<bpmn:sequenceFlow id="g1" sourceRef="noted" targetRef="seen"/><bpmn:sequenceFlow id="g2" sourceRef="seen" targetRef="end2"/>'
    )
    publish("P-COUNT", START, person_does("file"), END, more=note)
    publish("P-THROW", START, event("intermediateThrowEvent", "tell", caught("packed"), BY_ORDER), END)


@pytest.mark.django_db(transaction=True)
def test_twenty_throwers_at_once_are_each_heard_once(counting_process):
    case = begin("P-COUNT", order="A1")

    at_once(lambda number: begin("P-THROW", order="A1", number=number), range(THROWERS))
    sent = list(Message.objects.values_list("pk", flat=True))
    at_once(messages.pass_on, sent * 3)

    assert len(sent) == THROWERS
    assert Visit.objects.filter(case=case, node="seen").count() == THROWERS
    assert Delivery.objects.filter(state="done").count() == THROWERS
    assert healthy() == []


@pytest.mark.django_db(transaction=True)
def test_throwers_and_catchers_that_begin_at_the_same_moment_all_find_one_another(waiting_process):
    publish("P-THROW", START, event("intermediateThrowEvent", "tell", caught("packed"), BY_ORDER), END)
    both = [(key, f"A{number}") for number in range(10) for key in ("P-WAIT", "P-THROW")]

    cases = at_once(lambda one: begin(one[0], order=one[1]), both)
    run_all()

    assert [where(case) for case in cases if case.process_key == "P-WAIT"] == [["file"]] * 10
    assert set(Message.objects.values_list("state", flat=True)) == {"delivered"}


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_get_each_job_once(packing_process):
    for number in range(12):
        wanted = sending.Wanted(name="order.placed")
        sending.send_message(wanted, {"order": f"A{number}"}, "")

    def fetch(worker):
        found = []
        while some := calls.take_topic(["packing"], worker, most=2, seconds=60):
            found += [call.pk for call in some]
        return found

    taken = [pk for found in at_once(fetch, [f"w{n}" for n in range(6)], threads=6) for pk in found]

    assert len(taken) == len(set(taken)) == 12


@pytest.mark.parametrize("point", ["message.routed", "message.delivered", "case.written", "case.followed"])
def test_a_passer_that_dies_in_the_middle_is_followed_by_another(waiting_process, point):
    from django.db import transaction

    cases = [begin("P-WAIT", order="A1") for _ in range(2)]
    sent = sending.send_message(sending.Wanted(name="order.packed", correlation="A1"), {}, "")
    Message.objects.update(state="waiting")
    Delivery.objects.all().delete()
    failpoints.switch(f"{point}=raise")
    with pytest.raises(FailpointError), transaction.atomic():
        messages.pass_on(sent.pk)
    failpoints.switch("")

    messages.pass_on(sent.pk)
    messages.pass_on(sent.pk)

    assert [where(case) for case in cases] == [["file"]] * 2
    assert [case.events.filter(type="Unsubscribed").count() for case in cases] == [1, 1]
    assert healthy() == []
