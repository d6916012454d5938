import pytest

from shuli.kit.components import duration, figure, percent, span_words
from shuli.kit.components.amounts import points
from shuli.kit.components.bars import mentions, waited
from shuli.kit.components.words import document_name, initials, joined, person_words, table_name


@pytest.mark.parametrize(
    ("value", "decimals", "words"),
    [(1280, None, "1,280"), (1280, 2, "1,280.00"), (-3.25, 1, "−3.3"), (None, None, ""), ("x", None, "x")],
)
def test_a_number_has_its_thousands_apart_and_a_real_minus(value, decimals, words):
    assert figure(value, decimals) == words


def test_a_share_has_one_decimal_and_its_change_is_in_points(chinese):
    assert (percent(0.9412), points(-0.018), points(0.014)) == ("94.1%", "−1.8 个百分点", "+1.4 个百分点")


@pytest.mark.parametrize(
    ("seconds", "chinese_words"), [(0, "0"), (240, "4 分"), (3600, "1 小时"), (17.8 * 3600, "17.8 小时")]
)
def test_working_time_is_told_in_the_unit_that_reads_best(chinese, seconds, chinese_words):
    assert duration(seconds) == chinese_words


@pytest.mark.parametrize(
    ("seconds", "words"), [(600, "10 min"), (5 * 8 * 3600, "5 days"), (11 * 3600, "1 day 3 h")]
)
def test_a_limit_is_told_in_two_units_at_most(english, seconds, words):
    assert span_words(seconds) == words


def test_people_are_named_department_first_in_chinese(chinese):
    assert person_words("李敏", "客服部") == "客服部 李敏"


def test_people_are_named_name_first_in_english(english):
    assert person_words("Li Min", "Service") == "Li Min, Service"


def test_a_round_mark_holds_the_family_name_or_two_initials():
    assert [initials("陈静"), initials("Chen Jing"), initials("")] == ["陈", "CJ", ""]


def test_documents_and_tables_are_called_as_the_language_does(chinese):
    assert [document_name("上线计划表"), table_name("表3"), joined(["换货", "补偿"])] == [
        "《上线计划表》",
        "表3",
        "换货、补偿",
    ]


def test_a_bar_longer_than_its_limit_fills_the_whole_width():
    bar = waited(waiting=300, handling=900, limit=600)

    assert (bar.waiting, bar.handling) == ("25.0%", "75.0%")


def test_a_mention_is_marked_and_everything_else_stays_text():
    marked = mentions("@陈静 <b>看一下</b> @陈静静", ["陈静", "陈静静"])

    assert marked == (
        '<span class="sl-at">@陈静</span> &lt;b&gt;看一下&lt;/b&gt; <span class="sl-at">@陈静静</span>'
    )
