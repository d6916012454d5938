from core.engine.play import Play, c, e
from shuli.core.bpmn.graph import Assign, Call, EventRule
from shuli.core.engine.building import Boundary, bounded, choice, node, process, task


def graph(boundary=None, **call):
    activity = node("call_activity", "call", call=Call(process="P-OTHER", **call))
    block = bounded(activity, boundary) if boundary else activity
    ways = choice(
        ('outcomes.call = "reject"', [task("refused", person="ann")]), (None, [task("a", person="ann")])
    )
    return process(block, ways)


def ended(case, status="approved", **variables):
    return case.do(c.ChildEnded(child=next(iter(case.marking.children)), status=status, variables=variables))


def test_a_case_of_the_other_process_is_asked_for():
    case = Play(graph()).start(amount=5)

    asked = case.happened(e.ChildRequested)[0]

    assert (asked.process, asked.variables) == ("P-OTHER", {"amount": 5})
    assert case.at == ["call"]


def test_only_the_named_variables_go_in_and_come_out():
    inputs, outputs = (Assign(name="x", value="amount + 1"),), (Assign(name="y", value="result * 2"),)
    case = Play(graph(all_in=False, all_out=False, inputs=inputs, outputs=outputs)).start(amount=5)
    assert case.happened(e.ChildRequested)[0].variables == {"x": 6}

    ended(case, result=4, secret=1)

    assert case.marking.variables == {"amount": 5, "y": 8, "outcomes": {"call": "approve"}}
    assert case.open == ["a"]


def test_a_rejected_case_goes_on_and_gateways_can_read_it():
    case = Play(graph()).start()

    ended(case, "rejected")

    assert case.open == ["refused"]


def test_a_terminated_case_is_an_incident_and_a_retry_asks_again():
    case = Play(graph()).start()

    ended(case, "terminated")
    assert case.incidents == ["called_case_ended"]
    case.retry()

    assert len(case.happened(e.ChildRequested)) == 2


def test_a_boundary_error_event_catches_a_failed_case():
    caught = Boundary(id="caught", event=EventRule(trigger="error"), blocks=(task("b", person="bob"),))
    case = Play(graph(caught)).start()

    assert ended(case, "failed").open == ["b"]


def test_an_output_that_cannot_be_worked_out_does_not_run_the_case_twice():
    case = Play(graph(all_out=False, outputs=(Assign(name="y", value="result +"),))).start()
    ended(case, result=4)
    assert case.incidents == ["expression_error"]

    case.retry(y=3)

    assert case.open == ["a"]
    assert len(case.happened(e.ChildRequested)) == 1


def test_the_called_case_is_closed_with_its_caller():
    case = Play(graph()).start()

    case.do(c.Terminate(actor="sue", reason="wrong"))

    assert case.happened(e.ChildClosed)[0].status == "cancelled"


def test_an_end_that_comes_twice_counts_once():
    case = Play(graph()).start()
    command = c.ChildEnded(child=next(iter(case.marking.children)), status="approved")
    case.do(command)

    assert case.refused(command).code == "no_such_child"
