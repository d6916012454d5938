from core.engine.elements.drawn import played
from core.engine.play import c


def test_the_case_starts_where_the_condition_is_true_of_what_it_begins_with():
    assert played(__file__).start(amount=500).open == ["board"]
    assert played(__file__).start(amount=50).open == ["head"]


def test_it_is_ambiguous_where_no_condition_says_anything():
    assert played(__file__).refused(c.Start(actor="ann")).code == "start_ambiguous"
