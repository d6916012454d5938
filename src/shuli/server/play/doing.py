"""Do what an offer names: each kind of offer becomes one command of the engine."""

import json
import shlex
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from shuli.core.bpmn.graph import Output
from shuli.core.engine import Accepted, Refused
from shuli.core.engine import commands as c
from shuli.server.play.offers import Offer, offers_of
from shuli.server.play.session import PLAYER, Case, Session

Answer = Accepted | Refused
Values = Mapping[str, Any]


def do(session: Session, offer: Offer, values: Values, **how: Any) -> Answer:
    """Do what an offer names with these answers or variables."""
    return DEEDS[offer.kind](session, offer, dict(values), how)


def line_of(session: Session, word: str, offer: Offer, values: Values, *more: str) -> str:
    """Return a step as a line of a script: by the node's id, which stays the same where numbers do not."""
    alike = [
        one
        for one in offers_of(session.graph, session.marking)
        if (one.kind, one.node) == (offer.kind, offer.node)
    ]
    which = offer.node if len(alike) < 2 else f"{offer.node}#{offer.what}"
    return shlex.join([word, which, *more, *pairs_of(values)])


def pairs_of(values: Values) -> list[str]:
    """Return name=value for each value, as JSON."""
    return [f"{name}={json.dumps(value, ensure_ascii=False)}" for name, value in values.items()]


def _start(session: Session, offer: Offer, values: dict[str, Any], _how: dict[str, Any]) -> Answer:
    node = session.graph.nodes[offer.node]
    message = node.event.name if node.event.trigger == "message" else None
    command = c.Start(actor=PLAYER, variables=values, start=offer.node, message=message)
    return session.ask(command, line_of(session, "start", offer, values))


def _complete(session: Session, offer: Offer, values: dict[str, Any], how: dict[str, Any]) -> Answer:
    decision = how.get("decision", "approve")
    command = c.Complete(
        actor=actor_of(session, offer),
        seat=offer.what,
        answers=values,
        decision=decision,
        opinion=how.get("opinion", ""),
        signed=True,
        documents=frozenset(documents_of(session, offer)),
    )
    word = {"approve": "complete", "reject": "reject", "abstain": "abstain"}[decision]
    return session.ask(command, line_of(session, word, offer, values))


def documents_of(session: Session, offer: Offer) -> list[str]:
    """Return the documents that a node makes: whoever plays has them all at hand."""
    outputs: tuple[Output, ...] = session.graph.nodes[offer.node].duty.outputs
    return [output.document for output in outputs]


def actor_of(session: Session, offer: Offer) -> str:
    """Return as whom to act: the holder, or you out of the pool."""
    for visit in session.marking.visits.values():
        seat = visit.seats.get(offer.what)
        if seat is not None and seat.holder:
            return seat.holder
    return PLAYER


def _fire(session: Session, offer: Offer, _values: dict[str, Any], _how: dict[str, Any]) -> Answer:
    """Move the clock to a timer's moment, and let it fire."""
    before = session.now
    session.company.now = max(before, offer.due_at or before)
    answer = session.ask(c.FireTimer(timer=offer.what), line_of(session, "fire", offer, {}))
    if isinstance(answer, Refused):
        session.company.now = before
    else:
        session.began_at(before)
    return answer


def pass_time(session: Session, until: datetime) -> Refused | None:
    """Move the clock, firing what comes due on the way, in the calling and called cases too."""
    line, here = f"wait {until.isoformat()}", session.case
    while due := _due(session, until):
        case, offer = due
        go_to(session, case)
        answer = do(session, offer, {})
        if isinstance(answer, Refused):
            return answer
    if here is not session.case and any(here is one for one in session.first.family()):
        go_to(session, here)
    if until > session.now:
        session.move_clock(until, line)
    return None


def _due(session: Session, until: datetime) -> tuple[Case, Offer] | None:
    """Return the timer that comes due first, in whichever case."""
    clocks = [
        (case, one)
        for case in session.first.family()
        if case.marking.status == "running"
        for one in offers_of(case.part.graph, case.marking)
        if one.kind == "timer" and one.due_at and one.due_at <= until
    ]
    return min(clocks, key=lambda clock: clock[1].due_at or until, default=None)


def go_to(session: Session, case: Case) -> None:
    """Stand in another case of the family, by the steps that a person would take."""
    while session.case not in case.line and session.case.caller is not None:
        session.stand_in(session.case.caller, "up")
    for one in case.line[len(session.case.line) :]:
        caller = session.case
        node = caller.marking.tokens[caller.marking.children[one.number].token].node
        session.stand_in(one, f"enter {node}#{one.number}")


def _deliver(session: Session, offer: Offer, values: dict[str, Any], _how: dict[str, Any]) -> Answer:
    return session.ask(
        c.Deliver(subscription=offer.what, data=values), line_of(session, "deliver", offer, values)
    )


def _finish(session: Session, offer: Offer, values: dict[str, Any], how: dict[str, Any]) -> Answer:
    """Let a called process end, which play does not go into."""
    status = how.get("status", "approved")
    more = () if status == "approved" else (status,)
    return session.ask(
        c.ChildEnded(child=offer.what, status=status, variables=values),
        line_of(session, "finish", offer, values, *more),
    )


def _answer(session: Session, offer: Offer, values: dict[str, Any], how: dict[str, Any]) -> Answer:
    """Say what came back from outside for a service task, or that it failed."""
    if how.get("status") == "failed":
        code = str(values.get("code", "failed"))
        return session.ask(
            c.ServiceFailed(call=offer.what, code=code), line_of(session, "finish", offer, values, "failed")
        )
    return session.ask(
        c.ServiceAnswered(call=offer.what, variables=values), line_of(session, "finish", offer, values)
    )


def _mend(session: Session, offer: Offer, values: dict[str, Any], _how: dict[str, Any]) -> Answer:
    return session.ask(
        c.Retry(actor=PLAYER, incident=offer.what, variables=values), line_of(session, "mend", offer, values)
    )


def set_variables(session: Session, values: dict[str, Any], line: str) -> Answer:
    """Correct variables of the case."""
    return session.ask(c.Correct(actor=PLAYER, variables=values, reason="play"), line)


def _condition(session: Session, _offer: Offer, values: dict[str, Any], _how: dict[str, Any]) -> Answer:
    return set_variables(session, values, shlex.join(["set", *pairs_of(values)]))


def named(session: Session, word: str, kinds: tuple[str, ...]) -> Offer | None:
    """Return the offer that a word means: its number, its node's id or name, or what it waits for."""
    offers = [offer for offer in offers_of(session.graph, session.marking) if offer.kind in kinds]
    for offer in offers:
        if word in (str(offer.number), f"{offer.node}#{offer.what}"):
            return offer
    for offer in offers:
        if word in (offer.node, offer.name.zh, offer.name.en, offer.who):
            return offer
    return None


DEEDS: Mapping[str, Callable[[Session, Offer, dict[str, Any], dict[str, Any]], Answer]] = {
    "start": _start,
    "task": _complete,
    "timer": _fire,
    "message": _deliver,
    "signal": _deliver,
    "condition": _condition,
    "service": _answer,
    "call": _finish,
    "incident": _mend,
}
