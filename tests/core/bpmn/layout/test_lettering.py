"""How much room words take."""

from hypothesis import given
from hypothesis import strategies as st

from shuli.core.bpmn.layout.lettering import TASK, name_size, note_size, task_size, width_of, wrap


def test_chinese_breaks_between_any_two_letters():
    assert wrap("环境部署与数据准备", 60) == ["环境部署与", "数据准备"]


def test_english_breaks_between_words_only():
    assert wrap("Prepare environment and data", 90) == ["Prepare", "environment", "and data"]


def test_a_name_is_measured_in_its_longest_language():
    chinese, english = name_size(["应急预案完成？"]), name_size(["Contingency plan complete?"])

    both = name_size(["应急预案完成？", "Contingency plan complete?"])

    assert both.width == max(chinese.width, english.width)
    assert both.height == max(chinese.height, english.height)


def test_without_a_name_there_is_no_room():
    assert name_size(["", "  "]) is None


def test_a_short_name_leaves_a_task_as_it_is():
    assert task_size(["归档", "Archive"]) == TASK


def test_a_long_name_makes_a_task_wider():
    assert task_size(["Coordinate the contingency preparations of all departments"]).width > TASK.width


def test_a_note_grows_with_its_text():
    assert note_size("一二三四五六七八九十" * 6).height > note_size("一二三").height


@given(st.text(alphabet="ab c客服部，", max_size=40), st.integers(40, 120))
def test_no_line_is_wider_than_it_may_be_unless_one_word_is(text, width):
    for line in wrap(text, width):
        assert width_of(line) <= width or " " not in line.strip()
