"""Every process that ships plays itself to every one of its ends."""

from functools import cache

import pytest

from library.shipped import KEYS, folder, graph
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


ENDS = [(key, node.id) for key in KEYS for node in graph(key).nodes.values() if node.kind == "end_event"]


@pytest.mark.parametrize(("key", "end"), ENDS, ids=lambda one: one)
def test_it_reaches_each_of_its_ends(key, end):
    _endings, reached = playings(key)

    assert end in reached


def test_every_process_that_ships_has_ends_that_are_played_to():
    folders = {item.name for item in folder("P-DOC").parent.iterdir() if (item / "process.bpmn").is_file()}

    assert folders == set(KEYS)
    assert {key for key, _end in ENDS} == folders
