from core.engine.elements.drawn import played


def ready():
    return played(__file__).start(urgent=False, cost=1)


def test_an_interrupting_condition_replaces_the_work_as_soon_as_it_holds():
    case = ready().complete("facts", "bob", answers={"urgent": True})

    assert case.open == ["more", "rush"]


def test_one_that_does_not_interrupt_begins_a_path_beside_it_once():
    case = ready().complete("facts", "bob", answers={"cost": 500})
    assert case.open == ["ask", "more", "plan"]

    case.complete("more", "bob", answers={"cost": 600})

    assert case.open == ["ask", "plan"]
    assert case.complete("plan").complete("ask").status == "approved"


def test_it_dies_with_its_activity():
    case = ready().complete("plan").complete("facts", "bob", answers={"urgent": True, "cost": 500})

    assert case.open == ["more"]
    assert case.marking.subscriptions == {}
