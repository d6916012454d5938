"""Checks of an answer that has been read: bounds, lengths, counts and the form's own rules."""

from collections.abc import Iterator
from typing import Any

from shuli.core.forms.conditions import Scope, bound_value, fails, to_json
from shuli.core.forms.conversion import to_feel
from shuli.core.forms.definition import (
    AttachmentField,
    ChoicesField,
    DateField,
    DateTimeField,
    FieldBase,
    LongTextField,
    MoneyField,
    NumberField,
    TableField,
    TextField,
    TextListField,
)
from shuli.core.forms.outcome import Setting, Wrong, wrong
from shuli.core.forms.patterns import fits
from shuli.core.text import Text


def checks(one: FieldBase, value: Any, scope: Scope, setting: Setting) -> Iterator[Wrong]:
    """Yield what is wrong with a value that is there; a draft is not asked for what may still come."""
    if isinstance(one, NumberField | MoneyField | DateField | DateTimeField):
        yield from _bounds(one, value, scope, setting)
    if not setting.complete:
        return
    if isinstance(one, TextField | LongTextField) and len(value) < one.min_length:
        yield wrong("too_short", limit=one.min_length, found=len(value))
    if isinstance(one, TextField) and one.pattern and not fits(one.pattern, value):
        yield _unlike(one)
    if isinstance(one, ChoicesField | TextListField | AttachmentField) and len(value) < one.min_items:
        yield wrong("too_few", limit=one.min_items, found=len(value))
    if isinstance(one, AttachmentField):
        yield from _kinds(one, value)
    if isinstance(one, TableField) and len(value) < one.min_rows:
        yield wrong("too_few", limit=one.min_rows, found=len(value))
    for rule in one.rules:
        if fails(rule.condition, scope, setting.now):
            yield Wrong(code="rule", params={"zh": rule.message.zh, "en": rule.message.en})


def _unlike(one: TextField) -> Wrong:
    message = one.pattern_message
    if message == Text():
        return wrong("pattern", limit=one.pattern)
    return Wrong(code="rule", params={"zh": message.zh, "en": message.en})


def _bounds(
    one: NumberField | MoneyField | DateField | DateTimeField,
    value: Any,
    scope: Scope,
    setting: Setting,
) -> Iterator[Wrong]:
    found = to_feel(one, value)
    low, high = bound_value(one.min, scope, setting), bound_value(one.max, scope, setting)
    if low is not None and _is_less(found, low):
        yield wrong("below_min", limit=to_json(low))
    if high is not None and _is_less(high, found):
        yield wrong("above_max", limit=to_json(high))


def _is_less(one: Any, other: Any) -> bool:
    try:
        return bool(one < other)
    except TypeError:
        # a bound of another type, such as a moment for a date, bounds nothing
        return False


def _kinds(one: AttachmentField, value: list[dict[str, str]]) -> Iterator[Wrong]:
    for kind in one.kinds:
        found = sum(file.get("kind") == kind.key for file in value)
        if found < kind.min:
            yield wrong("attachment_kind_missing", kind=kind.key, limit=kind.min, found=found)
