from datetime import date

from shuli.core.forms import format_number, number_scope, pattern_problem

DAY = date(2026, 3, 5)


def test_numbers_follow_their_pattern():
    assert format_number("TS{yyyymmdd}{seq}", DAY, 7) == "TS202603050007"
    assert format_number("PRJ{yyyy}{nnn}", DAY, 12) == "PRJ2026012"
    assert format_number("A-{yy}{mm}-{n}", DAY, 123) == "A-2603-123"
    assert format_number("X{seq}", DAY, 123456) == "X123456"


def test_a_sequence_begins_anew_with_its_period():
    assert number_scope("TS{yyyymmdd}{seq}", DAY) == "TS20260305{}"
    assert number_scope("PRJ{yyyy}{nnn}", DAY) == number_scope("PRJ{yyyy}{nnn}", date(2026, 12, 31))


def test_a_pattern_that_numbers_nothing_is_told():
    assert pattern_problem("TS{yyyymmdd}{seq}") is None
    assert pattern_problem("TS{yyyy}") == "no_sequence"
    assert pattern_problem("TS{week}{seq}") == "part_unknown"
    assert pattern_problem("TS{seq") == "part_unknown"
    assert pattern_problem("{seq}{nnn}") == "sequence_twice"
