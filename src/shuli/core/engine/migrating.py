"""Move an open case to another version of its process, by a mapping of the places where it waits.

A place of the same id and kind maps by itself. A case can move where each of its tokens has a place in the new version
that is enclosed alike: in as many branches and sub-processes, of forks and sub-processes that map too.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct

from shuli.core.bpmn.graph import ProcessGraph
from shuli.core.engine import events as e
from shuli.core.engine.approvals.routes import enclosures_around
from shuli.core.engine.elements import ELEMENTS
from shuli.core.engine.events import TokenPlace
from shuli.core.engine.expressions import Problem
from shuli.core.engine.marking import Marking, Region, Step, Token
from shuli.core.engine.plan import Plan, plan_of
from shuli.core.engine.run import Run
from shuli.core.engine.settling import LIVE, settle
from shuli.core.engine.timing import timers_of_visit
from shuli.core.engine.world import Accepted, Refused, World


class WaitingPlace(Struct, frozen=True, kw_only=True):
    """A node at which a case waits, and what becomes of it."""

    node: str
    kind: str
    tokens: int
    to: str | None
    state: Literal["automatic", "mapped", "needs_mapping", "impossible"]


class MigrationPreview(Struct, frozen=True, kw_only=True):
    places: tuple[WaitingPlace, ...]

    @property
    def is_possible(self) -> bool:
        return all(place.state in ("automatic", "mapped") for place in self.places)


def preview_migration(
    old: ProcessGraph, new: ProcessGraph, marking: Marking, mapping: Mapping[str, str]
) -> MigrationPreview:
    """Return where the case waits, and where each place goes in the other version."""
    move = Move(plan_of(old, ELEMENTS), plan_of(new, ELEMENTS), mapping)
    nodes = list(dict.fromkeys(token.node for token in marking.tokens.values()))
    return MigrationPreview(places=tuple(waiting_place(move, marking, node) for node in nodes))


def waiting_place(move: "Move", marking: Marking, node: str) -> WaitingPlace:
    tokens = [token for token in marking.tokens.values() if token.node == node]
    to = move.node(node)
    state: Literal["automatic", "mapped", "needs_mapping", "impossible"] = "automatic"
    if to is None:
        state = "impossible" if node in move.mapping else "needs_mapping"
    elif any(move.place(token) is None for token in tokens):
        state = "impossible"
    elif node in move.mapping:
        state = "mapped"
    return WaitingPlace(
        node=node, kind=move.old.places[node].node.kind, tokens=len(tokens), to=to, state=state
    )


class Move:
    """Two versions and the names that the nodes of one have in the other."""

    def __init__(self, old: Plan, new: Plan, mapping: Mapping[str, str]) -> None:
        self.old = old
        self.new = new
        self.mapping = mapping

    def node(self, name: str) -> str | None:
        """Return a node's name in the new version, or None where it has none of the same kind."""
        to = self.mapping.get(name, name)
        mine, theirs = self.old.places.get(name), self.new.places.get(to)
        if mine is None or theirs is None or mine.node.element != theirs.node.element:
            return None
        alike = mine.repeats == theirs.repeats and mine.is_human == theirs.is_human
        return to if alike else None

    def place(self, token: Token) -> TokenPlace | None:
        """Return where a token stands in the new version, or None where the enclosures differ."""
        path = self.path(token.path)
        node = self.node(token.node)
        if path is None or node is None:
            return None
        flow = self.incoming(token, node, path)
        if token.joining and flow is None:
            return None
        if not self.is_enclosed_alike(token, node, path):
            return None
        return TokenPlace(flow=flow, path=path, trail=tuple(self.step(step) for step in token.trail))

    def is_enclosed_alike(self, token: Token, node: str, path: tuple[Region, ...]) -> bool:
        """Say whether the new diagram draws around the node what the token stands in."""
        drawn = [(name, flow) for _, name, flow in enclosures_around(self.new, self.new.places[node].node)]
        found = [(region.node, region.flow) for region in path]
        if token.joining and found:
            found.pop()  # the branch whose join it waits at
        if found and found[-1] == (node, ""):
            found.pop()  # an instance of the activity itself
        return drawn == found

    def path(self, path: Iterable[Region]) -> tuple[Region, ...] | None:
        moved = [self.region(region) for region in path]
        return None if None in moved else tuple(region for region in moved if region is not None)

    def region(self, region: Region) -> Region | None:
        """Return an enclosure in the new version: the same fork with the same branches, or the same activity."""
        name = self.node(region.node)
        if name is None:
            return None
        flow = self.flow(region.node, name, region.flow) if region.flow else ""
        taken = [self.flow(region.node, name, one) for one in region.taken]
        if flow is None or None in taken:
            return None
        return Region(name, region.id, flow, tuple(one for one in taken if one is not None))

    def flow(self, fork: str, name: str, flow: str) -> str | None:
        """Return a branch of a fork in the new version: by its id, else by where it leads."""
        there = self.new.places[name].flows
        if any(one.id == flow for one in there):
            return flow
        first = next((one.target for one in self.old.places[fork].flows if one.id == flow), "")
        return next((one.id for one in there if one.target == self.mapping.get(first, first)), None)

    def incoming(self, token: Token, node: str, path: tuple[Region, ...]) -> str | None:
        """Return the flow through which the token came, in the new version."""
        there = self.new.places[node].node.incoming
        if any(one.id == token.flow for one in there):
            return token.flow
        inner = path[-1] if path and path[-1].flow else None
        for one in there if inner is not None else ():
            around = self.new.places[one.source].node.branches
            if inner is not None and (one.id == inner.flow or (inner.node, inner.flow) in around):
                return one.id
        return there[0].id if len(there) == 1 else None

    def step(self, step: Step) -> Step:
        """Return a step by its new names; one that the new version does not have stays, for the way back."""
        path, node = self.path(step.path), self.node(step.node)
        return step if path is None or node is None else Step(node, step.visit, step.person, path, step.seats)


