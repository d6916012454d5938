from core.engine.play import Play, company
from shuli.core.bpmn.graph import EventRule, ServiceRule
from shuli.core.engine import ServiceFailure
from shuli.core.engine.building import Boundary, bounded, node, process, task

ACTIVITY = node("service_task", "book", service=ServiceRule(name="accounting"))


def play(function=None, *blocks):
    services = {} if function is None else {"accounting": function}
    return Play(process(*(blocks or (ACTIVITY,)), task("a", person="ann")), company(services=services))


def test_what_the_function_gives_becomes_variables():
    case = play(lambda variables: {"total": variables["amount"] * 2}).start(amount=4)

    assert case.marking.variables["total"] == 8
    assert case.open == ["a"]


def test_without_a_function_it_is_an_incident_and_can_be_tried_again():
    case = play().start()
    assert case.incidents == ["no_handler"]

    case.world.services = {"accounting": lambda _variables: None}
    case.retry()

    assert case.open == ["a"]


def test_a_failure_is_an_incident():
    case = play(lambda _variables: ServiceFailure(code="closed", params={"until": "Monday"})).start()

    incident = next(iter(case.marking.incidents.values()))
    assert incident.code == "service_failed"
    assert incident.params == {"service": "accounting", "error": "closed", "until": "Monday"}


def test_a_boundary_error_event_catches_a_failure():
    caught = Boundary(
        id="caught", event=EventRule(trigger="error", name="closed"), blocks=(task("b", person="bob"),)
    )
    case = play(lambda _variables: ServiceFailure(code="closed"), bounded(ACTIVITY, caught)).start()

    assert case.open == ["b"]


def test_the_function_cannot_write_the_case_s_variables():
    def function(variables):
        variables["amount"] = 99

    assert play(function).start(amount=4).marking.variables == {"amount": 4}
