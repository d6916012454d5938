"""What is true of every case at every moment (design of the engine, "Invariants"), as a check that names what is not.

`shuli verify-state` asks it of live cases, the tests after every command.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sized

from shuli.core.bpmn.graph import ProcessGraph
from shuli.core.engine.approvals.votes import decide_votes
from shuli.core.engine.elements import ELEMENTS
from shuli.core.engine.event_sub_processes import is_watching
from shuli.core.engine.marking import ROOT, Marking, Region, Token
from shuli.core.engine.plan import Plan, plan_of

LIVE = frozenset({"running", "suspended"})


def check_invariants(graph: ProcessGraph, marking: Marking) -> tuple[str, ...]:
    """Return a sentence for each invariant that does not hold, with the numbers involved; empty when all hold."""
    plan = plan_of(graph, ELEMENTS)
    return tuple(sentence for check in CHECKS for sentence in check(plan, marking))


def visits_and_tokens_belong_together(plan: Plan, m: Marking) -> Iterator[str]:
    """Invariant 1: an open visit has one live token at its node; a token that waits for people has one open visit."""
    for visit in m.visits.values():
        token = m.tokens.get(visit.token)
        if token is None or token.node != visit.node:
            at = token.node if token else "no token"
            yield f"1: expected the token of visit {visit.id} at {visit.node} but found {at}"
    counts = Counter(visit.token for visit in m.visits.values())
    stopped = {incident.token for incident in m.incidents.values()}
    for token in m.tokens.values():
        count = counts[token.id]
        expected = token.id not in stopped and waits_for_people(plan, m, token)
        if count > 1 or (count == 0 and expected):
            yield f"1: expected one open visit of token {token.id} at {token.node} but found {count}"


def waits_for_people(plan: Plan, m: Marking, token: Token) -> bool:
    place = plan.places[token.node]
    if place.repeats and not is_instance(m, token):
        return False
    return place.is_human or (place.node.kind == "start_event" and token.detour is not None)


def is_instance(m: Marking, token: Token) -> bool:
    scope = m.scopes.get(token.scope)
    return scope is not None and scope.node == token.node


def visits_are_undecided(plan: Plan, m: Marking) -> Iterator[str]:
    """Invariant 2: an open visit is not decided yet, and somebody can decide it."""
    for visit in m.visits.values():
        seats = list(visit.seats.values())
        if not any(seat.open and seat.decision is None for seat in seats):
            yield f"2: expected an open seat of visit {visit.id} but found none"
        if any(seat.visit != visit.id for seat in seats):
            yield f"2: expected only seats of visit {visit.id} but found another's"
        rule = plan.places[visit.node].node.duty.vote
        if any(seat.decision for seat in seats) and decide_votes(rule, seats) != "open":
            yield f"2: expected visit {visit.id} to be undecided but its votes say {decide_votes(rule, seats)}"


def ended_cases_are_empty(_plan: Plan, m: Marking) -> Iterator[str]:
    """Invariant 3: a case has ended exactly when nothing in it is live."""
    live: dict[str, Sized] = {
        "tokens": m.tokens,
        "visits": m.visits,
        "timers": m.timers,
        "subscriptions": m.subscriptions,
        "scopes": m.scopes,
        "called cases": m.children,
        "service calls": m.service_calls,
        "incidents": m.incidents,
        "completed activities that can be undone": m.undoable,
        "paused timers": m.paused,
        "held commands": m.held,
    }
    left = [f"{len(things)} {name}" for name, things in live.items() if things]
    if m.status in LIVE and not m.tokens:
        yield f"3: expected tokens in a case that is {m.status} but found none"
    if m.status not in LIVE and left:
        yield f"3: expected nothing live in a case that is {m.status} but found {', '.join(left)}"


def rounds_are_fresh(_plan: Plan, m: Marking) -> Iterator[str]:
    """Invariant 4: what belongs to a round was made in it, so that no vote counts in a later one."""
    for visit in m.visits.values():
        if visit.round > m.rounds.get(visit.node, 0):
            yield f"4: expected round {visit.round} of {visit.node} to be counted but found {m.rounds}"
        if any(seat.id < visit.id for seat in visit.seats.values()):
            yield f"4: expected the seats of visit {visit.id} to be made for it but found an older one"


def everything_has_its_owner(_plan: Plan, m: Marking) -> Iterator[str]:
    """Invariant 5: timers, subscriptions, scopes, called cases, service calls and incidents die with their owners."""
    for timer in m.timers.values():
        if (timer.token is None) == (timer.visit is None):
            yield f"5: expected timer {timer.id} to have one owner"
        if timer.token is not None and timer.token not in m.tokens:
            yield f"5: expected token {timer.token} of timer {timer.id} but it is gone"
        if timer.visit is not None and timer.visit not in m.visits:
            yield f"5: expected visit {timer.visit} of timer {timer.id} but it is gone"
    owners = [("subscription", one.id, one.token) for one in m.subscriptions.values()]
    owners += [("scope", one.id, one.token) for one in m.scopes.values()]
    owners += [("service call", one.id, one.token) for one in m.service_calls.values()]
    owners += [("child", one.id, one.token) for one in m.children.values()]
    owners += [("incident", one.id, one.token) for one in m.incidents.values() if one.token is not None]
    for kind, number, token in owners:
        if token not in m.tokens:
            yield f"5: expected token {token} of {kind} {number} but it is gone"


def what_can_be_undone_is_kept_once(plan: Plan, m: Marking) -> Iterator[str]:
    """Compensation: one record for each activity and running scope, of an activity that has a handler."""
    counts = Counter((one.node, one.scope) for one in m.undoable)
    for (node, scope), count in counts.items():
        if count > 1:
            yield f"undoing: expected {node} once in scope {scope} but found it {count} times"
        if plan.places[node].handler is None:
            yield f"undoing: expected only activities with a handler but found {node}"
        if scope != ROOT and scope not in m.scopes:
            yield f"undoing: expected scope {scope} of {node} but it is gone"


def scopes_nest(plan: Plan, m: Marking) -> Iterator[str]:
    """The scope of a token exists and is the one that its path names; a scope holds a token, or a stopped one owns it."""
    inside = {token.scope for token in m.tokens.values() if not is_watching(plan, token)}
    used = inside | {scope.parent for scope in m.scopes.values()}
    stopped = {incident.token for incident in m.incidents.values()}
    for scope in m.scopes.values():
        if scope.parent != ROOT and scope.parent not in m.scopes:
            yield f"scopes: expected scope {scope.parent} around scope {scope.id} but it is gone"
        idle = plan.places[scope.node].node.ad_hoc is not None  # waits for a person to start something
        if scope.id not in used and not idle and scope.token not in stopped:
            yield f"scopes: expected a token in scope {scope.id} of {scope.node} but found none"
    for token in m.tokens.values():
        if token.scope != innermost(plan, token):
            yield f"scopes: expected token {token.id} in scope {innermost(plan, token)} but found {token.scope}"


def innermost(plan: Plan, token: Token) -> int:
    scopes = [one.id for one in token.path if not one.flow and not plan.places[one.node].is_side]
    return scopes[-1] if scopes else ROOT


def every_branch_has_its_token(plan: Plan, m: Marking) -> Iterator[str]:
    """The principle: the tokens stand as the model could have put them, none lost and none doubled.

    A token's path is its place in the block structure. No two tokens have the same; where one stands in a branch, none
    stands in front of the fork and every other branch that was taken has a token too, if only at the join; around a
    sub-process stands its own token. Side paths end by themselves, so what was around their beginning may be gone.
    Regions of forks that have no known join are left to BPMN's counting.
    """
    tokens = [token for token in m.tokens.values() if not any(is_unpaired(plan, one) for one in token.path)]
    by_path = {token.path: token for token in tokens}
    if len(by_path) < len(tokens):
        yield f"branches: expected every token in a branch of its own but found {sorted(m.tokens)}"
    present = {(region.node, region.id, region.flow) for token in tokens for region in token.path}
    for token in tokens:
        for depth in range(beginning(plan, token), len(token.path)):
            region, around = token.path[depth], by_path.get(token.path[:depth])
            at = around.node if around is not None else None
            if region.flow and around is not None:
                yield f"branches: expected no token before {region.node} but found {around.id} beside {token.id}"
            if not region.flow and at != region.node:
                yield f"branches: expected a token at {region.node} around token {token.id} but found it at {at}"
            missing = [flow for flow in region.taken if (region.node, region.id, flow) not in present]
            if missing:
                yield f"branches: expected tokens in {missing} of {region.node} beside {token.id} but found none"


def beginning(plan: Plan, token: Token) -> int:
    """Return how deep in its path the token's own side path begins; 0 where it is on none."""
    sides = [depth for depth, one in enumerate(token.path) if not one.flow and plan.places[one.node].is_side]
    return sides[-1] + 1 if sides else 0


