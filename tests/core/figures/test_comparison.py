"""Tests of before and after, against counting every arrangement and against published values."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuli.core.figures import holm, judge, rank_test
from shuli.core.figures.comparison import EXACT, _double_ranks, _exact, _normal

FEW = st.lists(st.integers(0, 6), min_size=1, max_size=5)


def counted(before, after):
    """Every way to say which values stood on which side, as far from the middle as the observed one or farther."""
    values = [*before, *after]
    rank = {
        value: Fraction(sum(one < value for one in values) * 2 + values.count(value) + 1, 2)
        for value in values
    }
    middle = Fraction(len(before)) * sum(rank[one] for one in values) / len(values)
    far = abs(sum(rank[one] for one in before) - middle)
    chosen = list(combinations(values, len(before)))
    return Fraction(sum(abs(sum(rank[one] for one in some) - middle) >= far for some in chosen), len(chosen))


@given(FEW, FEW)
def test_few_values_are_compared_by_counting_every_arrangement(before, after):
    assert rank_test(before, after) == pytest.approx(float(counted(before, after)))


@given(FEW, FEW)
def test_sides_may_be_exchanged(before, after):
    assert rank_test(before, after) == pytest.approx(rank_test(after, before))


def test_values_of_the_tables():
    # The smallest sums of ranks of five and five: 2 of 252 arrangements.
    assert rank_test([1, 2, 3, 4, 5], [6, 7, 8, 9, 10]) == pytest.approx(2 / 252)


@given(st.permutations(range(EXACT)))
def test_the_approximation_is_close_where_counting_ends(values):
    ranks, ties = _double_ranks(values)
    observed = sum(ranks[:12])

    assert _normal(12, 12, observed, ties) == pytest.approx(_exact(ranks, 12, observed), abs=0.02)


def test_several_questions_at_once_are_corrected():
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([]) == []


@pytest.mark.parametrize(
    ("change", "better", "chance", "finding"),
    [
        (-2.0, "down", 0.01, "better"),
        (2.0, "down", 0.01, "worse"),
        (2.0, "up", 0.01, "better"),
        (2.0, "up", 0.2, "alike"),
        (0.0, "up", 0.01, "alike"),
        (2.0, "", 0.01, "alike"),
    ],
)
def test_a_difference_counts_that_is_no_chance_and_has_a_side(change, better, chance, finding):
    assert judge(change, better, chance) == finding
