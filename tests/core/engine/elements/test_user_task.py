from core.engine.play import Play, c, company, e
from shuli.core.bpmn.graph import Performer
from shuli.core.engine.building import process, task


def test_a_visit_opens_for_the_performer():
    case = Play(process(task("a", performer=Performer(kind="head", value="dept")))).start(dept="service")

    assert case.seat("a").holder == "sue"


def test_without_a_performer_the_lead_department_may_claim_it():
    case = Play(process(task("a", lead='"service"'))).start()

    seat = case.seat("a")

    assert (seat.holder, seat.pool) == (None, "department:service")
    assert case.visits("a")[0].department == "service"


def test_every_kind_of_performer_is_asked_of_the_world():
    kinds = {"starter": "ann", "first_responder": "ann"}
    for kind, person in kinds.items():
        case = Play(process(task("a", performer=Performer(kind=kind)))).start("ann")

        assert case.seat("a").holder == person


def test_whoever_did_a_node_can_do_a_later_one():
    same = Performer(kind="same_as", value='"a"')
    case = Play(process(task("a", lead='"service"'), task("b", performer=same))).start()

    case.complete("a", "bob")

    assert case.seat("b").holder == "bob"


def test_where_nobody_is_found_the_case_stops_with_an_incident():
    graph = process(task("a", performer=Performer(kind="executive", value="dept")))
    case = Play(graph).start(dept="tech")
    assert case.incidents == ["nobody_to_assign"]
    assert next(iter(case.marking.incidents.values())).params == {"performer": "executive", "value": "tech"}

    case.retry(dept="service")

    assert case.seat("a").holder == "max"


def test_a_task_without_anybody_to_do_it_is_an_incident():
    assert Play(process(task("a"))).start().incidents == ["nobody_to_assign"]


def test_a_performer_that_cannot_be_worked_out_is_an_incident():
    case = Play(process(task("a", performer=Performer(kind="head", value="dept +")))).start()

    assert case.incidents == ["expression_error"]


def test_the_visit_says_its_round():
    case = Play(process(task("a", person="ann"), task("b", person="bob")), company()).start().complete("a")

    case.send_back("b", to="a")

    assert [opened.round for opened in case.happened(e.VisitOpened)] == [1, 1, 2]


def test_the_outcome_of_a_node_can_be_read_by_gateways():
    case = Play(process(task("a", person="ann"), task("b", person="bob"))).start()

    case.complete("a", decision="reject")

    assert case.marking.variables["outcomes"] == {"a": "reject"}


def test_a_form_cannot_say_how_nodes_were_decided():
    case = Play(process(task("a", person="ann"), task("b", person="bob"))).start()

    case.complete("a", decision="reject", answers={"outcomes": {"b": "approve"}, "x": 1})

    assert case.marking.variables == {"outcomes": {"a": "reject"}, "x": 1}


def test_a_restart_between_any_two_steps_changes_nothing():
    case = Play(process(task("a", person="ann"))).start()

    case.do(c.Complete(actor="ann", seat=case.seat("a").id, answers={"when": case.world.now}))

    assert case.marking.variables["when"] == "2026-03-02T01:00:00+00:00"
