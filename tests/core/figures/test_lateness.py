"""The chance to be late is the share of like work that took longer."""

from hypothesis import given
from hypothesis import strategies as st

from shuli.core.figures import LIKE, likely

TOOK = st.lists(st.integers(1, 1_000).map(float), min_size=LIKE, max_size=60).map(sorted)


def test_half_of_the_like_ones_took_longer():
    found = likely([float(hours) for hours in range(1, 21)], 0.0, 10.0)

    assert found is not None
    assert (found.chance, found.like) == (0.5, 20)


def test_only_those_that_took_as_long_are_like_it_by_now():
    found = likely([float(hours) for hours in range(1, 21)], 10.0, 2.0)

    assert found is not None
    assert (found.chance, found.like, found.remaining) == (0.8, 10, 6.0)


def test_too_few_like_ones_say_nothing():
    assert likely([1.0, 2.0, 3.0], 0.0, 1.0) is None
    assert likely([float(hours) for hours in range(20)], 15.0, 1.0) is None


@given(TOOK, st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_more_time_left_is_never_more_dangerous(took, passed, left, more):
    small, large = likely(took, passed, left), likely(took, passed, left + more)

    assert (small is None) == (large is None)
    if small and large:
        assert 0 <= large.chance <= small.chance <= 1
