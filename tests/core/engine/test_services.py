"""Service tasks whose work is done outside of the case: what is asked for, what comes back, what dies with the token."""

import pytest

from core.engine.play import Play, c, company, e
from shuli.core.bpmn.graph import Assign, EventRule, Multiple, ServiceRule
from shuli.core.engine import ServiceFailure
from shuli.core.engine.building import Boundary, bounded, node, parallel, process, script, task, timer_event

LAST = task("a", person="ann")


def asking(node_id="ask", **rule):
    return node("service_task", node_id, service=ServiceRule(**{"kind": "worker", "name": "prices", **rule}))


def calling(**rule):
    return asking(kind="http", url="https://erp.example/orders/{number}", **rule)


def the_call(case):
    return next(iter(case.marking.service_calls))


def answered(case, **variables):
    return case.do(c.ServiceAnswered(call=the_call(case), variables=variables))


def failed(case, code="refused", **params):
    return case.do(c.ServiceFailed(call=the_call(case), code=code, params=params))


# Asking -------------------------------------------------------------------------------------------------


def test_a_worker_is_given_the_variables_of_the_case():
    case = Play(process(asking(), LAST)).start(amount=3)

    asked = case.happened(e.ServiceRequested)[0]

    assert (asked.kind, asked.name, asked.request) == ("worker", "prices", {"amount": 3})
    assert case.at == ["ask"]


def test_a_worker_is_given_only_what_the_model_names():
    case = Play(process(asking(inputs=(Assign(name="net", value="amount / 2"),)))).start(amount=4)

    assert case.happened(e.ServiceRequested)[0].request == {"net": 2}


def test_how_nodes_were_decided_stays_inside():
    case = Play(process(task("first", person="ann"), asking())).start()

    case.complete("first", answers={"amount": 1})

    assert case.happened(e.ServiceRequested)[0].request == {"amount": 1}


def test_a_call_over_http_is_worked_out_to_the_last_header():
    headers = (Assign(name="X-Case", value='"no " + number'),)
    case = Play(process(calling(method="PUT", headers=headers, body="{n: amount}", credential="erp")))

    case.start(number="TS1", amount=2)

    assert case.happened(e.ServiceRequested)[0].request == {
        "method": "PUT",
        "url": "https://erp.example/orders/TS1",
        "headers": {"X-Case": "no TS1"},
        "body": {"n": 2},
        "credential": "erp",
    }


@pytest.mark.parametrize(
    ("value", "piece"),
    [("../../admin", "..%2F..%2Fadmin"), ("a?b=c&d", "a%3Fb%3Dc%26d"), ("x@evil", "x%40evil"), ("投诉", "%E6%8A%95%E8%AF%89"),
     (7, "7"), (True, "true"), (None, ""), ("1\r\nHost: x", "1%0D%0AHost%3A%20x")],
)  # fmt: skip
def test_no_value_can_lead_the_address_elsewhere(value, piece):
    case = Play(process(calling())).start(number=value)

    asked = case.happened(e.ServiceRequested)[0]

    assert asked.request["url"] == f"https://erp.example/orders/{piece}"


def test_an_address_that_cannot_be_worked_out_is_an_incident():
    assert Play(process(asking(kind="http", url="https://erp.example/{number +}"))).start().incidents == [
        "expression_error"
    ]


# Answers ------------------------------------------------------------------------------------------------


def test_what_a_worker_gives_becomes_variables():
    case = answered(Play(process(asking(), LAST)).start(), price=12, outcomes={"a": "approve"})

    assert case.open == ["a"]
    assert case.marking.variables == {"price": 12}


def test_the_model_says_what_is_kept_of_an_answer():
    rule = (Assign(name="price", value="response.body.net * 2"), Assign(name="late", value="price > 5"))
    case = Play(process(calling(outputs=rule), LAST)).start(number=1)

    answered(case, response={"status": 200, "headers": {}, "body": {"net": 3}})

    assert case.marking.variables == {"number": 1, "price": 6, "late": True}


def test_without_a_mapping_the_result_variable_takes_the_body():
    graph = process(
        node(
            "service_task", "ask", service=ServiceRule(kind="http", url="https://x.example"), result="found"
        ),
        LAST,
    )

    case = answered(Play(graph).start(), response={"status": 200, "body": {"net": 3}})

    assert case.marking.variables == {"found": {"net": 3}}


def test_an_answer_that_cannot_be_read_stops_and_is_not_asked_for_twice():
    case = Play(process(asking(outputs=(Assign(name="price", value="net *"),)), LAST)).start()
    answered(case, net=1)
    assert case.incidents == ["expression_error"]

    case.retry(price=5)

    assert (case.open, case.marking.variables["price"]) == (["a"], 5)
    assert len(case.happened(e.ServiceRequested)) == 1


def test_a_second_answer_finds_nobody_waiting():
    case = Play(process(asking(), LAST)).start()
    number = the_call(case)
    answered(case)

    answer = case.refused(c.ServiceAnswered(call=number))

    assert (answer.code, answer.params) == ("no_such_service_call", {"call": number})


# Failures -----------------------------------------------------------------------------------------------


