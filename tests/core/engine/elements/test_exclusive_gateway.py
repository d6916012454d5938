from core.engine.play import Play
from shuli.core.engine.building import choice, process, task


def at(*branches, **given):
    ways = [(condition, [task(name, person="ann")]) for condition, name in branches]
    return Play(process(choice(*ways))).start(**given)


def test_the_first_condition_that_holds_decides():
    case = at(("amount > 10", "a"), ("amount > 5", "b"), (None, "c"), amount=20)

    assert case.open == ["a"]


def test_the_default_is_taken_when_none_holds():
    assert at(("amount > 10", "a"), (None, "c"), amount=1).open == ["c"]


def test_without_a_default_it_is_an_incident_with_conditions_and_values():
    case = at(("amount > 10", "a"), ("amount > 20", "b"), amount=1)
    incident = next(iter(case.marking.incidents.values()))
    assert incident.code == "no_condition_true"
    assert incident.params == {"conditions": ["amount > 10", "amount > 20"], "values": {"amount": "1"}}

    case.retry(amount=15)

    assert case.open == ["a"]


def test_a_condition_over_a_variable_that_is_missing_is_an_incident_and_no_silent_default():
    case = at(("amount > 10", "a"), (None, "c"))

    assert case.incidents == ["expression_error"]
    assert case.retry(amount=3).open == ["c"]


def test_a_condition_that_is_no_boolean_is_an_incident():
    case = at(("amount", "a"), (None, "c"), amount=3)

    params = next(iter(case.marking.incidents.values())).params
    assert params["problem"] == "Expected true or false but found 3"
    assert params["values"] == {"amount": "3"}


def test_a_loop_that_never_waits_stops_at_the_step_limit():
    from shuli.core.engine.building import repeat, script

    case = Play(process(repeat("true", script("s", "1", "x")))).start()

    assert case.incidents == ["step_limit"]
    assert case.marking.incidents[max(case.marking.incidents)].params["limit"] == 10_000
