from core.engine.play import Play, c, e
from shuli.core.bpmn.graph import Assign, Guard, Output
from shuli.core.engine.building import process, task
from shuli.core.text import Text


def one(**duty):
    return Play(process(task("a", lead='"service"', **duty), task("last", person="sue"))).start(amount=1)


def test_a_candidate_who_completes_becomes_the_holder_first():
    case = one().complete("a", "bob")

    assert [event.person for event in case.happened(e.TaskClaimed)] == ["bob"]
    assert case.open == ["last"]


def test_somebody_else_is_refused():
    case = one()
    seat = case.seat("a").id

    assert case.refused(c.Complete(actor="tom", seat=seat)).code == "not_candidate"
    case.do(c.Claim(actor="ann", seat=seat))
    answer = case.refused(c.Complete(actor="bob", seat=seat))

    assert (answer.code, answer.params) == ("not_holder", {"holder": "ann"})


def test_answers_become_variables():
    assert one().complete("a", "ann", answers={"amount": 5, "list": (1, 2)}).marking.variables["list"] == [
        1,
        2,
    ]


def test_mandatory_outputs_must_be_there():
    outputs = (Output(document="report"), Output(document="extra", mandatory=False), Output(document="plan"))
    case = one(outputs=outputs)

    answer = case.refused(case.completion("a", "ann", documents=frozenset({"plan"})))

    assert (answer.code, answer.params) == ("outputs_missing", {"documents": ["report"]})
    assert case.complete("a", "ann", documents=frozenset({"plan", "report"})).open == ["last"]


def test_a_rejection_needs_no_outputs():
    assert one(outputs=(Output(document="report"),)).complete("a", "ann", decision="reject").open == ["last"]


def test_a_hard_gate_reads_variables_and_answers():
    guards = (
        Guard(condition="amount < 10", message=Text()),
        Guard(
            condition="plan != null", message=Text(zh="缺少应急预案", en="No contingency plan"), field="plan"
        ),
    )
    case = one(guards=guards)

    answer = case.refused(case.completion("a", "ann", answers={"amount": 5}))

    assert answer.code == "guard_failed"
    assert answer.params["index"] == 1
    assert answer.params["message"] == {"zh": "缺少应急预案", "en": "No contingency plan"}
    assert answer.params["field"] == "plan"
    assert case.complete("a", "ann", answers={"plan": "x"}).open == ["last"]


def test_a_hard_gate_that_cannot_be_worked_out_is_shut():
    case = one(guards=(Guard(condition="missing > 1", message=Text()),))

    answer = case.refused(case.completion("a", "ann"))

    assert answer.code == "guard_failed"
    assert "missing" in answer.params["problem"]


def test_a_decision_needs_a_signature():
    case = one(decision=True)

    assert case.refused(case.completion("a", "ann")).code == "signature_missing"
    assert case.complete("a", "ann", signed=True).happened(e.SeatDecided)[0].signed


def test_the_node_sets_its_variables_after_the_answers():
    rules = (Assign(name="twice", value="amount * 2"), Assign(name="at", value="twice + 1"))

    case = one(assign=rules).complete("a", "ann", answers={"amount": 4})

    assert (case.marking.variables["twice"], case.marking.variables["at"]) == (8, 9)


def test_a_variable_that_cannot_be_worked_out_is_an_incident_behind_the_finished_task():
    case = one(assign=(Assign(name="x", value="amount +"),)).complete("a", "ann")

    assert case.incidents == ["expression_error"]
    assert case.open == []


def test_whoever_completes_it_can_keep_the_case():
    case = one(becomes_first_responder=True).complete("a", "bob")

    assert case.marking.custodian == "bob"


def test_a_second_click_is_told_that_the_task_is_closed():
    case = one()
    command = case.completion("a", "ann")
    case.do(command)

    assert case.refused(command).code == "task_closed"


def test_a_seat_that_was_decided_while_others_still_vote_names_who_decided():
    from shuli.core.bpmn.graph import Performer, VoteRule

    everybody = Performer(kind="department", value='"service"')
    case = Play(process(task("v", performer=everybody, vote=VoteRule(kind="all")))).start()
    command = case.completion("v", "ann")
    case.do(command)

    answer = case.refused(command)

    assert (answer.code, answer.params) == ("already_done", {"who": "ann"})
