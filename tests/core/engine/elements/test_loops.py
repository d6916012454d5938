"""Standard loops: tested before or after, with a maximum, and one that never waits."""

from core.engine.elements.drawn import played


def ready(**variables):
    return played(__file__).start(**({"n": 0, "wanted": 3, "more": False, "endless": False} | variables))


def test_one_that_is_tested_before_may_not_run_at_all():
    assert ready(wanted=0).marking.variables["n"] == 0


def test_it_runs_while_its_condition_holds():
    assert ready().marking.variables["n"] == 3


def test_its_maximum_ends_it():
    assert ready(wanted=100).marking.variables["n"] == 5


def test_a_sub_process_repeats_as_a_whole():
    case = ready(more=True).complete("try")
    assert case.open == ["try"]

    assert case.complete("try", answers={"more": False}).status == "approved"


def test_one_that_never_waits_is_stopped_with_an_incident_that_can_be_mended():
    case = ready(endless=True).complete("try")
    assert case.incidents == ["step_limit"]

    assert case.retry(endless=False).status == "approved"
