"""A wild value is found whatever the scale, and an even series has none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuli.core.figures import LEAST, outliers

SERIES = [95.0, 94.0, 96.0, 95.5, 94.5, 95.0, 60.0, 96.0, 95.2]
WHOLE = st.lists(st.integers(-1_000, 1_000).map(float), min_size=LEAST, max_size=30)


def places(values):
    return [one.at for one in outliers(values)]


def test_the_wild_value_is_found_with_its_median():
    [found] = outliers(SERIES)

    assert (found.at, found.value, found.median) == (6, 60.0, 95.0)
    assert found.score == pytest.approx(0.6745 * (60 - 95) / 0.5)


def test_a_wild_value_among_equal_ones_is_found_where_the_mad_is_nothing():
    assert places([3.0] * 20 + [90.0]) == [20]


def test_too_few_or_equal_values_say_nothing():
    assert places([1.0, 1.0, 1.0, 99.0]) == []
    assert places([7.0] * 12) == []


def test_periods_without_a_value_keep_their_places():
    assert places([None, None, *SERIES]) == [8]


@given(WHOLE, st.integers(1, 50), st.integers(-500, 500))
def test_scale_and_origin_do_not_matter(values, factor, shift):
    assert places([value * factor + shift for value in values]) == places(values)


@given(WHOLE)
def test_the_order_of_the_values_does_not_matter(values):
    assert sorted(one.value for one in outliers(values)) == sorted(
        one.value for one in outliers(values[::-1])
    )
