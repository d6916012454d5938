"""Compensation (补偿): what has been completed and can be undone, and undoing it, the latest first.

Of an activity with a compensation handler one record is kept for each running scope, however often a loop has done it: the
handler undoes what the activity has done so far, and reads in `completedRounds` how often that was. When a sub-process
is completed, what can be undone in it is handed to the scope around, unless it has a handler of its own.
"""

from shuli.core.engine import events as e
from shuli.core.engine.marking import ROOT, Region, Scope, Token, Undoable
from shuli.core.engine.plan import Place, Plan
from shuli.core.engine.run import Run
from shuli.core.engine.tokens import create

ROUNDS = "completedRounds"


def hand_up(run: Run, scope: int, to: int) -> None:
    """Keep what can be undone of a scope that is completed in the scope around it."""
    if any(one.scope == scope for one in run.marking.undoable):
        run.emit(e.UndoableHandedUp(scope=scope, to=to))


def begin_undoing(run: Run, token: Token, place: Place) -> bool:
    """Begin to undo what the event at `place` names; return whether there is anything to wait for."""
    number = run.number()
    if latest(run, token, place, number) is None:
        return False
    run.emit(e.ScopeOpened(scope=number, node=place.id, parent=token.scope, token=token.id))
    undo_next(run, token, place, run.marking.scopes[number])
    return True


def undo_next(run: Run, token: Token, place: Place, scope: Scope) -> bool:
    """Undo what was completed last before the undoing began; False: nothing is left, and the scope is closed."""
    record = latest(run, token, place, scope.id)
    if record is None:
        run.emit(e.ScopeClosed(scope=scope.id))
        return False
    handler = run.plan.places[record.node].handler
    run.emit(e.UndoStarted(node=record.node, scope=record.scope))
    run.emit(e.VariablesSet(values={ROUNDS: record.rounds}, scope=scope.id))
    # The trail is the throwing token's: nobody goes back to a step that has been undone.
    path = (*token.path, Region(place.id, scope.id))
    create(run, handler or place.id, scope=scope.id, trail=token.trail, path=path)
    return True


def latest(run: Run, token: Token, place: Place, before: int) -> Undoable | None:
    """Return what was completed last before a number was given, of all that the event at `place` means."""
    scope, wanted = undone_scope(run, token), place.node.event.activity
    found = [
        one
        for one in run.marking.undoable
        if one.scope == scope
        and one.order < before
        and (wanted is None or lies_in(run.plan, one.node, wanted))
    ]
    return max(found, key=lambda one: one.order, default=None)


def undone_scope(run: Run, token: Token) -> int:
    """Return the scope whose work a token undoes: from an event sub-process it is the one around."""
    scope = token.scope
    while scope != ROOT and run.plan.places[run.marking.scopes[scope].node].node.kind == "event_sub_process":
        scope = run.marking.scopes[scope].parent
    return scope


def lies_in(plan: Plan, node: str, activity: str) -> bool:
    """Say whether a node is the activity or lies inside it."""
    while node:
        if node == activity:
            return True
        node = plan.graph.nodes[node].scope
    return False
