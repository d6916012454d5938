"""Which fork pairs with which join, what lies in each branch, and where that fails.

A fork and a join pair when every path from the fork leads through the join (or breaks the whole scope off), every path to
the join comes from the fork, and no two branches meet before it. A fork whose branches all end by themselves needs no
join. The design of the engine, "Returns and jumps across parallel regions", says what follows for a pair.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from shuli.core.bpmn.compile.shape import ROOT, Shape, dominators
from shuli.core.bpmn.graph import Node

Branches = Mapping[str, frozenset[str]]


class Block(Struct, frozen=True, kw_only=True):
    """A fork, its join if it has one, and the nodes of each branch by the flow that it begins with."""

    fork: str
    join: str | None
    branches: Branches


class Trouble(Struct, frozen=True, kw_only=True):
    """Where forks and joins do not pair; the parameters are ids of nodes."""

    code: str
    element: str
    params: Mapping[str, Any]


class Structure(Struct, frozen=True, kw_only=True):
    blocks: tuple[Block, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    sides: Mapping[str, frozenset[str]] = {}  # non-interrupting boundary event -> the nodes of its own path


def structure_of(nodes: Mapping[str, Node], scope: str) -> Structure:
    """Return the block structure of one scope."""
    shape = Shape(nodes, scope)
    main = shape.reach(shape.roots)
    blocks, troubles = _analysed(shape, shape.roots, main)
    sides: dict[str, frozenset[str]] = {}
    claimed = main
    waiting = _sides_on(shape, main)
    while waiting:
        boundary = waiting.pop(0)
        path = shape.reach([boundary])
        own = path - claimed
        if boundary not in own:
            continue
        troubles += _merging(shape, boundary, path & main)
        sides[boundary], claimed = own, claimed | own
        inner, inner_troubles = _analysed(shape, (boundary,), own)
        blocks, troubles = blocks + inner, troubles + inner_troubles
        waiting += _sides_on(shape, own)
    return Structure(blocks=tuple(blocks), troubles=tuple(troubles), sides=sides)


def _sides_on(shape: Shape, inside: frozenset[str]) -> list[str]:
    return [way.target for name in sorted(inside) for way in shape.ways[name] if way.is_side]


def _merging(shape: Shape, boundary: str, shared: frozenset[str]) -> list[Trouble]:
    """Tell a side path that goes on with the main flow's work; sharing an end event does no harm."""
    working = sorted(name for name in shared if not shape.is_end(name) and not shape.is_abort(name))
    first = next(
        (name for name in working if not _comes_from(shape, name, shared)), next(iter(working), None)
    )
    if first is None:
        return []
    return [Trouble(code="side_path_merges", element=boundary, params={"name": boundary, "target": first})]


def _comes_from(shape: Shape, name: str, sources: frozenset[str]) -> bool:
    """Say whether every way to a node comes from among `sources`."""
    return all(flow.source in sources for flow in shape.nodes[name].incoming)


def _analysed(
    shape: Shape, roots: Iterable[str], inside: frozenset[str]
) -> tuple[list[Block], list[Trouble]]:
    search = _Search(shape, dominators(shape, tuple(roots), inside), inside)
    found = [search.block_of(fork) for fork in sorted(inside) if shape.is_fork(fork)]
    blocks = [one for one in found if isinstance(one, Block)]
    troubles = [one for one in found if isinstance(one, Trouble)]
    told = {name for trouble in troubles for name in _names(trouble.params)} | {
        block.join for block in blocks
    }
    troubles += [
        Trouble(code="join_unpaired", element=name, params={"join": name})
        for name in sorted(inside)
        if shape.is_join(name) and shape.nodes[name].kind == "parallel_gateway" and name not in told
    ]
    return blocks, troubles


def _names(params: Mapping[str, Any]) -> Iterator[str]:
    for value in params.values():
        yield from value if isinstance(value, tuple) else (value,)


