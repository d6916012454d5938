"""Functions on lists; positions count from 1, or from the end when they are negative."""

from decimal import Decimal
from functools import cmp_to_key
from typing import Any

from shuli.core.feel.budget import Run
from shuli.core.feel.compare import order, same
from shuli.core.feel.errors import Failure
from shuli.core.feel.functions.signature import BuiltIn, form
from shuli.core.feel.invocation import invoke
from shuli.core.feel.kinds import kind_name
from shuli.core.feel.numbers import whole
from shuli.core.feel.values import Function

# Values of these types are equal exactly when Python says so, and can be looked up by hash.
_HASHED = frozenset({str, bool, Decimal, type(None)})


def list_contains(run: Run, items: list[Any], element: Any) -> bool:
    run.spend(2 * len(items))
    return any(same(item, element, run) for item in items)


def sublist(run: Run, items: list[Any], start: Decimal, length: Decimal | None = None) -> list[Any] | Failure:
    first = _index(items, start)
    count = len(items) if length is None else whole(length)
    if first is None or count is None or count < 0 or (length is not None and first + count > len(items)):
        return _no_position(start)
    run.take_room(count)
    return items[first : first + count]


def append(run: Run, items: list[Any], more: list[Any]) -> list[Any]:
    run.take_room(len(items) + len(more))
    return [*items, *more]


def concatenate(run: Run, lists: list[Any]) -> list[Any] | Failure:
    result: list[Any] = []
    for items in lists:
        if items is None:
            return Failure(
                "wrong_argument", function="concatenate", name="list", expected="list", found="null"
            )
        part = items if type(items) is list else [items]
        run.take_room(len(part))
        result.extend(part)
    return result


def union(run: Run, lists: list[Any]) -> list[Any] | Failure:
    result = concatenate(run, lists)
    return result if isinstance(result, Failure) else distinct_values(run, result)


def distinct_values(run: Run, items: list[Any]) -> list[Any]:
    seen: set[Any] = set()
    others: list[Any] = []
    kept: list[Any] = []
    for item in items:
        if type(item) in _HASHED:
            key: Any = (type(item), item)
            known = key in seen
            seen.add(key)
        else:
            run.spend(3 * len(others) + 1)
            known = any(same(item, other, run) for other in others)
            others.append(item)
        if not known:
            kept.append(item)
    run.take_room(len(kept))
    return kept


def insert_before(run: Run, items: list[Any], position: Decimal, item: Any) -> list[Any] | Failure:
    index = _index(items, position)
    if index is None:
        return _no_position(position)
    run.take_room(len(items) + 1)
    return [*items[:index], item, *items[index:]]


def remove(run: Run, items: list[Any], position: Decimal) -> list[Any] | Failure:
    index = _index(items, position)
    if index is None:
        return _no_position(position)
    run.take_room(len(items))
    return [*items[:index], *items[index + 1 :]]


def replace_at(run: Run, items: list[Any], position: Decimal, item: Any) -> list[Any] | Failure:
    index = _index(items, position)
    if index is None:
        return _no_position(position)
    run.take_room(len(items))
    return [*items[:index], item, *items[index + 1 :]]


def replace_matching(run: Run, items: list[Any], match: Function, item: Any) -> list[Any] | Failure:
    run.take_room(len(items))
    result: list[Any] = []
    for old in items:
        found = invoke(run, match, [old, item])
        if type(found) is Failure:
            return found
        if type(found) is not bool:
            return Failure("wrong_type", expected="boolean", found=kind_name(found))
        result.append(item if found else old)
    return result


def reverse(run: Run, items: list[Any]) -> list[Any]:
    run.take_room(len(items))
    return items[::-1]


def index_of(run: Run, items: list[Any], match: Any) -> list[Decimal]:
    run.spend(3 * len(items))
    return [Decimal(number) for number, item in enumerate(items, 1) if same(item, match, run)]


def flatten(run: Run, items: list[Any]) -> list[Any]:
    result: list[Any] = []
    open_lists = [iter(items)]
    while open_lists:
        for item in open_lists[-1]:
            run.spend(3)
            if type(item) is list:
                open_lists.append(iter(item))
                break
            result.append(item)
        else:
            open_lists.pop()
    run.take_room(len(result))
    return result


def sort(run: Run, items: list[Any], precedes: Function | None = None) -> list[Any] | Failure:
    run.take_room(len(items))
    try:
        if precedes is None:
            run.spend(len(items) * 10)
            return sorted(items, key=cmp_to_key(_natural_order))
        return [key.item for key in sorted(_Sortable(run, precedes, item) for item in items)]
    except _NoOrder as refused:
        return refused.failure


class _NoOrder(Exception):  # noqa: N818 — it only carries the failure out of Python's sort
    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.code)
        self.failure = failure


class _Sortable:
    """An item for Python's stable sort, which asks only whether one comes before another."""

    __slots__ = ("item", "precedes", "run")

    def __init__(self, run: Run, precedes: Function, item: Any) -> None:
        self.run = run
        self.precedes = precedes
        self.item = item

    def __lt__(self, other: "_Sortable") -> bool:
        found = invoke(self.run, self.precedes, [self.item, other.item])
        if type(found) is Failure:
            raise _NoOrder(found)
        return found is True


def _natural_order(left: Any, right: Any) -> int:
    found = order(left, right)
    if found is None:
        raise _NoOrder(Failure("wrong_types", operator="sort", left=kind_name(left), right=kind_name(right)))
    return found


def _index(items: list[Any], position: Decimal) -> int | None:
    number = whole(position)
    if number is None or number == 0 or abs(number) > len(items):
        return None
    return number - 1 if number > 0 else len(items) + number


def _no_position(position: Decimal) -> Failure:
    return Failure("out_of_range", found=f"position {position}")


_ANY = "Any|null"
LISTS = (
    BuiltIn("list contains", form(f"list: list, element: {_ANY}", list_contains)),
    BuiltIn("sublist", form("list: list, start position: number, length?: number", sublist)),
    BuiltIn("append", form(f"list: list, item...: {_ANY}", append)),
    BuiltIn("concatenate", form(f"list...: {_ANY}", concatenate)),
    BuiltIn("union", form(f"list...: {_ANY}", union)),
    BuiltIn("distinct values", form("list: list", distinct_values)),
    BuiltIn("insert before", form(f"list: list, position: number, newItem: {_ANY}", insert_before)),
    BuiltIn("remove", form("list: list, position: number", remove)),
    BuiltIn(
        "list replace",
        form(f"list: list, position: number, newItem: {_ANY}", replace_at),
        form(f"list: list, match: function, newItem: {_ANY}", replace_matching),
    ),
    BuiltIn("reverse", form("list: list", reverse)),
    BuiltIn("index of", form(f"list: list, match: {_ANY}", index_of)),
    BuiltIn("flatten", form("list: list", flatten)),
    BuiltIn("sort", form("list: list, precedes?: function", sort)),
)
