"""Who stands in for whom (代理): what the rules say at a moment. One hop only: a substitute's substitute gets nothing."""

from collections.abc import Iterable
from datetime import datetime

from shuli.apps.directory.organisation import StandIn, organisation
from shuli.kit import clock


def in_force(at: datetime | None = None, process: str = "") -> list[StandIn]:
    """Return the rules that count at a moment, the latest arrangement first; those of a process where it is named."""
    moment = at or clock.now()
    return [rule for rule in organisation().stand_ins if rule.holds(moment, process)]


def substitutes_of(username: str, at: datetime | None = None) -> list[str]:
    """Return who acts for somebody at a moment, the latest arrangement first."""
    return [rule.substitute for rule in in_force(at) if rule.person == username]


def substitute_of(username: str, process: str, at: datetime | None = None) -> str | None:
    """Return who acts for somebody in a process; a rule that names the process goes before one for all."""
    mine = [rule for rule in in_force(at, process) if rule.person == username]
    return min(mine, key=lambda rule: not rule.processes).substitute if mine else None


def acting_for(people: Iterable[str], process: str, at: datetime) -> dict[str, str]:
    """Return who acts for each of several people in a process."""
    if not in_force(at, process):
        return {}
    found = {name: substitute_of(name, process, at) for name in people}
    return {name: substitute for name, substitute in found.items() if substitute}


def acts_for(substitute: str, principal: str, process: str, at: datetime | None = None) -> bool:
    """Say whether somebody may act for somebody else in a process, now."""
    return any(rule.person == principal and rule.substitute == substitute for rule in in_force(at, process))


def principals_of(substitute: str, at: datetime | None = None) -> list[tuple[str, tuple[str, ...]]]:
    """Return for whom somebody acts at a moment, each with the processes; none named means all."""
    return [(rule.person, rule.processes) for rule in in_force(at) if rule.substitute == substitute]


def away(usernames: Iterable[str], at: datetime) -> set[str]:
    """Return who of these has arranged a substitute for all processes at this moment."""
    return {rule.person for rule in in_force(at) if not rule.processes} & set(usernames)
