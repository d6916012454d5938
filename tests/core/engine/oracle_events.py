"""The oracle's part about events beside the flow, complex joins and compensation, from BPMN 2.0.2 alone (10.5.6, 10.7, 13.4, 13.5)."""

from collections.abc import Iterable, Iterator

from core.engine.oracle import NOTHING, Done, Oracle, Region, Stack, Token
from shuli.core.bpmn.graph import Flow, Node


class FullOracle(Oracle):
    """One case of one graph, with everything that the random models hold."""

    def __init__(self, graph) -> None:
        super().__init__(graph)
        self.fired: set[int] = set()  # firings of forks whose complex join has gone on
        self.undoable: dict[tuple[int, str], int] = {}  # what can be undone in which run, and its order

    # What must be -----------------------------------------------------------------------------------------

    @property
    def messages(self) -> list[tuple[str, tuple[int, ...]]]:
        """Return the event sub-processes that a message may begin now."""
        watching = ((one.node, one.counters) for one in self.tokens.values() if one.kind == "watch")
        return sorted(one for one in watching if self.graph.nodes[one[0]].event.trigger == "message")

    @property
    def kept(self) -> list[str]:
        """Return what can still be undone."""
        live = {0} | {run for token in self.tokens.values() for run in token.running}
        return sorted(node for run, node in self.undoable if run in live)

    # What happens -----------------------------------------------------------------------------------------

    def start(self, variables: dict[str, object]) -> None:
        self._watch("", (), NOTHING)
        super().start(variables)

    def fire(self, name: str, counters: tuple[int, ...], rank: int = 0) -> None:
        node = self.graph.nodes[name]
        if node.kind != "start_event":
            super().fire(name, counters, rank)
            return
        watcher = self.find("watch", name, counters, rank)
        if node.event.trigger == "timer":
            del self.tokens[watcher.id]
        self._begin(node, watcher.stack, watcher.trail)
        self._settle()

    def _settle(self) -> None:
        super()._settle()
        if self.ended:
            self.tokens.clear()
            self.undoable.clear()

    # Event sub-processes ----------------------------------------------------------------------------------

    def _starts_in(self, scope: str) -> Iterable[Node]:
        parts = [
            one for one in self.graph.nodes.values() if one.kind == "event_sub_process" and one.scope == scope
        ]
        return [self.graph.nodes[one.starts[0]] for one in parts]

    def _watch(self, scope: str, stack: Stack, trail: frozenset[int]) -> None:
        for start in self._starts_in(scope):
            if start.event.trigger in ("message", "timer"):
                self._put(start.id, stack, trail, "watch")

    def _open_frame(self, host: Token, counter: int) -> None:
        known = set(host.running)
        super()._open_frame(host, counter)
        for run in host.running - known:
            self._watch_run(host, run, counter)

    def _watch_run(self, host: Token, run: int, counter: int) -> None:
        frame = Region(
            kind="frame", node=host.node, id=run, entry=host.entry, counter=counter, before=host.trail
        )
        self._watch(host.node, (*host.stack, frame), host.trail)

    def _rebuilt(self, target, live, trail) -> Stack:
        stack = super()._rebuilt(target, live, trail)
        for depth, region in enumerate(stack):
            if region.kind == "frame" and region.id not in live:
                self._watch(region.node, stack[: depth + 1], region.before & trail)
        return stack

    def _begin(self, start: Node, stack: Stack, trail: frozenset[int]) -> None:
        """An event sub-process begins in the run that the stack names."""
        if start.interrupting:
            self._empty(stack)
        before = NOTHING if start.interrupting else trail
        side = Region(kind="side", node=start.id, id=self._number(), before=before)
        self._open_frame(self._put(start.scope, (*stack, side), trail, "host"), 0)

    def _empty(self, stack: Stack) -> None:
        """Take away everything in a run."""
        for one in list(self.tokens.values()):
            if [region.id for region in one.stack[: len(stack)]] == [region.id for region in stack]:
                self.tokens.pop(one.id, None)

    # Throwing ---------------------------------------------------------------------------------------------

    def _arrive(self, name: str, flow: Flow | None, stack: Stack, trail: frozenset[int]) -> None:
        node = self.graph.nodes[name]
        throws = node.kind in ("intermediate_throw_event", "end_event")
        trigger = node.event.trigger if throws else ""
        if node.kind == "complex_gateway" and len(node.incoming) > 1:
            if stack[-1].id not in self.fired:
                self._put(name, stack, trail, "join", flow=flow.id if flow else "")
        elif node.kind == "transaction":
            self._open_frame(self._put(name, stack, trail, "host"), 0)
        elif trigger == "cancel":
            self._cancel(node, stack)
        elif trigger == "compensation":
            self._undo(node, stack, trail)
        elif trigger in ("error", "escalation", "signal"):
            self._throw(node, stack, trail)
        else:
            super()._arrive(name, flow, stack, trail)

    def _throw(self, node: Node, stack: Stack, trail: frozenset[int]) -> None:
        if node.event.trigger == "signal":
            self._signal(node.event.name)
            goes_on = self._runs(stack)
        else:
            goes_on = not self._outward(node.event.trigger, stack)
        if goes_on and node.kind == "end_event":
            self._end(stack, trail)
        elif goes_on:
            self._leave(node, stack, trail)

    def _runs(self, stack: Stack) -> bool:
        """Say whether everything that encloses a token is still there."""
        running = {run for token in self.tokens.values() for run in token.running}
        return all(region.id in running for region in stack if region.kind == "frame")

    def _signal(self, name: str | None) -> None:
        """Everything that waits for the signal hears it, what is outside first."""
        for token in sorted(self.tokens.values(), key=lambda one: len(one.stack)):
            for edge in sorted(token.armed):
                rule = self.graph.nodes[edge].event
                if token.id in self.tokens and (rule.trigger, rule.name) == ("signal", name):
                    self._edge(token, self.graph.nodes[edge])

    def _outward(self, trigger: str, stack: Stack) -> bool:
        """Let the nearest event around catch what was thrown; say whether it took the place of who threw it."""
        while True:
            depth = max((at for at, one in enumerate(stack) if one.kind == "frame"), default=-1)
            scope = stack[depth].node if depth >= 0 else ""
            host = self._host_of(stack[depth].id) if depth >= 0 else None
            caught = [one for one in self._starts_in(scope) if one.event.trigger == trigger]
            if caught and not self._is_handling(stack[depth + 1 :]):
                self._begin(caught[0], stack[: depth + 1], host.trail if host else NOTHING)
                return caught[0].interrupting
            if host is None:
                return False
            for edge in sorted(host.armed):
                if self.graph.nodes[edge].event.trigger == trigger:
                    self._edge(host, self.graph.nodes[edge])
                    return self.graph.nodes[edge].interrupting
            stack = host.stack

    def _is_handling(self, inside: Stack) -> bool:
        """Say whether this comes from an event sub-process: what goes wrong there is not for another beside it."""
        return any(
            region.kind == "side" and self.graph.nodes[region.node].kind == "start_event" for region in inside
        )

    def _host_of(self, run: int) -> Token:
        return next(one for one in self.tokens.values() if run in one.running)

    # Complex joins ----------------------------------------------------------------------------------------

    def _group(self, token: Token) -> int:
        is_complex = self.graph.nodes[token.node].kind == "complex_gateway"
        return token.stack[-1].id if is_complex else super()._group(token)

    def _may_join(self, node: Node, arrived: list[Token]) -> bool:
        if node.kind == "complex_gateway":
            return len(arrived) >= int(node.activation.rsplit(" ", 1)[1])
        return super()._may_join(node, arrived)

    def _join(self, node: Node, arrived: list[Token]) -> None:
        if node.kind == "complex_gateway":
            self.fired.add(arrived[0].stack[-1].id)
        super()._join(node, arrived)

    def _counts(self, token: Token, arrived: Token) -> bool:
        late = {region.id for region in token.stack if region.kind == "fork" and region.id in self.fired}
        return super()._counts(token, arrived) and late <= {region.id for region in arrived.stack}

    def _reachable(self, token: Token) -> Iterator[Done]:
        """Yield what the token may go back to: where a complex join has left it behind, only what it did since the fork."""
        late = {region.id for region in token.stack if region.kind == "fork" and region.id in self.fired}
        for done in super()._reachable(token):
            if late <= {region.id for region in done.stack}:
                yield done

    # Compensation -----------------------------------------------------------------------------------------

    def _leave(self, node: Node, stack: Stack, trail: frozenset[int]) -> None:
        if self._handler(node):
            self.undoable[self._run(stack), node.id] = self._number()
        super()._leave(node, stack, trail)

    def _handler(self, node: Node) -> str | None:
        events = (self.graph.nodes[name] for name in node.boundaries)
        return next((one.handler for one in events if one.handler), None)

    def _run(self, stack: Stack) -> int:
        return next((region.id for region in reversed(stack) if region.kind == "frame"), 0)

    def _frame_over(self, host: Token, over: int) -> None:
        """What can be undone in a run that has gone well is undone with the run around it."""
        super()._frame_over(host, over)
        outer = self._run(host.stack)
        for (run, node), order in list(self.undoable.items()):
            if run == over:
                del self.undoable[run, node]
                self.undoable[outer, node] = max(order, self.undoable.get((outer, node), 0))

    def _undo(self, node: Node, stack: Stack, trail: frozenset[int]) -> None:
        self._next_undo(self._put(node.id, stack, trail, "undo"))

    def _cancel(self, node: Node, stack: Stack) -> None:
        depth = max(at for at, one in enumerate(stack) if one.kind == "frame")
        self._empty(stack[: depth + 1])
        self._undo(node, stack[: depth + 1], self._host_of(stack[depth].id).trail)

    def _next_undo(self, token: Token) -> None:
        """Undo what was completed last before this began, or go on."""
        run = self._run(token.stack)
        left = [
            (order, node) for (at, node), order in self.undoable.items() if at == run and order < token.id
        ]
        if left:
            _, node = max(left)
            del self.undoable[run, node]
            frame = Region(
                kind="frame", node=token.node, id=self._number(), entry=token.entry, before=token.trail
            )
            token.running.add(frame.id)
            self._arrive(self._handler(self.graph.nodes[node]), None, (*token.stack, frame), token.trail)
        else:
            self._undone(token)

    def _undone(self, token: Token) -> None:
        del self.tokens[token.id]
        node = self.graph.nodes[token.node]
        if node.event.trigger == "cancel":
            host = self._host_of(self._run(token.stack))
            edges = [self.graph.nodes[name] for name in host.armed]
            self._edge(host, next(one for one in edges if one.event.trigger == "cancel"))
        elif node.kind == "end_event":
            self._end(token.stack, token.trail)
        else:
            self._leave(node, token.stack, token.trail)

    def _run_over(self, host: Token) -> None:
        if host.kind == "undo":
            self._next_undo(host)
        else:
            super()._run_over(host)
