"""Play a case without anybody: complete, mend, wait, until it ends, nothing can happen any more, or it takes too long."""

from collections import Counter
from datetime import timedelta
from typing import Any, Literal

from msgspec import Struct

from shuli.core.engine import Accepted, Refused
from shuli.server.play.answering import Answers
from shuli.server.play.doing import do, pass_time
from shuli.server.play.guessing import Guesses
from shuli.server.play.offers import Offer, offers_of
from shuli.server.play.session import Session

MOST_ARRIVALS = 3  # of one message at one node, while there is something else to do
MOST_REPAIRS = 6  # of one incident at one node
# Mostly people are quicker than clocks.
CHANCE_OF_CLOCK = 0.12
MINUTES_FOR_A_TASK = (5, 180)
# What is tried first; a clock only where chance has it or nothing else is left.
URGENT = ("start", "incident")
REPAIRED = ("incident", "condition")
ARRIVING = ("message", "signal")
BY_PEOPLE = ("task", "message", "signal", "service", "call", "condition")


class Ending(Struct, frozen=True, kw_only=True):
    """How playing came out; `offer` is what it stopped at."""

    how: Literal["ended", "stopped", "too_long"]
    offer: Offer | None = None
    refused: Refused | None = None


class Player:
    """Plays one case by itself; the same seed plays the same."""

    def __init__(self, session: Session, language: str = "zh") -> None:
        self.session = session
        self.language = language
        self.tried: Counter[tuple[str, str]] = Counter()
        self.refused: Refused | None = None

    @property
    def guesses(self) -> Guesses:
        return self.session.case.part.guesses

    def play(self, most_steps: int) -> Ending:
        """Take steps until the case has ended or cannot go on; timers that fire meanwhile are no steps of their own."""
        for _ in range(most_steps):
            if self.session.marking.status not in ("draft", "running"):
                return Ending(how="ended")
            offer = self.step()
            if offer is not None:
                return Ending(how="stopped", offer=offer, refused=self.refused)
        ended = self.session.marking.status not in ("draft", "running")
        return Ending(how="ended" if ended else "too_long")

    def step(self) -> Offer | None:
        """Do one thing that the engine takes; return what is left undone where it takes nothing."""
        offers = offers_of(self.session.graph, self.session.marking)
        ordered = self.ordered(offers)
        given_up = [
            one for one in ordered if one.kind in REPAIRED and self.tried[one.kind, one.node] >= MOST_REPAIRS
        ]
        for offer in ordered:
            if offer in given_up or (given_up and self.is_often(offer)):
                continue
            answer = do(self.session, offer, self.values(offer))
            if isinstance(answer, Accepted):
                self.after(offer)
                return None
            self.refused = answer
        return (ordered or (Offer(number=0, kind="task", node="", name=self.session.graph.name),))[0]

    def after(self, offer: Offer) -> None:
        self.tried[offer.kind, offer.node] += 1
        if offer.kind == "task":
            minutes = self.guesses.chance.randint(*MINUTES_FOR_A_TASK)
            self.refused = pass_time(self.session, self.session.now + timedelta(minutes=minutes))

    def ordered(self, offers: tuple[Offer, ...]) -> list[Offer]:
        """Return the offers in the order in which to try them."""
        by_people = self.guesses.shuffled_offers([one for one in offers if one.kind in BY_PEOPLE])
        clocks = [one for one in offers if one.kind == "timer"]
        urgent = [one for one in offers if one.kind in URGENT]
        often = [one for one in by_people if self.is_often(one)]
        by_people = [one for one in by_people if one not in often]
        clocks += often
        if clocks and self.guesses.chance.random() < CHANCE_OF_CLOCK:
            # any of them, so that a far one is reached too; what is due before it happens on the way
            return [*urgent, *self.guesses.shuffled_offers(clocks), *by_people]
        return [*urgent, *by_people, *clocks]

    def is_often(self, offer: Offer) -> bool:
        """Say whether this arrived so often that it leads nowhere."""
        return offer.kind in ARRIVING and self.tried[offer.kind, offer.node] >= MOST_ARRIVALS

    # What to say --------------------------------------------------------------------------------------------

    def values(self, offer: Offer) -> dict[str, Any]:
        """Return made-up answers, variables or data for an offer."""
        say = {
            "start": lambda: {**self.guesses.at_start(), **self.answers(offer)},
            "task": lambda: {**self.guesses.at_completion(), **self.answers(offer)},
            "incident": lambda: self.repair(offer),
            "condition": lambda: self.guesses.making(offer.who, self.session.marking, self.session.now) or {},
            "service": lambda: self.guesses.given_by(self.session.graph.nodes[offer.node]),
            "call": lambda: self.brought_back(offer),
        }.get(offer.kind)
        return say() if say else {}

    def brought_back(self, offer: Offer) -> dict[str, Any]:
        """Return what a called process would have in its data."""
        call = self.session.graph.nodes[offer.node].call
        return self.guesses.for_sources([rule.value for rule in call.outputs] if call else [])

    def answers(self, offer: Offer) -> dict[str, Any]:
        form = self.session.case.part.model.forms.get(offer.form or "")
        if form is None:
            return {}
        node = self.session.graph.nodes[offer.node]
        rights = node.duty.rights if offer.role != "contribute" else {}
        answers = Answers(self.guesses.chance, self.session.now, self.language)
        return answers.fill(form, self.session.marking.variables, rights).values

    def repair(self, offer: Offer) -> dict[str, Any]:
        """Return variables with which a stopped case may go on."""
        incident = self.session.marking.incidents[offer.what]
        node = self.session.graph.nodes[offer.node]
        if incident.code == "no_condition_true":
            found = self.guesses.opening(node, self.session.marking, self.session.now)
            return found or {}
        names = incident.params.get("values", {})
        return self.guesses.draw(name for name in names if name in self.guesses.candidates.names)
