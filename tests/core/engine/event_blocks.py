"""Random blocks about events beside the flow, complex joins and compensation, for models that an oracle plays too."""

from shuli.core.bpmn.graph import EventRule
from shuli.core.engine import building as b
from shuli.core.engine import building_events as be

EVENT_COMPOSITES = ("reported", "signalled", "failing", "beside", "some", "deal", "regret")


class EventBlocks:
    """Mixed into the maker of models, which has `dice`, `name`, `flag`, `task` and `blocks`."""

    def choice_to(self, *blocks):
        """Return a way that is taken when a flag says so, else nothing is done."""
        return b.choice((self.flag(), list(blocks)), (None, []))

    def throw(self, trigger, name=None):
        event = EventRule(trigger=trigger, name=name)
        return b.node("intermediate_throw_event", self.name("e"), event=event)

    def end(self, trigger):
        return b.end(self.name("z"), trigger)

    def make_reported(self, blocks, wanted):
        """A sub-process that reports outward, to its edge or to an event sub-process, interrupting or not."""
        inside = [*blocks(wanted), self.task(), self.throw("escalation"), *blocks()]
        part = b.sub_process(self.name("s"), *inside)
        if self.dice.random() < 0.5:
            return be.with_events(part, self.beside("escalation", blocks))
        return b.bounded(part, self.edge("escalation", blocks))

    def make_signalled(self, blocks, wanted):
        """A sub-process that throws a signal which ends it, or begins something beside it."""
        name = self.name("signal")
        inside = [*blocks(wanted), self.task(), self.throw("signal", name), self.task()]
        return b.bounded(b.sub_process(self.name("s"), *inside), self.edge("signal", blocks, name))

    def make_failing(self, blocks, wanted):
        """A sub-process that may fail, which its edge or an event sub-process catches."""
        part = b.sub_process(self.name("s"), *blocks(wanted), self.task(), self.choice_to(self.end("error")))
        if self.dice.random() < 0.5:
            return be.with_events(part, self.beside("error", blocks, interrupting=True))
        event = EventRule(trigger="error")
        return b.bounded(part, b.Boundary(id=self.name("b"), event=event, blocks=(self.task(),)))

    def make_beside(self, blocks, wanted):
        """A sub-process with event sub-processes that begin by a message and by a timer."""
        part = b.sub_process(self.name("s"), *blocks(wanted), self.task())
        interrupting = self.dice.random() < 0.3
        by_message = self.beside("message", blocks, interrupting=interrupting, name=self.name("message"))
        by_timer = be.Beside(id=self.name("v"), event=b.timer_event("PT1H"), blocks=(self.task(),))
        return be.with_events(part, by_message, by_timer)

    def make_some(self, blocks, wanted):
        branches = [blocks(wanted), blocks(), blocks()]
        return be.enough(
            f"activationCount >= {self.dice.choice((1, 2, 2, 3))}", *branches, name=self.name("some")
        )

    def make_deal(self, blocks, wanted):
        inside = [self.undoable(), *blocks(wanted), self.undoable(), self.choice_to(self.end("cancel"))]
        return be.transaction(self.name("d"), *inside, cancelled=(self.task(),))

    def make_regret(self, blocks, wanted):
        return b.sub_process(
            self.name("s"),
            self.undoable(),
            *blocks(wanted),
            self.task(),
            self.choice_to(self.throw("compensation")),
        )

    def undoable(self):
        return be.undone(self.task(), self.task())

    def edge(self, trigger, blocks, name=None):
        return b.Boundary(
            id=self.name("b"),
            event=EventRule(trigger=trigger, name=name),
            blocks=(self.task(), self.task()),
            interrupting=self.dice.random() < 0.5,
        )

    def beside(self, trigger, blocks, name=None, interrupting=None):
        interrupts = self.dice.random() < 0.4 if interrupting is None else interrupting
        event = EventRule(trigger=trigger, name=name)
        return be.Beside(
            id=self.name("v"), event=event, blocks=(self.task(), *blocks()), interrupting=interrupts
        )
