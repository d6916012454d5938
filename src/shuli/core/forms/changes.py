"""What differs between two versions of one form: fields that came, went, moved, and every property that changed."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import msgspec
from msgspec import Struct

from shuli.core.forms.definition import FormDefinition, Section
from shuli.core.text import Text

ChangeKind = Literal["added", "removed", "moved", "changed"]
PartKind = Literal["form", "section", "field", "column", "option", "fixed_row", "kind", "rule"]

# What has parts of its own: the property, what one part is, and the property by which parts are known again.
PARTS: Mapping[str, tuple[PartKind, str]] = {
    "columns": ("column", "key"),
    "options": ("option", "code"),
    "fixed_rows": ("fixed_row", "key"),
    "kinds": ("kind", "key"),
    "rules": ("rule", "condition"),
}


class Step(Struct, frozen=True, kw_only=True):
    """One level of the place of a change, such as the field that holds the column."""

    part: PartKind
    key: str
    name: Text = Text()


class Change(Struct, frozen=True, kw_only=True):
    """One difference. `place` leads from the outside in; a changed property has its name and both values."""

    kind: ChangeKind
    place: tuple[Step, ...]
    property: str = ""
    before: Any = None
    after: Any = None


def form_changes(before: FormDefinition, after: FormDefinition) -> tuple[Change, ...]:
    """Return what differs, in the order of the later form; nothing when, and only when, both are the same.

    Sections are known again by their titles, else by the fields they share; fields by their keys.
    """
    pairs = _pairs_of_sections(before.sections, after.sections)
    place = (Step(part="form", key=after.key, name=after.title),)
    return (
        *_properties(before, after, place, besides=("sections",)),
        *_sections(before.sections, after.sections, pairs),
        *_fields(before.sections, after.sections, pairs),
    )


# Sections -----------------------------------------------------------------------------------------------------


def _pairs_of_sections(before: Sequence[Section], after: Sequence[Section]) -> dict[int, int]:
    """Return for numbers of sections now the numbers that they had."""
    pairs: dict[int, int] = {}
    for likeness in (_same_title, _shared_fields):
        for now, section in enumerate(after):
            left = [old for old in range(len(before)) if old not in pairs.values()]
            if now in pairs or not left:
                continue
            best = max(left, key=lambda old: (likeness(before[old], section), -abs(old - now)))
            if likeness(before[best], section):
                pairs[now] = best
    for now in range(min(len(after), len(before))):
        if now not in pairs and now not in pairs.values():
            pairs[now] = now
    return dict(sorted(pairs.items()))


def _same_title(one: Section, other: Section) -> int:
    return int(one.title == other.title and one.title != Text())


def _shared_fields(one: Section, other: Section) -> int:
    return len({field.key for field in one.fields} & {field.key for field in other.fields})


def _sections(
    before: Sequence[Section], after: Sequence[Section], pairs: Mapping[int, int]
) -> Iterator[Change]:
    for old, section in enumerate(before):
        if old not in pairs.values():
            yield Change(kind="removed", place=(_section_step(old, section),))
    staying = _in_order(list(pairs.values()))
    for now, section in enumerate(after):
        place = (_section_step(now, section),)
        if now not in pairs:
            yield Change(kind="added", place=place)
            continue
        if pairs[now] not in staying:
            yield Change(kind="moved", place=place)
        yield from _properties(before[pairs[now]], section, place, besides=("fields",))


def _section_step(number: int, section: Section) -> Step:
    return Step(part="section", key=str(number + 1), name=section.title)


# Fields -------------------------------------------------------------------------------------------------------


def _fields(
    before: Sequence[Section], after: Sequence[Section], pairs: Mapping[int, int]
) -> Iterator[Change]:
    old, new = _named_fields(before), _named_fields(after)
    for name, (_section, field) in old.items():
        if name not in new:
            yield Change(kind="removed", place=(_step("field", field, "key"),))
    order = {name: at for at, name in enumerate(old)}
    staying: set[int] = set()
    for now in range(len(after)):
        kept = [n for n, (at, _) in new.items() if at == now and n in old and old[n][0] == pairs.get(now, -1)]
        staying |= _in_order([order[name] for name in kept])
    for name, (_section, field) in new.items():
        place = (_step("field", field, "key"),)
        if name not in old:
            yield Change(kind="added", place=place)
            continue
        if order[name] not in staying:
            yield Change(kind="moved", place=place)
        yield from _properties(old[name][1], field, place)


def _named_fields(sections: Sequence[Section]) -> dict[tuple[str, int], tuple[int, Any]]:
    """Return every field with the number of its section, by its key; a key that comes twice has two numbers."""
    found: dict[tuple[str, int], tuple[int, Any]] = {}
    for number, section in enumerate(sections):
        for field in section.fields:
            found[_free(found, field.key)] = (number, field)
    return found


def _free(taken: Mapping[tuple[str, int], Any], key: str) -> tuple[str, int]:
    number = 0
    while (key, number) in taken:
        number += 1
    return key, number


# Properties and their parts -----------------------------------------------------------------------------------


def _properties(
    before: Struct, after: Struct, place: tuple[Step, ...], besides: Sequence[str] = ()
) -> Iterator[Change]:
    old_type, new_type = before.__struct_config__.tag, after.__struct_config__.tag
    if old_type != new_type:
        yield Change(kind="changed", place=place, property="type", before=old_type, after=new_type)
    names = [info.name for one in (after, before) for info in msgspec.structs.fields(one)]
    for name in dict.fromkeys(names):
        old, new = getattr(before, name, None), getattr(after, name, None)
        # another type has other properties; that says enough
        is_of_both = old_type == new_type or (hasattr(before, name) and hasattr(after, name))
        if name in besides or old == new or not is_of_both:
            continue
        if name in PARTS and isinstance(new, tuple) and isinstance(old, tuple):
            yield from _parts(name, old, new, place)
        else:
            yield Change(kind="changed", place=place, property=name, before=old, after=new)


def _parts(
    name: str, before: Sequence[Any], after: Sequence[Any], place: tuple[Step, ...]
) -> Iterator[Change]:
    part, key = PARTS[name]
    old, new = _named(before, key), _named(after, key)
    for one in (old[name] for name in old if name not in new):
        yield Change(kind="removed", place=(*place, _step(part, one, key)))
    order = {name: at for at, name in enumerate(old)}
    staying = _in_order([order[name] for name in new if name in old])
    for known, one in new.items():
        inner = (*place, _step(part, one, key))
        if known not in old:
            yield Change(kind="added", place=inner)
            continue
        if order[known] not in staying:
            yield Change(kind="moved", place=inner)
        yield from _properties(old[known], one, inner)


def _named(parts: Sequence[Any], key: str) -> dict[tuple[str, int], Any]:
    found: dict[tuple[str, int], Any] = {}
    for one in parts:
        found[_free(found, getattr(one, key))] = one
    return found


def _step(part: PartKind, one: Any, key: str) -> Step:
    # a rule has a message, everything else a label
    name = getattr(one, "message", Text()) if part == "rule" else one.label
    return Step(part=part, key=getattr(one, key), name=name)


def _in_order(numbers: Sequence[int]) -> set[int]:
    """Return the most numbers that stand in rising order: whoever has them has not moved."""
    ends: list[int] = []
    lengths: list[int] = []
    for number in numbers:
        at = bisect_left(ends, number)
        ends[at:] = [number, *ends[at + 1 :]]
        lengths.append(at)
    kept: set[int] = set()
    wanted, highest = len(ends) - 1, float("inf")
    for number, length in zip(reversed(numbers), reversed(lengths), strict=True):
        if length == wanted and number < highest:
            kept.add(number)
            wanted, highest = wanted - 1, number
    return kept
