"""Every process that ships plays itself to every one of its ends."""

from functools import cache

import pytest

from library.shipped import KEYS, graph
from server.play.tables import shipped
from shuli.core.engine import check_invariants
from shuli.server.play.automatic import Player

SEEDS = range(40)


@cache
def playings(key):
    """Play until every end was seen, or the seeds are used up; return the endings and the nodes that were reached."""
    endings, reached = [], set()
    ends = {node.id for node in graph(key).nodes.values() if node.kind == "end_event"}
    for seed in SEEDS:
        table = shipped(key, seed=seed)
        endings.append((seed, Player(table.session).play(400).how))
        assert check_invariants(table.session.graph, table.session.marking) == ()
        reached |= {getattr(event, "node", None) for event in table.session.events}
        if ends <= reached and seed >= 5:
            break
    return endings, reached


@pytest.mark.parametrize("key", KEYS)
def test_it_never_stops_on_the_way(key):
    endings, _reached = playings(key)

    assert [one for one in endings if one[1] != "ended"] == []


@pytest.mark.parametrize("key", KEYS)
def test_it_reaches_each_of_its_ends(key):
    _endings, reached = playings(key)

    ends = {node.id for node in graph(key).nodes.values() if node.kind == "end_event"}
    assert ends
    assert ends - reached == set()
