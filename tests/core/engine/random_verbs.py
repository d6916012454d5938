"""People who use every approval verb there is, at random, where it makes sense and where it does not."""

from collections.abc import Callable

from core.engine.random_models import MISCHIEF, PEOPLE, Players
from shuli.core.engine import commands as c


class Colleagues(Players):
    """Players who also add signers, delegate, substitute, take back, jump and correct."""

    decided: tuple[int, ...] = ()  # visits that were decided, latest last

    def mischiefs(self):
        return MANNERS

    def send(self, command):
        before = set(self.marking.visits)
        answer = super().send(command)
        self.decided = (*self.decided, *sorted(before - set(self.marking.visits)))[-6:]
        return answer

    def incident(self):
        """Mend what a jump over the beginning of a loop left out."""
        incidents = list(self.marking.incidents)
        counters = [
            node.result for node in self.graph.nodes.values() if (node.result or "").startswith("count_")
        ]
        missing = {name: 9 for name in counters if self.marking.variables.get(name) is None}
        return (
            c.Retry(actor="tom", incident=self.rng.choice(incidents), variables=missing)
            if incidents
            else None
        )

    def someone(self):
        return self.rng.choice(PEOPLE)

    def a_seat(self):
        seats = [seat for visit in self.marking.visits.values() for seat in visit.seats.values()]
        return self.rng.choice(seats) if seats else None

    def add_signer(self):
        seat = self.a_seat()
        people = tuple(self.rng.sample(PEOPLE, self.rng.randint(1, 2)))
        position = self.rng.choice(("before", "after", "beside"))
        rule = self.rng.choice(("all", "any", "sequence"))
        actor = seat and (seat.holder or "ann")
        return seat and c.AddSigner(actor=actor, seat=seat.id, people=people, position=position, rule=rule)

    def remove_signer(self):
        seats = [s for v in self.marking.visits.values() for s in v.seats.values() if s.added_by]
        return c.RemoveSigner(actor="tom", seat=self.rng.choice(seats).id) if seats else None

    def delegate(self):
        seat = self.a_seat()
        return seat and c.Delegate(actor=seat.holder or "ann", seat=seat.id, to=self.someone())

    def substitute(self):
        seat = self.a_seat()
        person = self.rng.choice((None, *PEOPLE))
        return seat and c.Substitute(seat=seat.id, person=person)

    def act_for_another(self):
        seats = [s for v in self.marking.visits.values() for s in v.seats.values() if s.substitute]
        if not seats:
            return None
        seat = self.rng.choice(seats)
        verb = self.rng.choice((c.Claim, c.Complete))
        return verb(actor=seat.substitute, seat=seat.id)

    def give_back(self):
        seats = [seat for seat in self.open_seats() if seat.holder and (seat.pool or seat.principal)]
        if seats:
            seat = self.rng.choice(seats)
            return c.Release(actor=seat.holder, seat=seat.id)
        free = [seat for seat in self.open_seats() if seat.pool and seat.holder is None]
        return c.Claim(actor="ann", seat=free[0].id) if free else None

    def take_back(self):
        if not self.decided:
            return None
        return c.TakeBack(visit=self.rng.choice(self.decided[-2:]), reason="wrong")

    def jump(self):
        tokens = list(self.marking.tokens)
        to = self.rng.choice(list(self.graph.nodes))
        return c.Jump(actor="tom", token=self.rng.choice(tokens), to=to, reason="stuck") if tokens else None

    def tell(self):
        seat = self.a_seat()
        people = tuple(self.rng.sample(PEOPLE, 2))
        if seat is None or self.rng.random() < 0.5:
            return c.Copy(actor="ann", people=people, text="look")
        return c.Urge(actor="ann", seat=seat.id)

    def correct(self):
        values = {name: self.rng.randint(0, 9) for name in ("v1", "v2")}
        return c.Correct(actor="tom", variables=values, reason="typed wrongly")

    def answer_offer(self):
        seat = self.a_seat()
        if seat is None:
            return None
        return self.rng.choice((c.Accept(seat=seat.id), c.Decline(seat=seat.id, reason="no")))

    def return_from_call(self):
        children = list(self.marking.children)
        if not children:
            return None
        return c.ChildEnded(child=self.rng.choice(children), status="returned", reason="incomplete")


MANNERS: tuple[Callable[[Colleagues], c.Command | None], ...] = (
    *MISCHIEF,
    Colleagues.add_signer,
    Colleagues.add_signer,
    Colleagues.remove_signer,
    Colleagues.delegate,
    Colleagues.substitute,
    Colleagues.act_for_another,
    Colleagues.give_back,
    Colleagues.give_back,
    Colleagues.take_back,
    Colleagues.take_back,
    Colleagues.jump,
    Colleagues.jump,
    Colleagues.tell,
    Colleagues.correct,
    Colleagues.answer_offer,
    Colleagues.return_from_call,
)
