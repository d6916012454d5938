"""A trend is told from chance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuli.core.figures import run_of, slope, trend

VALUES = st.lists(st.integers(-100, 100).map(float), min_size=5, max_size=20)
OPPOSITE = {"up": "down", "down": "up", "": ""}


def test_a_rising_series_rises():
    assert trend([1.0, 2.0, 2.5, 3.0, 4.0]) == "up"
    assert slope([1.0, 2.0, 3.0, 4.0, 50.0]) == 1.0


def test_a_wavering_series_goes_nowhere():
    assert trend([1.0, 3.0, 2.0, 3.0, 1.0, 2.0]) == ""


def test_four_values_are_too_few():
    assert trend([1.0, 2.0, 3.0, 4.0]) == ""


@given(VALUES)
def test_the_mirrored_series_goes_the_other_way(values):
    assert trend([-value for value in values]) == OPPOSITE[trend(values)]


@given(st.integers(-50, 50), st.integers(2, 20))
def test_the_slope_of_a_line_is_its_own(step, count):
    assert slope([float(step * at) for at in range(count)]) == pytest.approx(step)


@pytest.mark.parametrize(
    ("values", "run"),
    [([5.0, 4.0, 3.0, 2.0], 3), ([1.0, 4.0, 3.0], 1), ([3.0, 3.0], 0), ([3.0, None, 2.0], 1), ([3.0, 2.0, None], 0),
     ([], 0), ([1.0], 0)],
)  # fmt: skip
def test_a_run_ends_with_the_last_value(values, run):
    assert run_of(values, "down") == run
