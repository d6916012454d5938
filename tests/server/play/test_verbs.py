"""Sending back, taking back, asking others and jumping, as they are typed; each becomes a line that can be played again."""

from server.play.tables import replayed, table_of, told
from shuli.core.engine.building import process, task
from shuli.server.play.orders import obey


def started(*names, language="en"):
    case = table_of(process(*(task(name) for name in names)), language=language)
    told(case, "1")
    return case


def at(case):
    return sorted({token.node for token in case.session.marking.tokens.values()})


def holders(case):
    return sorted(
        seat.holder
        for visit in case.session.marking.visits.values()
        for seat in visit.seats.values()
        if seat.holder
    )


def test_a_decision_is_taken_back():
    case = started("draft", "check")
    told(case, "1")

    told(case, "take back draft too early")

    assert at(case) == ["draft"]
    assert replayed(case).session.marking == case.session.marking


def test_what_nobody_has_decided_cannot_be_taken_back():
    assert "Nothing was decided" in told(started("draft", "check"), "take back check")


def test_a_decision_on_which_somebody_has_acted_is_refused_with_a_sentence():
    case = started("draft", "check", "file")

    assert "Not done" in told(case, "1", "1", "take back draft")


def test_signers_are_asked_before_one_decides():
    case = started("draft", "check")

    told(case, "sign draft with ann,bob before any to be sure")

    assert {"ann", "bob"} <= set(holders(case))
    assert not obey(case, "complete draft").ok
    assert replayed(case).session.marking == case.session.marking


def test_whoever_asks_nobody_is_told_how():
    assert "PERSON" in told(started("draft"), "sign draft")


def test_what_stands_somewhere_is_moved():
    case = started("draft", "check", "file")

    told(case, "jump draft to file nobody is there")

    assert at(case) == ["file"]
    assert replayed(case).session.marking == case.session.marking


def test_a_jump_from_where_nothing_stands_says_how_to_write_it():
    assert "jump NODE to NODE" in told(started("draft", "check"), "jump check to draft")


def test_chinese_words_do_the_same():
    case = started("draft", "check", language="zh")

    told(case, "加签 draft 由 ann，bob 并", "跳转 draft 到 check")

    assert at(case) == ["check"]
