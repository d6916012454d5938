"""Event sub-processes: while a scope runs, a watching token stands at the start of each that waits for something.

A watching token is on a path of its own, as one that a non-interrupting boundary event began: joins and returns pass it
by, and the scope ends without asking it. What the event begins is a token at the event sub-process, with a scope inside.
"""

from shuli.core.engine.cancelling import empty_scope
from shuli.core.engine.events import TokenConsumed
from shuli.core.engine.marking import ROOT, Marking, Region, Token
from shuli.core.engine.plan import Place, Plan
from shuli.core.engine.run import Run
from shuli.core.engine.tokens import Path, Trail, create


def watch(run: Run, scope: int, watchers: tuple[Place, ...], trail: Trail = (), path: Path = ()) -> None:
    """Let a scope that has been opened wait for what its event sub-processes wait for."""
    for start in watchers:
        create(run, start.id, scope=scope, trail=trail, path=(*path, Region(start.id, run.number())))


def is_watching(plan: Plan, token: Token) -> bool:
    """Say whether the token only waits for an event sub-process to begin."""
    return plan.places[token.node].watches and token.path[-1].node == token.node


def begin(run: Run, scope: int, start: Place) -> None:
    """Let the event sub-process behind `start` begin; interrupting, it takes the place of everything in the scope."""
    trail, path = around(run.marking, scope)
    if start.node.interrupting:
        empty_scope(run, scope, start.id)
    else:
        trail = ()  # beside the flow it ends by itself, and nobody goes back from it
    create(run, start.node.scope, scope=scope, trail=trail, path=(*path, Region(start.id, run.number())))


def around(marking: Marking, scope: int) -> tuple[Trail, Path]:
    """Return what was done before a scope, and where it stands: from an event sub-process nobody goes back into it."""
    if scope == ROOT:
        return (), ()
    one = marking.scopes[scope]
    owner = marking.tokens[one.token]
    path = (*owner.path, Region(one.node, scope))
    return tuple(step for step in owner.trail if step.path[: len(path)] != path), path


def rest(run: Run, watcher: Token) -> None:
    """Take a watching token away that has nothing left to wait for: its event happens once."""
    m = run.marking
    awaited = {one.token for one in m.timers.values()} | {one.token for one in m.subscriptions.values()}
    if watcher.id in m.tokens and watcher.id not in awaited:
        run.emit(TokenConsumed(token=watcher.id))
