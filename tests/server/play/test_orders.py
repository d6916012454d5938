"""What can be typed in `shuli play`, and what comes of it."""

import pytest

from server.play.tables import replayed, shipped, table_of, told
from shuli.core.engine.building import choice, message, parallel, process, task, timer
from shuli.server.play.orders import ALIASES, ORDERS, obey


def table(*blocks, **more):
    return table_of(process(*blocks), **more)


def at(case):
    return sorted({token.node for token in case.session.marking.tokens.values()})


def test_the_first_screen_says_what_can_be_done():
    screen = "\n".join(table(task("check")).screen.lines())

    assert "not started" in screen
    assert "1  start  start" in screen


def test_a_number_does_what_stands_beside_it():
    case = table(task("check"))

    assert "task  check · anybody" in told(case, "1")
    assert "The case has ended: completed" in told(case, "1")


def test_answers_become_data_and_choose_the_way():
    case = table(task("check"), choice(("amount > 10", [task("approve")]), (None, [task("file")])))

    told(case, "1", "complete check amount=20")

    assert at(case) == ["approve"]
    assert case.session.marking.variables["amount"] == 20


def test_undo_takes_a_step_back_with_its_clock():
    case = table(task("check"), timer("wait", "PT2H"))
    told(case, "1", "1", "next")
    assert case.session.marking.status == "approved"

    assert "wait" in told(case, "undo")
    assert (case.session.now.hour, at(case)) == (1, ["wait"])


def test_waiting_fires_what_comes_due_on_the_way():
    case = table(timer("pause", "PT2H"), task("check"))

    told(case, "1", "wait 3h")

    assert at(case) == ["check"]
    assert case.session.now.hour == 4


@pytest.mark.parametrize(
    "line", ["wait yesterday", "wait 2020-01-01T00:00", "complete nobody", "set x", "frobnicate", "'"]
)
def test_what_is_not_understood_says_so_and_changes_nothing(line):
    case = table(task("check"))
    told(case, "1")
    before = case.session.marking

    said = obey(case, line)

    assert not said.ok
    assert said.lines
    assert case.session.marking is before


def test_a_message_is_delivered_with_its_data():
    case = table(message("reply", "answer"), task("check"))

    told(case, "1", 'deliver answer text="yes, please"')

    assert at(case) == ["check"]


def test_a_case_that_stopped_goes_on_with_data_for_a_way():
    case = table(choice(("level = 1", [task("a")]), ("level = 2", [task("b")]), name="which"))
    screen = told(case, "start start level=3")
    assert "stopped  which1" in screen

    told(case, "choose which1 b")

    assert at(case) == ["b"]


def test_ways_show_the_conditions():
    case = table(choice(("level = 1", [task("a")]), ("level = 2", [task("b")]), name="which"))

    assert "b: level = 2" in told(case, "ways which1")


def test_a_task_goes_back_to_one_that_was_done():
    case = table(task("draft"), task("check"))

    told(case, "1", "1", "return check to draft figures are missing")

    assert at(case) == ["draft"]


def test_where_a_task_cannot_go_the_possible_ones_are_named():
    case = table(task("draft"), task("check"))

    assert "draft" in told(case, "1", "1", "return check to nowhere")


def test_a_refusal_is_a_sentence_in_the_language_that_was_asked_for():
    zh, en = table(task("check"), language="zh"), table(task("check"))

    assert "请" in told(zh, "1", "resume") or "暂停" in told(zh, "resume")
    assert "Not done: This case is not suspended" in told(en, "1", "resume")


def test_a_script_plays_the_same_again():
    case = table(parallel([task("a")], [task("a2")]), timer("t", "PT1H"), task("b"))
    told(case, "1", "complete a2 x=1", "complete a y='two words'", "wait 90m", "1")

    assert replayed(case).session.marking == case.session.marking


def test_chinese_words_give_the_same_orders():
    case = table(task("check"), language="zh")

    told(case, "启动 start", "完成 check 金额＝5")

    assert case.session.marking.variables["金额"] == 5
    assert set(ALIASES.values()) <= set(ORDERS)


def test_a_form_refuses_what_it_does_not_take_field_by_field():
    case = shipped("P-COMPLAINT")
    told(case, "auto 1")

    words = told(case, "do 1 response_channel=pigeon")

    assert "response_channel" in words
    assert "pigeon" in words


def test_the_data_are_shown_by_the_labels_of_the_forms():
    case = shipped("P-COMPLAINT")

    screen = told(case, "auto 1")

    assert "投诉渠道=" in screen
    assert "complainant" not in screen
