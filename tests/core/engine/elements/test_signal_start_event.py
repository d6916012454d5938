from core.engine.elements.drawn import played
from core.engine.play import c


def test_a_signal_chooses_its_start_event():
    case = played(__file__)

    case.do(c.Start(signal="警报"))

    assert case.open == ["alarm"]


def test_a_person_starts_at_the_event_without_a_trigger():
    assert played(__file__).start().open == ["visit"]


def test_a_signal_that_starts_nothing_is_refused():
    assert played(__file__).refused(c.Start(signal="other")).code == "start_not_found"