class _Search:
    """Find the join of each fork among the nodes of one path."""

    def __init__(self, shape: Shape, nearest: Mapping[str, str], inside: frozenset[str]) -> None:
        self.shape = shape
        self.nearest = nearest
        self.inside = inside
        self.joins_of: dict[str, list[str]] = {}
        for name in sorted(inside):
            if shape.is_join(name):
                self.joins_of.setdefault(nearest[name], []).append(name)

    def block_of(self, fork: str) -> Block | Trouble:
        joins = self.joins_of.get(fork, [])
        if not joins:
            return self.open_block(fork)
        tried = [self.closed_block(fork, join) for join in joins]
        blocks = [one for one in tried if isinstance(one, Block)]
        # Of several failures the one of the outermost join says most.
        return (
            blocks[0]
            if blocks
            else max(zip(tried, joins, strict=True), key=lambda pair: self.depth(pair[1]))[0]
        )

    def depth(self, join: str) -> int:
        return -len(self.shape.reach([join]))

    def closed_block(self, fork: str, join: str) -> Block | Trouble:
        branches = self.branches(fork, join)
        region = frozenset().union(*branches.values())
        trouble = (
            self.escape(fork, region)
            or self.early_end(fork, join, branches)
            or self.meeting(fork, branches)
            or self.mismatch(fork, join, branches)
        )
        return trouble or Block(fork=fork, join=join, branches=branches)

    def open_block(self, fork: str) -> Block | Trouble:
        """Return the block of a fork whose branches all end by themselves."""
        branches = self.branches(fork, ROOT)
        region = frozenset().union(*branches.values())
        outer = tuple(
            name for name in sorted(region) if self.shape.is_join(name) and not self.is_above(fork, name)
        )
        if outer:
            return Trouble(code="fork_unpaired", element=fork, params={"fork": fork, "joins": outer})
        trouble = self.escape(fork, region) or self.meeting(fork, branches)
        return trouble or Block(fork=fork, join=None, branches=_apart(branches))

    def branches(self, fork: str, join: str) -> dict[str, frozenset[str]]:
        return {
            way.flow: self.shape.reach([way.target], without=join) & self.inside
            for way in self.shape.ways[fork]
            if way.flow
        }

    def is_above(self, fork: str, name: str) -> bool:
        """Say whether every path to `name` leads through `fork`."""
        while name != ROOT:
            name = self.nearest[name]
            if name == fork:
                return True
        return False

    def escape(self, fork: str, region: frozenset[str]) -> Trouble | None:
        if fork not in region:
            return None
        return Trouble(code="leaves_block", element=fork, params={"fork": fork})

    def early_end(self, fork: str, join: str, branches: Branches) -> Trouble | None:
        for flow, branch in branches.items():
            end = next((name for name in sorted(branch) if self.shape.is_end(name)), None)
            if end is None:
                continue
            reaches = join in self.shape.reach([self.target(fork, flow)])
            code = "ends_inside_block" if reaches else "branch_without_join"
            return Trouble(code=code, element=end, params={"fork": fork, "join": join, "end": end})
        return None

    def target(self, fork: str, flow: str) -> str:
        return next(way.target for way in self.shape.ways[fork] if way.flow == flow)

    def meeting(self, fork: str, branches: Branches) -> Trouble | None:
        """Tell where branches run into one another; that all end at one end event does no harm."""
        shared = [
            name for name in _shared(branches) if not (self.shape.is_end(name) or self.shape.is_abort(name))
        ]
        if not shared:
            return None
        together = frozenset(shared)
        first = next((name for name in shared if not _comes_from(self.shape, name, together)), shared[0])
        if self.shape.is_join(first):
            return Trouble(code="join_partial", element=first, params={"fork": fork, "join": first})
        return Trouble(code="branches_meet", element=first, params={"fork": fork, "name": first})

    def mismatch(self, fork: str, join: str, branches: Branches) -> Trouble | None:
        if self.shape.nodes[join].kind != "parallel_gateway":
            return None
        params = {"fork": fork, "join": join}
        if self.shape.is_conditional(fork):
            return Trouble(code="join_differs", element=join, params=params)
        for flow, branch in branches.items():
            arriving = [
                one for one in self.shape.nodes[join].incoming if one.source in branch or one.id == flow
            ]
            if len(arriving) > 1 and not self.divides(branch):
                return Trouble(code="branch_arrives_twice", element=join, params=params)
        return None

    def divides(self, branch: frozenset[str]) -> bool:
        """Say whether a fork without a join of its own lies in a branch; that is told by itself."""
        joined = {self.nearest[name] for name in branch if self.shape.is_join(name)}
        return any(self.shape.is_fork(name) and name not in joined for name in branch)


def _shared(branches: Branches) -> list[str]:
    """Return the nodes that lie in more than one branch."""
    counted = Counter(name for branch in branches.values() for name in branch)
    return sorted(name for name, count in counted.items() if count > 1)


def _apart(branches: Branches) -> Branches:
    """Leave out the end events that branches share: a token there is in none of them any more."""
    shared = frozenset(_shared(branches))
    return {flow: branch - shared for flow, branch in branches.items()}


def placed(
    nodes: Mapping[str, Node], structures: Mapping[str, Structure]
) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return for each node the forks around it, outermost first, each with the flow of its branch.

    What lies in a sub-process, or on the path of a non-interrupting boundary event, lies in the branch of that activity.
    """
    own = {scope: _branches_in(structure) for scope, structure in structures.items()}
    side_of = {
        name: boundary
        for structure in structures.values()
        for boundary, path in structure.sides.items()
        for name in path
    }
    found: dict[str, tuple[tuple[str, str], ...]] = {}

    def branches_at(name: str) -> tuple[tuple[str, str], ...]:
        if name not in found:
            node = nodes[name]
            around = branches_at(node.scope) if node.scope else ()
            activity = nodes[side_of[name]].attached_to if name in side_of else None
            if activity in nodes:
                around = branches_at(activity or "")
            found[name] = (*around, *own[node.scope].get(name, ()))
        return found[name]

    return {name: branches_at(name) for name in nodes}


def _branches_in(structure: Structure) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the branches of one scope by node, those of the larger block first: it is the outer one."""
    found: dict[str, list[tuple[str, str]]] = {}
    sizes = {block.fork: sum(map(len, block.branches.values())) for block in structure.blocks}
    for block in sorted(structure.blocks, key=lambda block: -sizes[block.fork]):
        for flow, branch in block.branches.items():
            for name in branch:
                found.setdefault(name, []).append((block.fork, flow))
    return {name: tuple(branches) for name, branches in found.items()}
