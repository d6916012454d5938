"""Take FEEL values to JSON and back without losing their types.

Numbers are JSON numbers while that is exact, dates, times and durations are `{"@": "2026-03-01"}` as FEEL
writes them after an @, and ranges are `{"@range": "[1..5]"}`. With `plain=True` they are texts, for people.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from shuli.core.feel.convert import feel_value
from shuli.core.feel.functions.ranges import range_from_text
from shuli.core.feel.kinds import KIND_OF
from shuli.core.feel.numbers import is_whole, number_from_literal, number_text
from shuli.core.feel.temporal.reading import temporal_from
from shuli.core.feel.text import feel_text
from shuli.core.feel.types import Simple

_LARGEST_EXACT = 2**53
_TEMPORAL = frozenset(
    {Simple.DATE, Simple.TIME, Simple.DATE_AND_TIME, Simple.DAYS_AND_TIME_DURATION,
     Simple.YEARS_AND_MONTHS_DURATION},
)  # fmt: skip


def to_json(value: Any, *, plain: bool = False) -> Any:
    """Return what the json module can write; a function becomes null, as it has no JSON."""
    kind = KIND_OF.get(type(value))
    if kind is Simple.NUMBER:
        return _number(value, plain=plain)
    if kind is Simple.LIST:
        return [to_json(item, plain=plain) for item in value]
    if kind is Simple.CONTEXT:
        return _context(value, plain=plain)
    if kind in _TEMPORAL:
        return feel_text(value) if plain else {"@": feel_text(value)}
    if kind is Simple.RANGE:
        return feel_text(value) if plain else {"@range": feel_text(value)}
    return None if kind is Simple.FUNCTION else value


def from_json(value: Any) -> Any:
    """Return the FEEL value of what the json module read."""
    if isinstance(value, Mapping):
        return (
            _tagged(value) if len(value) == 1 else {str(key): from_json(item) for key, item in value.items()}
        )
    if isinstance(value, list):
        return [from_json(item) for item in value]
    return feel_value(value)


def _number(value: Decimal | int, *, plain: bool) -> Any:
    number = Decimal(value)
    if is_whole(number) and abs(number) < _LARGEST_EXACT:
        return int(number)
    nearest = float(number)
    if plain or Decimal(repr(nearest)) == number:
        return nearest
    return {"@number": number_text(number)}


def _context(value: Mapping[str, Any], *, plain: bool) -> dict[str, Any]:
    entries = {name: to_json(item, plain=plain) for name, item in value.items()}
    looks_tagged = len(value) == 1 and next(iter(value)).startswith("@")
    return {"@context": entries} if looks_tagged and not plain else entries


def _tagged(value: Mapping[str, Any]) -> Any:
    ((tag, content),) = value.items()
    if tag == "@context" and isinstance(content, Mapping):
        return {str(key): from_json(item) for key, item in content.items()}
    if tag in _TAGS and isinstance(content, str):
        return _TAGS[tag](content)
    return {str(tag): from_json(content)}


_TAGS = {"@": temporal_from, "@number": number_from_literal, "@range": range_from_text}
