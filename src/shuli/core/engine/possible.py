"""What a person may do at a seat: the verbs that the node, the seat and the case's state leave them."""

from collections.abc import Iterator

from shuli.core.bpmn.graph import ProcessGraph
from shuli.core.engine.approvals import returns
from shuli.core.engine.approvals.own_request import is_judgement
from shuli.core.engine.approvals.votes import BY_LEAD
from shuli.core.engine.elements import ELEMENTS
from shuli.core.engine.marking import Marking, Seat, Visit
from shuli.core.engine.plan import Place, plan_of
from shuli.core.engine.verbs.seats import ADDED, blocking

ALWAYS = frozenset({"claim", "complete", "accept", "decline", "remove_signer"})


def possible_verbs(graph: ProcessGraph, marking: Marking, actor: str, seat: int) -> frozenset[str]:
    """Return what a person may do at a seat: the names of the verbs, `add_signer_before` and its like one by one.

    Whether somebody belongs to the seat's pool is the directory's to say: where nobody holds the seat, the answer is for a
    member. Process owners and administrators may do more (transfer, jump, …): that is not the seat's to say either.
    """
    if marking.status != "running":
        return frozenset()
    if seat in marking.opinions:
        return frozenset({"complete"} if marking.opinions[seat].holder in (actor, None) else ())
    visit = next((one for one in marking.visits.values() if seat in one.seats), None)
    if visit is None or visit.seats[seat].decision is not None:
        return frozenset()
    place = plan_of(graph, ELEMENTS).places[visit.node]
    found = {*of_bystander(marking, visit.seats[seat], actor)}
    if visit.seats[seat].open:
        found |= {*at_seat(graph, marking, visit, visit.seats[seat], actor)}
    verbs = place.node.duty.verbs
    return frozenset(verb for verb in found if not verbs or verb in verbs or verb in ALWAYS)


def of_bystander(marking: Marking, seat: Seat, actor: str) -> Iterator[str]:
    """Yield what those may do who wait for the seat: the starter, and whoever added it."""
    if actor == marking.starter and actor != seat.holder and seat.open:
        yield "urge"
    if seat.added_by == actor:
        yield "remove_signer"


def at_seat(graph: ProcessGraph, marking: Marking, visit: Visit, seat: Seat, actor: str) -> Iterator[str]:
    plan = plan_of(graph, ELEMENTS)
    place = plan.places[visit.node]
    if seat.holder is not None and actor not in (seat.holder, seat.substitute):
        return
    if is_kept_out(marking, place, seat, actor):
        return
    if seat.offered_by is not None:
        yield from ("accept", "decline")
        return
    yield from taking(seat, actor)
    if seat.role not in ADDED and not blocking(visit, seat):
        yield from ("delegate", "add_signer_before")
    if seat.role not in ADDED:
        yield from ("add_signer_after", "add_signer_beside")
    if seat.holder == actor:
        yield "transfer"
    if not blocking(visit, seat):
        yield from deciding(place, seat)
    may_return = seat.role not in ADDED and seat.role != "contribute"
    if may_return and (marking.called or returns.targets(plan, marking, visit)):
        yield "return"


def is_kept_out(marking: Marking, place: Place, seat: Seat, actor: str) -> bool:
    """Say whether the person would decide on their own request."""
    if actor != marking.starter or not is_judgement(place, seat):
        return False
    acts_for = seat.principal is not None or (seat.holder is not None and seat.holder != actor)
    return acts_for or place.node.duty.starter_performs != "self"


def taking(seat: Seat, actor: str) -> Iterator[str]:
    if seat.holder is None or (actor == seat.substitute and seat.principal is None):
        yield "claim"
    elif seat.holder == actor and (seat.pool is not None or seat.principal is not None):
        yield "release"


def deciding(place: Place, seat: Seat) -> Iterator[str]:
    yield "complete"
    if seat.role != "contribute":
        yield "reject"
    if seat.role in ADDED or (seat.role == "vote" and place.node.duty.vote.kind not in BY_LEAD):
        yield "abstain"
