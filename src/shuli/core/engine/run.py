"""One command being carried out: the working copy of the marking, the events so far, and what is still to do."""

from collections import deque
from datetime import datetime
from typing import Any

from shuli.core.engine.applying import APPLIERS, owned
from shuli.core.engine.events import Event, IncidentRaised, VariablesSet
from shuli.core.engine.expressions import Problem, compiled, condition, constant, evaluate
from shuli.core.engine.marking import ROOT, CaseStatus, Marking, Step, Token
from shuli.core.engine.plan import Plan
from shuli.core.engine.world import World

COUNTER = "loopCounter"  # BPMN's name for the number of an instance; the mark of an instance's scope


class Run:
    """The only object of the engine that changes; it lives for one command."""

    # What most commands never change stands here once, and costs nothing to set up.
    ending: CaseStatus = "approved"  # how the case counts if its last token ends now
    ending_reason = ""
    ending_trail: tuple[Step, ...] = ()  # what the tokens that are cut off had behind them
    look_at_joins = False  # a join may have become complete, or may never be
    variables_changed = False
    steps = 0

    def __init__(self, plan: Plan, marking: Marking, world: World, actor: str) -> None:
        self.plan = plan
        self.marking = owned(marking)
        self.world = world
        self.now: datetime = world.now
        self.actor = actor
        self.events: list[Event] = []
        self.arrivals: deque[int] = deque()  # tokens that reached a node and have not entered it
        self.left_scopes: list[int] = []  # scopes in which a token ended
        if plan.counts_classically:
            self.look_at_joins = True
        self._last = marking.last_id

    def emit(self, event: Event) -> None:
        """Record what happened and apply it to the working copy: the only way in which a marking changes."""
        self.events.append(event)
        APPLIERS[type(event)](self.marking, event)

    def number(self) -> int:
        """Return a new number of this case, for a token, visit, seat, timer…"""
        self._last += 1
        return self._last

    # Variables ------------------------------------------------------------------------------------------

    def context(self, scope: int) -> dict[str, Any]:
        """Return the variables that an expression sees in a scope: the inner ones hide the outer ones."""
        if scope == ROOT:
            return self.marking.variables
        chain = []
        while scope != ROOT:
            inner = self.marking.scopes[scope]
            if inner.variables:
                chain.append(inner.variables)
            scope = inner.parent
        if not chain:
            return self.marking.variables
        seen = dict(self.marking.variables)
        for variables in reversed(chain):
            seen.update(variables)
        return seen

    def set_variables(self, values: dict[str, Any], scope: int) -> None:
        """Write variables where the scope keeps them: an instance of many keeps its own, else the case."""
        self.emit(VariablesSet(values=values, scope=self.keeper(scope)))
        self.variables_changed = True

    def keeper(self, scope: int) -> int:
        """Return the innermost multi-instance scope around, or the case's."""
        while scope != ROOT:
            inner = self.marking.scopes[scope]
            if COUNTER in inner.variables and self.plan.places[inner.node].node.multiple:
                return scope
            scope = inner.parent
        return ROOT

    # Expressions ----------------------------------------------------------------------------------------

    def value(self, source: str, scope: int, more: dict[str, Any] | None = None) -> Any:
        """Return an expression's value in a scope, or the Problem with it."""
        fixed = constant(source)
        if fixed is not None:
            return fixed
        return evaluate(source, self._names_for(source, scope, more), self.now)

    def holds(self, source: str, scope: int, more: dict[str, Any] | None = None) -> bool | Problem:
        """Return whether a condition holds in a scope, or the Problem with it."""
        return condition(source, self._names_for(source, scope, more), self.now)

    def _names_for(self, source: str, scope: int, more: dict[str, Any] | None) -> dict[str, Any]:
        names = self.context(scope)
        if more:
            names = {**names, **more}
        if "case" in compiled(source).variables and "case" not in names:
            names = {**names, "case": self._case()}
        return names

    def _case(self) -> dict[str, Any]:
        """Return what expressions may read of the case itself, under the name `case`."""
        m = self.marking
        return {
            "starter": m.starter,
            "custodian": m.custodian,
            "started_at": m.started_at,
            "rounds": m.rounds,
            "performers": m.performers,
        }

    # Incidents ------------------------------------------------------------------------------------------

    def incident(self, token: Token, problem: Problem, phase: Any = "enter") -> None:
        """Stop the token here until a person has mended what is wrong."""
        self.emit(
            IncidentRaised(
                incident=self.number(),
                code=problem.code,
                node=token.node,
                token=token.id,
                params=problem.params,
                phase=phase,
            )
        )