def migrate(
    old: ProcessGraph,
    new: ProcessGraph,
    marking: Marking,
    mapping: Mapping[str, str],
    world: World,
    actor: str,
    reason: str,
) -> Accepted | Refused:
    """Move the case to the other version; visits, their seats and due dates go on. Migrating back undoes it."""
    if marking.status not in LIVE:
        return Refused(code="case_not_running", params={"status": marking.status})
    if not reason.strip():
        return Refused(code="reason_missing")
    refusal = refuse_migration(preview_migration(old, new, marking, mapping))
    if refusal is not None:
        return refusal
    move = Move(plan_of(old, ELEMENTS), plan_of(new, ELEMENTS), mapping)
    run = Run(move.new, marking, world, actor)
    affected = visits_affected(move, marking)
    places = {number: place for number, token in marking.tokens.items() if (place := move.place(token))}
    run.emit(e.Migrated(mapping=names_of(move, marking), places=places, reason=reason))
    rearm(run, move, affected)
    if marking.status == "running":
        run.look_at_joins = True
        settle(run)
    return Accepted(events=tuple(run.events), marking=run.marking)


def refuse_migration(preview: MigrationPreview) -> Refused | None:
    impossible = [place.node for place in preview.places if place.state == "impossible"]
    if impossible:
        return Refused(code="migration_impossible", params={"nodes": impossible})
    missing = [place.node for place in preview.places if place.state == "needs_mapping"]
    return Refused(code="migration_incomplete", params={"nodes": missing}) if missing else None


def names_of(move: Move, marking: Marking) -> dict[str, str]:
    """Return the new name of every node that the marking names and whose name changes."""
    named = {*marking.rounds, *marking.performers, *marking.irreversible, *move.mapping}
    named |= {token.node for token in marking.tokens.values()}
    things = (marking.timers, marking.paused, marking.subscriptions, marking.incidents, marking.scopes)
    named |= {one.node for kind in things for one in kind.values()}
    pairs = ((name, move.node(name)) for name in sorted(named))
    return {name: to for name, to in pairs if to is not None and to != name}


# What hangs on a place ----------------------------------------------------------------------------------


def visits_affected(move: Move, marking: Marking) -> set[int]:
    """Return the visits whose reminders or escalations are other ones in the new version."""
    found = set()
    for visit in marking.visits.values():
        mine = move.old.places[visit.node].node.duty
        theirs = move.new.places[move.node(visit.node) or visit.node].node.duty
        if (mine.reminders, mine.escalation) != (theirs.reminders, theirs.escalation):
            found.add(visit.id)
    return found


def rearm(run: Run, move: Move, affected: set[int]) -> None:
    """Set the clocks of affected visits anew, and let each activity wait for the boundary events that it has now."""
    running = run.marking.status == "running"
    for timer in list(run.marking.timers.values()):
        if timer.visit in affected and timer.kind != "due":
            run.emit(e.TimerCancelled(timer=timer.id))
    for number in sorted(affected) if running else ():
        visit = run.marking.visits[number]
        duty = run.plan.places[visit.node].node.duty
        for event in timers_of_visit(run, duty, visit, run.world.calendar(visit.department)):
            if event.timer.kind != "due" and event.timer.due_at > run.now:
                run.emit(event)
    for token in list(run.marking.tokens.values()) if running else ():
        rearm_boundaries(run, move, token)


def rearm_boundaries(run: Run, move: Move, token: Token) -> None:
    """Drop what waits for a boundary event that is gone, and wait for the new ones."""
    place = run.plan.places[token.node]
    if not place.is_activity:
        return
    names = {one.id for one in place.boundaries}
    known = {to for name in move.old.places if (to := move.node(name))}
    for timer in [one for one in run.marking.timers.values() if one.token == token.id]:
        if timer.kind == "boundary" and timer.node not in names:
            run.emit(e.TimerCancelled(timer=timer.id))
    for one in [one for one in run.marking.subscriptions.values() if one.token == token.id]:
        if one.node not in names and one.node != token.node:
            run.emit(e.Unsubscribed(subscription=one.id))
    for boundary in place.boundaries:
        event = boundary.arm(run, token, boundary) if boundary.arm and boundary.id not in known else None
        if isinstance(event, Problem):
            run.incident(token, event, "proceed")
        elif event is not None:
            run.emit(event)
