"""An oracle for the engine: the token game once more, from the specification alone.

It knows nothing of how the engine is made. Where the engine counts arrivals by the firing of a fork, the oracle counts
tokens on flows as BPMN's own text does (2.0.2, 13.4.1 to 13.4.3); where the engine cancels by region on a return, the
oracle cancels what descends from the work that is done again. Both must lead to the same open work.
"""

import sys
from collections import ChainMap, Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from shuli.core.bpmn.graph import Flow, Node, ProcessGraph

NOTHING: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Region:
    """What encloses a token: one firing of a fork, one run of a sub-process or instance, or one side path."""

    kind: str  # fork, frame or side
    node: str
    id: int
    flow: str = ""  # fork: the branch
    taken: tuple[str, ...] = ()  # fork: every branch
    before: frozenset[int] = NOTHING  # what was done before it
    entry: int = 0  # frame: when its activity was entered
    counter: int = 0  # frame: which instance


Stack = tuple[Region, ...]


@dataclass(frozen=True, kw_only=True)
class Done:
    """One human node that was completed: what came before, and where."""

    id: int
    node: str
    before: frozenset[int]
    stack: Stack
    entry: int


@dataclass(kw_only=True)
class Token:
    id: int
    node: str
    stack: Stack
    trail: frozenset[int]  # everything that was done before it
    kind: str  # open, join, host, call, timer, watch (for an event sub-process to begin), undo (while others undo)
    flow: str = ""  # join: through which it came
    entry: int = 0
    armed: set[str] = field(default_factory=set)  # boundary events that may still happen
    planned: int = 0  # host of instances
    finished: int = 0
    running: set[int] = field(default_factory=set)  # host: its runs
    ended: frozenset[int] = NOTHING  # host: what was done inside

    @property
    def counters(self) -> tuple[int, ...]:
        return tuple(region.counter for region in self.stack if region.counter)

    @property
    def around(self) -> int:
        """Return which run of a sub-process, or which side path, it stands in."""
        return next((region.id for region in reversed(self.stack) if region.kind != "fork"), 0)

    def inside(self, region_id: int) -> bool:
        return any(region.id == region_id for region in self.stack)


