"""The complex gateway as a fork: every way whose condition holds, else the default."""

from core.engine.elements.drawn import played


def test_it_takes_every_way_whose_condition_holds():
    case = played(__file__).start(amount=500, urgent=True).complete("ask")

    assert case.open == ["large", "urgent"]
    assert case.complete("large").complete("urgent").status == "approved"


def test_it_takes_the_default_where_none_holds():
    assert played(__file__).start(amount=5, urgent=False).complete("ask").open == ["small"]
