"""In which column a shape stands: the order of the flow, read from left to right.

Layers by longest path, then tightened so that lines get short (Sugiyama, Tagawa, Toda 1981; Gansner et al. 1993).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from shuli.core.bpmn.layout.values import Link, Shape, Sketch

# An expanded sub-process covers as many columns as it needs of this width.
COLUMN_WIDTH = 150
TIGHTENING_ROUNDS = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Ranks:
    """The column of every shape that a line holds somewhere, and which links run against the flow."""

    column: Mapping[str, int]
    span: Mapping[str, int]
    columns: int
    backward: frozenset[str]


@dataclass(kw_only=True, slots=True)
class _Arrows:
    """The flow without its loops: who must stand how far to the right of whom."""

    after: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    before: dict[str, list[tuple[str, int]]] = field(default_factory=dict)

    def add(self, source: str, target: str, distance: int) -> None:
        self.after.setdefault(source, []).append((target, distance))
        self.before.setdefault(target, []).append((source, distance))

    def reaches(self, start: str, goal: str) -> bool:
        seen, waiting = {start}, [start]
        while waiting:
            here = waiting.pop()
            if here == goal:
                return True
            for following, _distance in self.after.get(here, ()):
                if following not in seen:
                    seen.add(following)
                    waiting.append(following)
        return False


def rank(sketch: Sketch) -> Ranks:
    """Return the columns of all shapes."""
    shapes = {shape.id: shape for shape in sketch.shapes}
    span = {shape.id: span_of(shape) for shape in sketch.shapes}
    flows = [link for link in sketch.links if link.kind == "flow" and _joins_two(shapes, link)]
    backward = _backward(sketch.shapes, shapes, flows)
    forward = [link for link in flows if link.id not in backward]
    arrows = _arrows(shapes, span, forward, sketch.links)
    _add_jumps(arrows, sketch, span)
    members = [shape.id for shape in sketch.shapes if _is_placed_by_flow(shape, arrows)]
    column = _tightened(_longest_paths(members, arrows), members, arrows)
    _part_stages(shapes, column, span)
    _place_the_rest(sketch.shapes, shapes, column)
    columns = max((column[key] + span[key] for key in column), default=1)
    for shape in sketch.shapes:
        if shape.wide:
            column[shape.id], span[shape.id] = 0, columns
    return Ranks(column=column, span=span, columns=columns, backward=backward)


def carrier(shapes: Mapping[str, Shape], key: str) -> str:
    """Return the shape that holds the place: the activity of a boundary event, else the shape itself."""
    host = shapes[key].attached_to
    return key if host is None else host


def span_of(shape: Shape) -> int:
    """Return how many columns a shape covers."""
    return 1 if shape.wide else max(1, round(shape.width / COLUMN_WIDTH))


def _joins_two(shapes: Mapping[str, Shape], link: Link) -> bool:
    return carrier(shapes, link.source) != carrier(shapes, link.target)


def _backward(order: Iterable[Shape], shapes: Mapping[str, Shape], flows: Iterable[Link]) -> frozenset[str]:
    """Return the flows that close a loop, seen from where the process starts."""
    leaving: dict[str, list[tuple[str, str]]] = {}
    entered: set[str] = set()
    for link in flows:
        source, target = carrier(shapes, link.source), carrier(shapes, link.target)
        leaving.setdefault(source, []).append((link.id, target))
        entered.add(target)
    keys = [shape.id for shape in order]
    keys.sort(key=lambda key: key in entered)
    done: set[str] = set()
    back: set[str] = set()
    for key in keys:
        back.update(_loops_from(key, leaving, done))
    return frozenset(back)


def _loops_from(start: str, leaving: Mapping[str, list[tuple[str, str]]], done: set[str]) -> Iterator[str]:
    """Yield the links that lead back onto the path, walking in depth without recursion."""
    if start in done:
        return
    path = {start: iter(leaving.get(start, ()))}
    while path:
        here = next(reversed(path))
        for link, target in path[here]:
            if target in path:
                yield link
            elif target not in done:
                path[target] = iter(leaving.get(target, ()))
                break
        else:
            done.add(here)
            del path[here]


def _arrows(
    shapes: Mapping[str, Shape], span: Mapping[str, int], forward: list[Link], links: Iterable[Link]
) -> _Arrows:
    arrows = _Arrows()
    drops = _drops(shapes, span, forward)
    for link in forward:
        source, target = carrier(shapes, link.source), carrier(shapes, link.target)
        arrows.add(source, target, 0 if link.id in drops else span[source])
    for link in links:
        source, target = carrier(shapes, link.source), carrier(shapes, link.target)
        is_soft = link.kind == "message" and not (shapes[source].wide or shapes[target].wide)
        # A message is not drawn backwards unless the flows ask for it.
        if is_soft and source != target and not arrows.reaches(target, source):
            arrows.add(source, target, 0)
    return arrows


def _add_jumps(arrows: _Arrows, sketch: Sketch, span: Mapping[str, int]) -> None:
    """Let what follows a connector stand to the right of it, unless it leads back.

    Walking from where the process starts meets the connectors in the order in which they are read.
    """
    leads_to: dict[str, str] = {jump.source: jump.target for jump in sketch.jumps}
    caught = set(leads_to.values())
    waiting = [
        shape.id for shape in sketch.shapes if shape.id not in arrows.before and shape.id not in caught
    ]
    seen = set(waiting)
    for here in waiting:
        following = [target for target, _distance in arrows.after.get(here, ())]
        if here in leads_to and not arrows.reaches(leads_to[here], here):
            arrows.add(here, leads_to[here], span[here])
            following.append(leads_to[here])
        waiting += [one for one in dict.fromkeys(following) if one not in seen]
        seen.update(following)


def _drops(shapes: Mapping[str, Shape], span: Mapping[str, int], forward: list[Link]) -> set[str]:
    """Return the hand-overs to the neighbouring lane that may run straight down or up in one column.

    Both ends must have nothing else on that side of the flow, or the picture would no longer read left to right.
    """
    leaving: dict[str, int] = {}
    entering: dict[str, int] = {}
    for link in forward:
        leaving[carrier(shapes, link.source)] = leaving.get(carrier(shapes, link.source), 0) + 1
        entering[carrier(shapes, link.target)] = entering.get(carrier(shapes, link.target), 0) + 1
    drops: set[str] = set()
    taken: set[str] = set()
    for link in forward:
        source, target = link.source, link.target
        if not (_is_plain(shapes, span, source) and _is_plain(shapes, span, target)):
            continue
        is_only = leaving[source] == 1 and entering[target] == 1
        is_next_lane = abs(shapes[source].lane - shapes[target].lane) == 1
        if is_only and is_next_lane and source not in taken and target not in taken:
            drops.add(link.id)
            taken.update((source, target))
    return drops


def _is_plain(shapes: Mapping[str, Shape], span: Mapping[str, int], key: str) -> bool:
    shape = shapes[key]
    return shape.outline == "box" and shape.attached_to is None and span[key] == 1


def _is_placed_by_flow(shape: Shape, arrows: _Arrows) -> bool:
    if shape.wide or shape.attached_to is not None:
        return False
    return shape.id in arrows.after or shape.id in arrows.before


def _longest_paths(members: list[str], arrows: _Arrows) -> dict[str, int]:
    column = dict.fromkeys(members, 0)
    for key in _topological(members, arrows):
        for following, distance in arrows.after.get(key, ()):
            column[following] = max(column[following], column[key] + distance)
    return column


def _topological(members: list[str], arrows: _Arrows) -> list[str]:
    missing = {key: len(arrows.before.get(key, ())) for key in members}
    ready = [key for key in members if not missing[key]]
    for key in ready:
        for following, _distance in arrows.after.get(key, ()):
            missing[following] -= 1
            if not missing[following]:
                ready.append(following)
    return ready


def _tightened(column: dict[str, int], members: list[str], arrows: _Arrows) -> dict[str, int]:
    """Move shapes with room to either side towards where most of their lines lead."""
    order = _topological(members, arrows)
    for _round in range(TIGHTENING_ROUNDS):
        moved = False
        for key in reversed(order):
            place = _better_column(key, column, arrows)
            moved = moved or place != column[key]
            column[key] = place
        if not moved:
            break
    return column


def _better_column(key: str, column: Mapping[str, int], arrows: _Arrows) -> int:
    before, after = arrows.before.get(key, ()), arrows.after.get(key, ())
    if not after:
        return max((column[one] + distance for one, distance in before), default=column[key])
    if len(after) > len(before):
        return min(column[one] - distance for one, distance in after)
    return column[key]


def _part_stages(shapes: Mapping[str, Shape], column: dict[str, int], span: Mapping[str, int]) -> None:
    """Move the shapes of each stage to the right of all shapes of the stages before; within it they keep their order."""
    free = 0
    for stage in sorted({shape.stage for shape in shapes.values() if shape.stage is not None}):
        members = [key for key in column if shapes[key].stage == stage]
        if members:
            first = min(column[key] for key in members)
            for key in members:
                column[key] += free - first
            free = max(column[key] + span[key] for key in members)


def _place_the_rest(order: Iterable[Shape], shapes: Mapping[str, Shape], column: dict[str, int]) -> None:
    """Give notes the column of what they explain."""
    for shape in order:
        if shape.beside is not None and shape.id not in column:
            column[shape.id] = column.get(carrier(shapes, shape.beside), 0)
