from core.engine.play import Play, e
from shuli.core.bpmn.graph import Multiple
from shuli.core.engine.building import process, sub_process, task


def many(sub=False, **rule):
    rule = {"collection": "departments", "item": "department", **rule}
    person = {"lead": "department"}
    multiple = Multiple(**rule)
    block = (
        sub_process("m", task("x", **person), multiple=multiple)
        if sub
        else task("m", multiple=multiple, **person)
    )
    return Play(process(task("first", person="sue"), block, task("last", person="sue")))


def started(departments=("service", "product", "tech"), **more) -> Play:
    return many(**more).start(departments=list(departments)).complete("first")


def test_parallel_instances_run_at_once_each_with_its_item():
    case = started()

    assert sorted(visit.department for visit in case.visits("m")) == ["product", "service", "tech"]


def test_all_of_them_have_to_finish():
    case = started().complete("m", "ann").complete("m", "pia")
    assert case.open == ["m"]

    assert case.complete("m", "tom").open == ["last"]


def test_sequential_instances_run_one_after_another_in_order():
    case = started(sequential=True)
    seen = []
    for person in ("ann", "pia", "tom"):
        seen.append(case.visits("m")[0].department)
        case.complete("m", person)

    assert seen == ["service", "product", "tech"]
    assert case.open == ["last"]


def test_the_completion_condition_ends_them_early():
    case = started(completion="numberOfCompletedInstances >= 2")

    case.complete("m", "tom").complete("m", "ann")

    assert case.open == ["last"]
    assert [closed.outcome for closed in case.happened(e.VisitClosed)][-1] == "cancelled"


def test_results_are_collected_in_the_order_of_the_items():
    case = started(output_collection="scores", output_item="score")

    case.complete("m", "tom", answers={"score": 3}).complete("m", "ann", answers={"score": 1})
    case.complete("m", "pia", answers={"score": 2})

    assert case.marking.variables["scores"] == [1, 2, 3]
    assert "score" not in case.marking.variables


def test_instances_of_a_sub_process_do_not_see_one_another_s_answers():
    case = started(sub=True, output_collection="scores", output_item="score")

    case.complete("x", "tom", answers={"score": 3})
    scopes = [scope.variables.get("score") for scope in case.marking.scopes.values()]

    assert [score for score in scopes if score is not None] == []
    assert "score" not in case.marking.variables


def test_without_a_collection_for_results_the_answers_go_to_the_case():
    case = started(["service"])

    case.complete("m", "ann", answers={"score": 3})

    assert case.marking.variables["score"] == 3


def test_a_cardinality_counts_instances():
    case = Play(process(task("m", person="ann", multiple=Multiple(cardinality="n + 1", item="i")))).start(n=2)

    assert case.open == ["m", "m", "m"]


def test_no_items_at_all_are_passed():
    assert started([]).open == ["last"]


def test_what_is_no_list_is_an_incident():
    case = many().start(departments="service").complete("first")
    assert case.incidents == ["expression_error"]

    assert case.retry(departments=["service"]).open == ["m"]


def test_a_completion_condition_that_fails_is_an_incident_that_goes_on_where_it_stopped():
    case = started(completion="enough > 1")
    case.complete("m", "ann")
    assert case.incidents == ["expression_error"]

    case.retry(enough=2)

    assert case.open == ["last"]


def test_a_return_behind_them_does_all_of_them_again():
    case = started(["service", "tech"]).complete("m", "ann").complete("m", "tom")

    case.send_back("last", to="m")

    assert case.open == ["m", "m"]
    assert case.targets("m") == ["first"]


def test_a_return_out_of_one_of_them_cancels_the_others():
    case = started().complete("m", "ann")

    case.send_back("m", to="first", actor="tom")

    assert case.at == ["first"]
