"""A process plays itself: to an end, the same for the same seed, and as a script that plays again."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.play.tables import replayed, shipped, table_of
from shuli.core.engine import check_invariants
from shuli.core.engine.building import choice, message, parallel, process, repeat, script, task, timer
from shuli.server.play.automatic import Player


def played(table, steps=200):
    return Player(table.session, "en").play(steps)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("key", ["P-COMPLAINT", "P-NEW"])
def test_what_ships_plays_to_an_end(key, seed):
    table = shipped(key, seed=seed)

    ending = played(table)

    assert ending.how == "ended", table.session.lines[-3:]
    assert check_invariants(table.session.graph, table.session.marking) == ()


def test_different_seeds_take_different_ways_and_the_same_seed_the_same():
    lines = {}
    for seed in (1, 1, 2, 3, 4):
        table = shipped("P-NEW", seed=seed)
        played(table)
        assert lines.setdefault(seed, table.session.lines) == table.session.lines

    assert len({tuple(script) for script in lines.values()}) > 1


def test_it_makes_up_what_conditions_read_until_a_way_opens():
    way = choice(('order.kind = "gold" and order.price > 99', [task("a")]), ("count(items) = 3", [task("b")]))
    table = table_of(process(task("check"), way))

    assert played(table).how == "ended"


def test_it_stops_where_no_data_could_help():
    table = table_of(process(choice(("false", [task("a")]), ("1 > 2", [task("b")]))))

    ending = played(table)

    assert (ending.how, ending.offer.kind) == ("stopped", "incident")


def test_it_gives_up_what_goes_round_for_ever():
    table = table_of(process(repeat("true", task("again"))))

    assert played(table, steps=20).how == "too_long"
    assert table.session.steps >= 20


blocks = st.recursive(
    st.sampled_from(["task", "timer", "message", "script"]),
    lambda inner: st.tuples(st.sampled_from(["choice", "parallel"]), st.lists(inner, min_size=2, max_size=3)),
    max_leaves=8,
)


def built(shape, names):
    if not isinstance(shape, str):
        kind, inner = shape
        parts = [[built(one, names)] for one in inner]
        last = (None, parts[-1])
        return (
            parallel(*parts)
            if kind == "parallel"
            else choice(*((f"v > {at}", p) for at, p in enumerate(parts[:-1])), last)
        )
    name = f"{shape}{next(names)}"
    return {"task": task(name), "timer": timer(name, "PT1H"), "message": message(name, name),
            "script": script(name, "1 + 1", "s")}[shape]  # fmt: skip


@given(st.lists(blocks, min_size=1, max_size=4), st.integers(0, 99))
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_whatever_was_played_plays_again_to_the_same_state(shapes, seed):
    names = iter(range(1000))
    table = table_of(process(*(built(shape, names) for shape in shapes)), seed=seed)

    ending = played(table)

    assert ending.how == "ended"
    again = replayed(table)
    assert again.session.marking == table.session.marking
    assert again.session.now == table.session.now
