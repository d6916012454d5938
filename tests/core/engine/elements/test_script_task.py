from core.engine.play import Play
from shuli.core.engine.building import node, process, script, task


def variables(source, result=None, **given):
    return (
        Play(process(script("s", source, result), task("a", person="ann"))).start(**given).marking.variables
    )


def test_its_value_goes_into_the_result_variable():
    assert variables("amount * 2", "double", amount=4)["double"] == 8


def test_a_context_sets_a_variable_for_each_of_its_names():
    assert variables("{x: 1, y: amount + 0.5}", amount=4) == {"amount": 4, "x": 1, "y": 4.5}


def test_dates_are_kept_as_text():
    assert variables('date("2026-03-02") + duration("P1D")', "day")["day"] == "2026-03-03"


def test_it_reads_the_case_itself():
    assert variables("case.starter", "who")["who"] == "ann"


def test_an_expression_error_names_expression_position_and_values():
    case = Play(process(script("s", "amount + + ", "x"), task("a", person="ann"))).start(amount=4)

    params = next(iter(case.marking.incidents.values())).params
    assert params["expression"] == "amount + + "
    assert params["position"] == 9
    assert "problem" in params
    assert "values" in params


def test_without_a_script_it_is_an_incident():
    assert Play(process(node("script_task", "s"))).start().incidents == ["no_handler"]
