"""The draw is a tenth of each process, spread over its departments, the same for everybody who has seed and cases."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuli.apps.monitoring.auditing.drawing import Closed, draw, shares

POPULATIONS = st.lists(
    st.tuples(st.sampled_from(["P-A", "P-B", "P-C"]), st.sampled_from(["tech", "legal", ""])), max_size=200
).map(lambda rows: [Closed(number=f"N{n}", process=p, department=d) for n, (p, d) in enumerate(rows)])


@given(POPULATIONS, st.text(max_size=8), st.randoms(use_true_random=False))
def test_the_same_seed_and_cases_give_the_same_sample_in_any_order(population, seed, chance):
    shuffled = population[:]
    chance.shuffle(shuffled)

    assert draw(shuffled, seed) == draw(population, seed)


@given(POPULATIONS, st.text(max_size=8))
def test_of_every_process_a_tenth_is_drawn_and_at_least_one(population, seed):
    process_of = {case.number: case.process for case in population}

    drawn = Counter(process_of[number] for number in draw(population, seed))

    assert drawn == {key: -(-count // 10) for key, count in Counter(process_of.values()).items()}


@given(st.dictionaries(st.text(max_size=3), st.integers(1, 500), min_size=1))
def test_departments_give_by_their_share(sizes):
    wanted = shares(sizes)

    total, size = sum(sizes.values()), sum(wanted.values())
    assert size == -(-total // 10)
    assert all(
        size * sizes[name] // total <= wanted[name] <= sizes[name] * size // total + 1 for name in sizes
    )
    assert all(wanted[name] <= sizes[name] for name in sizes)


@pytest.mark.parametrize(("count", "drawn"), [(1, 1), (9, 1), (10, 1), (11, 2), (100, 10), (101, 11)])
def test_a_tenth_is_rounded_up(count, drawn):
    population = [Closed(number=f"TS{n}", process="P-A", department="") for n in range(count)]

    assert len(draw(population, "seed")) == drawn


def test_another_seed_draws_others():
    population = [Closed(number=f"TS{n}", process="P-A", department="") for n in range(100)]

    assert draw(population, "one") != draw(population, "two")