def is_unpaired(plan: Plan, region: Region) -> bool:
    return bool(region.flow) and plan.places[region.node].pair is None


def every_token_waits_for_something(plan: Plan, m: Marking) -> Iterator[str]:
    """Nothing hangs: whatever does not move waits for a person, a clock, a message, a service, a join, or has an incident."""
    timers = (*m.timers.values(), *m.paused.values())
    awaited: set[int | None] = {timer.token for timer in timers if timer.kind == "event"}
    for things in (m.visits, m.subscriptions, m.children, m.service_calls, m.scopes, m.incidents):
        awaited |= {one.token for one in things.values()}
    watching = {token.id for token in m.tokens.values() if is_watching(plan, token)}
    awaited |= {timer.token for timer in timers if timer.token in watching}
    for token in m.tokens.values():
        if token.id not in awaited and not token.joining:
            yield f"waiting: expected token {token.id} at {token.node} to wait for something but found nothing"
    if m.tokens and not m.incidents and all(token.joining for token in m.tokens.values()):
        yield "waiting: expected a token on its way to a join but found all of them waiting at joins"


def numbers_are_counted(_plan: Plan, m: Marking) -> Iterator[str]:
    """Numbers of a case are given once: none is above the last one."""
    numbers = [
        *m.tokens,
        *m.scopes,
        *m.visits,
        *m.timers,
        *m.subscriptions,
        *m.incidents,
        *m.children,
        *m.service_calls,
    ]
    if numbers and max(numbers) > m.last_id:
        yield f"numbers: expected none above {m.last_id} but found {max(numbers)}"


CHECKS: tuple[Callable[[Plan, Marking], Iterator[str]], ...] = (
    visits_and_tokens_belong_together,
    visits_are_undecided,
    ended_cases_are_empty,
    rounds_are_fresh,
    everything_has_its_owner,
    what_can_be_undone_is_kept_once,
    scopes_nest,
    every_branch_has_its_token,
    every_token_waits_for_something,
    numbers_are_counted,
)
