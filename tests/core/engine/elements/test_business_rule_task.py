from core.engine.play import Play, company
from shuli.core.engine.building import node, process, task


def play(result, decision=None, **given):
    world = company(decisions={"level": decision} if decision else {})
    graph = process(
        node("business_rule_task", "rate", decision="level", result=result), task("a", person="ann")
    )
    return Play(graph, world).start(**given)


def test_the_decision_s_value_goes_into_the_result_variable():
    case = play("level", lambda variables: "major" if variables["amount"] > 10 else "minor", amount=11)

    assert case.marking.variables["level"] == "major"
    assert case.open == ["a"]


def test_a_decision_with_several_outputs_sets_a_variable_for_each():
    case = play(None, lambda _variables: {"level": "major", "days": 5})

    assert case.marking.variables == {"level": "major", "days": 5}


def test_a_table_that_is_not_there_is_an_incident():
    case = play("level")

    assert case.incidents == ["no_handler"]
    assert next(iter(case.marking.incidents.values())).params == {"decision": "level"}