class Oracle:
    """One case of one graph; every method is what happened, `open`, `ended` and `rounds` are what must be now."""

    def __init__(self, graph: ProcessGraph) -> None:
        self.graph = graph
        self.variables: dict[int, dict[str, object]] = {0: {}}  # of the case, and of each instance
        self.tokens: dict[int, Token] = {}
        self.done: dict[int, Done] = {}
        self.rounds: Counter[str] = Counter()
        self.last = 0
        self.ways: dict[tuple[str, str], frozenset[str]] = {}

    # What must be -----------------------------------------------------------------------------------------

    @property
    def open(self) -> list[tuple[str, tuple[int, ...]]]:
        """Return the nodes with open human work, each with the instances it stands in."""
        return sorted((token.node, token.counters) for token in self.tokens.values() if token.kind == "open")

    @property
    def ended(self) -> bool:
        return all(token.kind == "watch" for token in self.tokens.values())

    @property
    def timers(self) -> list[tuple[str, tuple[int, ...]]]:
        """Return the timer events that may happen now."""
        waiting = [(one.node, one.counters) for one in self.tokens.values() if one.kind in ("timer", "watch")]
        armed = [(name, one.counters) for one in self.tokens.values() for name in one.armed]
        return sorted(one for one in waiting + armed if self.graph.nodes[one[0]].event.trigger == "timer")

    def targets(self, token: Token) -> set[str]:
        """Return the nodes that the token may be sent back to."""
        around = {region.node for region in token.stack if region.kind == "frame"}
        found = {done.node for done in self._reachable(token) if not self._is_closed(done, token)}
        return found - {token.node} - around - self._ahead(token)

    def _is_closed(self, done: Done, token: Token) -> bool:
        """Say whether the work lies in a block that a complex join has closed: it may have gone on without the others."""
        live = {region.id for region in token.stack}
        forks = (one for one in done.stack if one.kind == "fork" and one.id not in live)
        joins = (self.graph.nodes[self.graph.nodes[one.node].pair] for one in forks)
        return any(join.kind == "complex_gateway" for join in joins)

    def _ahead(self, token: Token) -> set[str]:
        """Return the nodes that only an earlier firing of a fork around the token has done: here they lie ahead."""
        firings = {one.node: one.id for one in token.stack if one.kind == "fork"}
        return {
            done.node
            for done in self._reachable(token)
            if any(firings.get(one.node, one.id) != one.id for one in done.stack)
        }

    def _reachable(self, token: Token) -> Iterator[Done]:
        """Yield what ancestors of the token did, less what lies beside it or outside its side path."""
        since = NOTHING.union(*(one.before for one in token.stack if one.kind == "side"))
        mine = dict(self._branches(self._position(token)))
        for number in sorted(token.trail - since):
            done = self.done.get(number)
            if done and all(mine.get(fork, flow) == flow for fork, flow in self._branches(done.node)):
                yield done

    def _position(self, token: Token) -> str:
        """Return where in the diagram a token stands: what undoes work stands where that was asked for."""
        frames = [one.node for one in token.stack if one.kind == "frame"]
        undoing = bool(frames) and self.graph.nodes[frames[-1]].kind.endswith("event")
        return frames[-1] if undoing else token.node

    def _branches(self, name: str) -> tuple[tuple[str, str], ...]:
        """Return the branches of forks that the node lies in, also through the sub-processes around it."""
        node = self.graph.nodes[name]
        return (*(self._branches(node.scope) if node.scope else ()), *node.branches)

    def find(self, kind: str, node: str, counters: tuple[int, ...], rank: int = 0) -> Token:
        """Return a token of a kind at a node of an instance, or one with that boundary event armed; which, says the rank."""
        found = [
            one
            for one in self.tokens.values()
            if one.counters == counters and (node in one.armed or (one.node, one.kind) == (node, kind))
        ]
        return sorted(found, key=lambda one: [region.id for region in one.stack])[rank]

    # What happens -----------------------------------------------------------------------------------------

    def start(self, variables: dict[str, object]) -> None:
        self.variables[0] |= variables
        self._arrive(self.graph.starts[0], None, (), NOTHING)
        self._settle()

    def complete(self, token: Token, answers: dict[str, object]) -> None:
        """Somebody did the open work of the token."""
        self._variables(token.stack).update(answers)
        del self.tokens[token.id]
        node = self.graph.nodes[token.node]
        if not _repeats(node):  # otherwise it counts when all instances are done
            self._leave(node, token.stack, self._noted(token))
        self._settle()

    def fire(self, name: str, counters: tuple[int, ...], rank: int = 0) -> None:
        """A timer event happened: the one that a token waits at, or one on the edge of an activity."""
        token = self.find("timer", name, counters, rank)
        node = self.graph.nodes[name]
        if node.kind == "boundary_event":
            token.armed.discard(name)
            self._edge(token, node)
        else:
            del self.tokens[token.id]
            self._leave(node, token.stack, token.trail)
        self._settle()

    def _edge(self, token: Token, node: Node) -> None:
        """An event on the edge of the activity at which the token stands happened."""
        if node.interrupting:
            self._remove(token)
            self._leave(node, token.stack, self._once(token.trail | token.ended))
        else:
            before = token.trail | {token.entry}
            side = Region(kind="side", node=node.id, id=self._number(), before=before)
            self._leave(node, (*token.stack, side), before)

    def child_ended(self, token: Token) -> None:
        del self.tokens[token.id]
        self._leave(self.graph.nodes[token.node], token.stack, token.trail)
        self._settle()

    def send_back(self, token: Token, to: str) -> None:
        """The work goes back: what descends from that node's last round goes, and it begins another round."""
        target = [done for done in self._reachable(token) if done.node == to][-1]
        live = {region.id for region in token.stack}
        reopened = {one.entry for one in target.stack if one.kind == "frame" and one.id not in live}
        undone = {target.id, target.entry} | reopened - {0}
        for one in list(self.tokens.values()):
            if one.id in self.tokens and (one is token or one.trail & undone):
                self._remove(one)
        self._arrive(to, None, self._rebuilt(target, live, token.trail), target.before & token.trail)
        self._settle()

    # How tokens move --------------------------------------------------------------------------------------

    def _number(self) -> int:
        self.last += 1
        return self.last

    def _noted(self, token: Token) -> frozenset[int]:
        """Note that the work of a token is done; return what was done now. A trail keeps each node once."""
        number = self._number()
        done = Done(id=number, node=token.node, before=token.trail, stack=token.stack, entry=token.entry)
        self.done[number] = done
        return self._once(token.trail | {number})

    def _once(self, trail: Iterable[int]) -> frozenset[int]:
        """Keep of each node what was done last, so that a trail is bounded by the model; entries stay."""
        latest = {self.done[one].node if one in self.done else one: one for one in sorted(trail)}
        return frozenset(latest.values())

    def _put(self, node: str, stack: Stack, trail: frozenset[int], kind: str, **more: object) -> Token:
        number = self._number()
        armed = set(self.graph.nodes[node].boundaries) if kind in ("open", "host", "call") else set()
        token = Token(id=number, node=node, stack=stack, trail=trail, kind=kind, armed=armed, **more)
        token.entry = self._number()
        self.tokens[number] = token
        return token

    def _remove(self, token: Token) -> None:
        """Take a token away, with everything that runs inside its activity."""
        self.tokens.pop(token.id, None)
        for one in list(self.tokens.values()):
            if any(region.kind == "frame" and region.entry == token.entry for region in one.stack):
                self.tokens.pop(one.id, None)

    def _variables(self, stack: Stack) -> dict[str, object]:
        """Return what work there writes to: an instance keeps its answers to itself until it ends."""
        for region in reversed(stack):
            if region.counter and self.graph.nodes[region.node].multiple:
                return self.variables.setdefault(region.id, {})
        return self.variables[0]

    def _holds(self, condition: str, stack: Stack) -> bool:
        """Say whether `name = true` holds; the models have no other conditions."""
        known = ChainMap(
            *(self.variables.get(region.id, {}) for region in reversed(stack)), self.variables[0]
        )
        return known[condition.removesuffix(" = true")] is True

    def _leave(self, node: Node, stack: Stack, trail: frozenset[int]) -> None:
        for flow in node.outgoing:
            self._arrive(flow.target, flow, stack, trail)

    def _arrive(self, name: str, flow: Flow | None, stack: Stack, trail: frozenset[int]) -> None:
        node = self.graph.nodes[name]
        if _repeats(node):
            self._open_instances(node, stack, trail)
        elif node.kind == "user_task":
            self._open(node, stack, trail)
        elif node.kind == "sub_process":
            self._open_frame(self._put(name, stack, trail, "host"), 0)
        elif node.kind == "call_activity":
            self._put(name, stack, trail, "call")
        elif node.kind == "intermediate_catch_event":
            self._put(name, stack, trail, "timer")
        elif node.kind == "end_event":
            self._end(stack, trail)
        elif node.kind in ("parallel_gateway", "inclusive_gateway") and len(node.incoming) > 1:
            self._put(name, stack, trail, "join", flow=flow.id if flow else "")
        else:
            self._choose(node, stack, trail)

    def _choose(self, node: Node, stack: Stack, trail: frozenset[int]) -> None:
        """Go on through the flows that a gateway gives, or through the only one."""
        flows = list(node.outgoing)
        if node.kind in ("exclusive_gateway", "inclusive_gateway") and len(flows) > 1:
            default = [one for one in flows if one.is_default]
            flows = [
                one for one in flows if not one.is_default and self._holds(one.condition, stack)
            ] or default
            flows = flows[:1] if node.kind == "exclusive_gateway" else flows
        if node.kind in ("parallel_gateway", "inclusive_gateway") and len(node.outgoing) > 1:
            taken = tuple(one.id for one in flows)
            fork = Region(kind="fork", node=node.id, id=self._number(), taken=taken, before=trail)
            for one in flows:
                self._arrive(one.target, one, (*stack, replace(fork, flow=one.id)), trail)
        else:
            for one in flows:
                self._arrive(one.target, one, stack, trail)

    def _open(self, node: Node, stack: Stack, trail: frozenset[int], **more: object) -> None:
        self.rounds[node.id] += 1
        self._put(node.id, stack, trail, "open", **more)

    # Sub-processes and instances --------------------------------------------------------------------------

    def _open_frame(self, host: Token, counter: int) -> None:
        node = self.graph.nodes[host.node]
        frame = Region(
            kind="frame",
            node=host.node,
            id=self._number(),
            entry=host.entry,
            counter=counter,
            before=host.trail,
        )
        host.running.add(frame.id)
        if node.kind == "user_task":
            self.rounds[node.id] += 1
            token = self._put(node.id, (*host.stack, frame), host.trail, "open")
            token.armed = set()  # events on the edge belong to the whole activity
        else:
            self._arrive(node.starts[0], None, (*host.stack, frame), host.trail)

    def _open_instances(self, node: Node, stack: Stack, trail: frozenset[int]) -> None:
        host = self._put(node.id, stack, trail, "host", planned=self._planned(node, stack))
        at_once = host.planned if node.multiple and not node.multiple.sequential else min(1, host.planned)
        for counter in range(1, at_once + 1):
            self._open_frame(host, counter)
        if not host.planned:
            self._instances_over(host)

    def _planned(self, node: Node, stack: Stack) -> int:
        """Return how many instances there may be; a loop may be bounded by its condition alone."""
        if node.multiple:
            return len(self.variables[0][node.multiple.collection])
        if node.loop.test_before and not self._holds(node.loop.condition, stack):
            return 0
        return node.loop.maximum or sys.maxsize

    def _instance_over(self, host: Token) -> None:
        host.finished += 1
        node = self.graph.nodes[host.node]
        if host.finished >= host.planned or self._enough(node, host):
            self._instances_over(host)
        elif node.loop or node.multiple.sequential:
            if self._acted(host):  # its last whole run is no place to go back to any more
                host.trail = frozenset(one for one in host.trail if not self._is_of(one, host.node))
            self._open_frame(host, host.finished + 1)

    def _acted(self, host: Token) -> bool:
        """Say whether somebody did anything in its instances."""
        return bool(host.ended - host.trail) or (host.finished > 0 and host.node in self.rounds)

    def _is_of(self, number: int, node: str) -> bool:
        return number in self.done and self.done[number].node == node

    def _enough(self, node: Node, host: Token) -> bool:
        if node.loop:
            return not self._holds(node.loop.condition, host.stack)
        completion = node.multiple.completion
        return completion is not None and host.finished >= int(completion.rsplit(" ", 1)[1])

    def _instances_over(self, host: Token) -> None:
        self._remove(host)
        trail = self._noted(host) if self._acted(host) else host.trail  # otherwise no place to go back to
        self._leave(self.graph.nodes[host.node], host.stack, trail)

    def _end(self, stack: Stack, trail: frozenset[int]) -> None:
        """A token ends; at the level of a sub-process, what it did counts for what follows."""
        if stack and stack[-1].kind == "frame":
            hosts = (one for one in self.tokens.values() if stack[-1].id in one.running)
            next(hosts).ended |= trail

    # Settling: what happens by itself ---------------------------------------------------------------------

    def _settle(self) -> None:
        while self._close_one() or self._join_one():
            pass

    def _close_one(self) -> bool:
        """End a run of a sub-process or an instance in which no token is left."""
        waiting = [token for token in self.tokens.values() if token.kind != "watch"]
        inhabited = {region.id for token in waiting for region in token.stack}
        for host in self.tokens.values():
            for over in host.running - inhabited:
                host.running.discard(over)
                self._frame_over(host, over)
                self._variables(host.stack).update(self.variables.pop(over, {}))
                self._run_over(host)
                return True
        return False

    def _frame_over(self, host: Token, over: int) -> None:
        """What only waited in a run that is over waits no longer."""
        for one in [one for one in self.tokens.values() if one.kind == "watch" and one.inside(over)]:
            del self.tokens[one.id]

    def _run_over(self, host: Token) -> None:
        node = self.graph.nodes[host.node]
        if _repeats(node):
            self._instance_over(host)
        else:
            del self.tokens[host.id]
            self._leave(node, host.stack, self._once(host.trail | host.ended))

    def _join_one(self) -> bool:
        groups: dict[tuple[str, int], list[Token]] = {}
        for token in self.tokens.values():
            if token.kind == "join":
                groups.setdefault((token.node, self._group(token)), []).append(token)
        for (name, _), arrived in groups.items():
            if self._may_join(self.graph.nodes[name], arrived):
                self._join(self.graph.nodes[name], arrived)
                return True
        return False

    def _group(self, token: Token) -> int:
        """Return among which tokens one that has arrived counts."""
        return token.around

    def _may_join(self, node: Node, arrived: list[Token]) -> bool:
        marked = {token.flow for token in arrived}
        unmarked = {flow.id for flow in node.incoming} - marked
        if node.kind == "parallel_gateway" or not unmarked:
            return not unmarked
        beside = (
            one
            for one in self.tokens.values()
            if one.around == arrived[0].around and self._counts(one, arrived[0])
        )
        ways = (self._ways(one.node, node.id) for one in beside if one not in arrived)
        return not any(way & unmarked and not way & marked for way in ways)

    def _counts(self, token: Token, arrived: Token) -> bool:
        """Say whether one that has arrived at a join may wait for the token."""
        return token.kind != "watch"

    def _ways(self, start: str, join: str) -> frozenset[str]:
        """Return the flows into the join that a token at `start` can reach without passing the join."""
        if (start, join) not in self.ways:
            self.ways[start, join] = frozenset(self._walk(start, join))
        return self.ways[start, join]

    def _walk(self, start: str, join: str) -> Iterable[str]:
        waiting, seen = [start], {start}
        while waiting:
            node = self.graph.nodes[waiting.pop()]
            edges = [
                self.graph.nodes[name] for name in node.boundaries if self.graph.nodes[name].interrupting
            ]
            for flow in (*node.outgoing, *(flow for edge in edges for flow in edge.outgoing)):
                if flow.target == join:
                    yield flow.id
                elif flow.target not in seen:
                    seen.add(flow.target)
                    waiting.append(flow.target)

    def _join(self, node: Node, arrived: list[Token]) -> None:
        for token in arrived:
            del self.tokens[token.id]
        trail = self._once(frozenset().union(*(token.trail for token in arrived)))
        self._choose(node, arrived[0].stack[:-1], trail)

    # Where a returned token stands ------------------------------------------------------------------------

    def _rebuilt(self, target: Done, live: set[int], trail: frozenset[int]) -> Stack:
        """Open again what enclosed the target and is over; other branches of its forks have arrived."""
        stack: Stack = ()
        for region in target.stack:
            if region.id in live:
                pass
            elif region.kind == "frame":
                host = self._put(region.node, stack, region.before & trail, "host")
                host.entry = region.entry
                host.running.add(region.id)
            else:
                for flow in (flow for flow in region.taken if flow != region.flow):
                    self._arrived(replace(region, flow=flow), stack, trail)
            stack += (region,)
        return stack

    def _arrived(self, branch: Region, stack: Stack, trail: frozenset[int]) -> None:
        inside = {
            number
            for number in trail
            if number in self.done
            and any((one.id, one.flow) == (branch.id, branch.flow) for one in self.done[number].stack)
        }
        join = self.graph.nodes[self.graph.nodes[branch.node].pair]
        flow = next(one for one in join.incoming if self._ends(one, branch))
        self._put(join.id, (*stack, branch), (branch.before & trail) | inside, "join", flow=flow.id)

    def _ends(self, flow: Flow, branch: Region) -> bool:
        own = (branch.node, branch.flow)
        return flow.id == branch.flow or own in self.graph.nodes[flow.source].branches


def _repeats(node: Node) -> bool:
    return bool(node.multiple or node.loop)