def test_a_failure_is_an_incident_and_a_retry_asks_again():
    case = failed(Play(process(asking(), LAST)).start(), "timeout", seconds=10)
    incident = next(iter(case.marking.incidents.values()))
    assert (incident.code, incident.params) == (
        "service_failed",
        {"service": "prices", "error": "timeout", "seconds": 10},
    )

    case.retry()

    assert len(case.marking.service_calls) == 1
    assert case.incidents == []


def test_a_boundary_error_event_catches_a_failure_by_its_code():
    caught = Boundary(
        id="caught", event=EventRule(trigger="error", name="sold_out"), blocks=(task("b", person="bob"),)
    )
    case = failed(Play(process(bounded(asking(), caught))).start(), "sold_out")

    assert case.open == ["b"]


# What dies with the token -------------------------------------------------------------------------------


def test_an_interrupting_boundary_event_takes_the_call_away():
    late = Boundary(id="late", event=timer_event("PT1H"), blocks=(task("b", person="bob"),))
    case = Play(process(bounded(asking(), late))).start()

    case.wait(hours=2)

    assert (case.open, case.marking.service_calls) == (["b"], {})
    assert case.happened(e.ServiceClosed)[0].status == "cancelled"


def test_a_terminated_case_has_no_open_calls():
    case = Play(process(asking())).start().do(c.Terminate(reason="over"))

    assert case.marking.service_calls == {}


def test_each_instance_has_a_call_of_its_own():
    many = node(
        "service_task",
        "ask",
        service=ServiceRule(kind="worker", name="prices"),
        multiple=Multiple(collection="items", item="item", output_collection="prices", output_item="price"),
    )
    case = Play(process(many, LAST)).start(items=["x", "y"])
    assert [one.request["item"] for one in case.happened(e.ServiceRequested)] == ["x", "y"]

    for price in (1, 2):
        answered(case, price=price)

    assert case.marking.variables["prices"] == [1, 2]


# Suspended cases ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bring", "then"),
    [(answered, ([], ["a"])), (failed, (["service_failed"], []))],
    ids=["answer", "failure"],
)
def test_what_comes_while_the_case_stands_still_counts_when_it_goes_on(bring, then):
    case = Play(process(asking(), LAST)).start().do(c.Suspend())

    bring(case)
    assert (case.at, case.incidents) == (["ask"], [])
    case.do(c.Resume())

    assert (case.incidents, case.open) == then


# What cannot be undone ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "is_recorded"),
    [({}, True), ({"irreversible": False}, False), ({"kind": "http", "url": "https://x.example"}, True),
     ({"kind": "http", "method": "GET", "url": "https://x.example"}, False), ({"kind": "function", "when": "later"}, False),
     ({"kind": "function", "when": "later", "irreversible": True}, True)],
)  # fmt: skip
def test_work_that_cannot_be_called_back_is_recorded_when_it_is_asked_for(rule, is_recorded):
    case = Play(process(asking(**rule), LAST)).start()

    assert tuple(case.marking.irreversible) == (("ask",) if is_recorded else ())


def test_it_is_recorded_once_however_often_it_runs():
    graph = process(asking(), asking("again"), LAST)
    case = answered(failed(Play(graph).start()).retry())

    assert tuple(case.marking.irreversible) == ("ask", "again")


def test_an_irreversible_function_is_recorded_when_it_has_run():
    rule = ServiceRule(name="book", irreversible=True)
    world = company(services={"book": lambda _given: ServiceFailure(code="closed")})
    case = Play(process(node("service_task", "book", service=rule), LAST), world).start()
    assert not case.marking.irreversible

    world.services = {"book": lambda given: {"seen": sorted(given)}}
    case.retry(amount=1)

    assert (tuple(case.marking.irreversible), case.marking.variables["seen"]) == (("book",), ["amount"])


# Send tasks, and messages with a mapping ----------------------------------------------------------------


def test_a_send_task_may_have_a_service_do_the_sending():
    rule = ServiceRule(kind="worker", name="mail")
    case = Play(process(node("send_task", "tell", service=rule), LAST)).start()
    assert case.happened(e.ServiceRequested)[0].name == "mail"

    assert answered(case).open == ["a"]


def test_a_message_brings_what_the_model_names_and_never_how_nodes_were_decided():
    rule = EventRule(
        trigger="message", name="order", send=(Assign(name="n", value="amount + 1"),), keep_hours=2
    )
    plain = EventRule(trigger="message", name="all")
    throws = [node("intermediate_throw_event", name, event=one) for name, one in (("x", rule), ("y", plain))]
    case = Play(process(task("first", person="ann"), *throws)).start(amount=1).complete("first")

    mapped, whole = case.happened(e.MessageThrown)

    assert (mapped.data, mapped.keep_hours, whole.data) == ({"n": 2}, 2, {"amount": 1})


def test_calls_of_two_branches_are_answered_in_any_order():
    graph = process(parallel([asking("x"), script("s", "1", "one")], [asking("y")]), LAST)
    case = Play(graph).start()
    first, second = case.marking.service_calls

    case.do(c.ServiceAnswered(call=second)).do(c.ServiceAnswered(call=first))

    assert case.open == ["a"]
