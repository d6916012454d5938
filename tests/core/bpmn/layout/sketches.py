"""Sketches for tests: at random, and such as a company draws."""

import random

from hypothesis import strategies as st

from shuli.core.bpmn.layout import Link, Shape, Size, Sketch

SIZES = {"box": (100, 80), "diamond": (50, 50), "circle": (36, 36)}


def shape(key, lane=0, outline="box", label=None, **more) -> Shape:
    width, height = SIZES[outline]
    return Shape(
        **{"id": key, "lane": lane, "outline": outline, "width": width, "height": height, "label": label}
        | more
    )


def name(width=40, height=14) -> Size:
    return Size(width=width, height=height)


def link(source, target, label=None, kind="flow", key="") -> Link:
    return Link(id=key or f"{source}-{target}", source=source, target=target, label=label, kind=kind)


def sketch_of(*flows: str, **lanes: int) -> Sketch:
    """Return tasks joined by flows, such as "a>b"; lanes by name of the task, else the first."""
    pairs = [flow.split(">") for flow in flows]
    keys = dict.fromkeys(key for pair in pairs for key in pair)
    return Sketch(
        shapes=tuple(shape(key, lanes.get(key, 0)) for key in keys),
        links=tuple(link(source, target) for source, target in pairs),
        lanes=max(lanes.values(), default=0) + 1,
    )


@st.composite
def sketches(draw, most=16) -> Sketch:
    """Any graph with at most two lines between the same shapes and five lines at each."""
    lanes = draw(st.integers(1, 4))
    count = draw(st.integers(1, most))
    outlines = st.sampled_from(("box", "box", "box", "diamond", "circle"))
    shapes = []
    for number in range(count):
        outline = draw(outlines)
        label = name(draw(st.sampled_from((30, 60, 90))), draw(st.sampled_from((14, 28))))
        shapes.append(
            shape(f"n{number}", draw(st.integers(0, lanes - 1)), outline, None if outline == "box" else label)
        )
    links = []
    degree: dict[str, int] = {}
    ends = st.integers(0, count - 1)
    for number, (one, two) in enumerate(draw(st.lists(st.tuples(ends, ends), max_size=count + count // 2))):
        source, target = f"n{one}", f"n{two}"
        same = [other for other in links if {other.source, other.target} == {source, target}]
        if one == two or len(same) > 1 or max(degree.get(source, 0), degree.get(target, 0)) > 4:
            continue
        degree[source], degree[target] = degree.get(source, 0) + 1, degree.get(target, 0) + 1
        label = name(draw(st.sampled_from((20, 50)))) if shapes[one].outline == "diamond" else None
        links.append(link(source, target, label, key=f"e{number}"))
    return Sketch(shapes=tuple(shapes), links=tuple(links), lanes=lanes)


class _Blocks:
    """A process of nested blocks: sequences, choices, loops back."""

    def __init__(self, seed: int, count: int, lanes: int) -> None:
        self.random, self.count, self.lanes = random.Random(seed), count, lanes
        self.shapes: list[Shape] = []
        self.links: list[Link] = []
        self.lane = 0

    def add(self, outline="box", label=None) -> str:
        key = f"{outline[0]}{len(self.shapes)}"
        self.shapes.append(shape(key, self.lane, outline, label))
        return key

    def join(self, source, target, label=None) -> None:
        self.links.append(link(source, target, label, key=f"l{len(self.links)}"))

    def task(self, before) -> str:
        if self.random.random() < 0.3:
            self.lane = min(self.lanes - 1, max(0, self.lane + self.random.choice((-1, 1))))
        task = self.add()
        self.join(before, task)
        return task

    def choice(self, before, depth) -> str:
        fork, home, ends = self.add("diamond", name(50)), self.lane, []
        self.join(before, fork)
        for _branch in range(self.random.choice((2, 2, 3))):
            first = self.add()
            self.join(fork, first, name(30))
            ends.append(self.part(first, depth + 1))
            self.lane = home
        merge = self.add("diamond")
        for end in ends:
            self.join(end, merge)
        return merge

    def loop(self, before, depth) -> str:
        first = self.task(before)
        gateway = self.add("diamond", name(40))
        self.join(self.part(first, depth + 1), gateway)
        self.join(gateway, first, name(30))
        return gateway

    def part(self, before, depth=0) -> str:
        for _step in range(self.random.randint(1, 3)):
            chance = self.random.random()
            if chance < 0.6 or depth > 3 or len(self.shapes) > self.count:
                before = self.task(before)
            else:
                before = self.choice(before, depth) if chance < 0.85 else self.loop(before, depth)
        return before

    def sketch(self) -> Sketch:
        before = self.add("circle")
        while len(self.shapes) < self.count:
            before = self.part(before)
        self.join(before, self.add("circle"))
        return Sketch(shapes=tuple(self.shapes), links=tuple(self.links), lanes=self.lanes)


def blocks(seed: int, count: int, lanes: int = 1) -> Sketch:
    """Return a process as people draw them, of about so many shapes."""
    return _Blocks(seed, count, lanes).sketch()
