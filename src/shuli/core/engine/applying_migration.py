"""What moving a case to another version changes in its marking: names of nodes, and where its tokens stand."""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from shuli.core.engine.events import Migrated
from shuli.core.engine.marking import OUTCOMES, Marking


def migrated(m: Marking, event: Migrated) -> None:
    """Give every node its name in the new version; numbers, holders and moments stay."""
    names = event.mapping
    for number, place in event.places.items():
        token = m.tokens[number]
        m.tokens[number] = replace(
            token,
            node=names.get(token.node, token.node),
            flow=place.flow,
            path=place.path,
            trail=place.trail,
            detour=None if token.detour is None else replace(token.detour, back=(), reads={}),
        )
    m.visits = renamed(m.visits, names)
    m.scopes = renamed(m.scopes, names)
    m.timers = renamed(m.timers, names)
    m.paused = renamed(m.paused, names)
    m.subscriptions = renamed(m.subscriptions, names)
    m.service_calls = renamed(m.service_calls, names)
    m.incidents = renamed(m.incidents, names)
    m.rounds = {names.get(node, node): count for node, count in m.rounds.items()}
    m.performers = {names.get(node, node): person for node, person in m.performers.items()}
    m.irreversible = {names.get(node, node): number for node, number in m.irreversible.items()}
    m.kept = {}
    if OUTCOMES in m.variables:
        outcomes = m.variables[OUTCOMES]
        m.variables[OUTCOMES] = {names.get(node, node): verdict for node, verdict in outcomes.items()}


def renamed(things: dict[int, Any], names: Mapping[str, str]) -> dict[int, Any]:
    """Return things that stand at nodes, each at its node's new name."""
    return {
        number: replace(one, node=names[one.node]) if one.node in names else one
        for number, one in things.items()
    }
