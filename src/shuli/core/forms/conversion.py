"""Turn one raw answer into the value that is stored, by the type of its field: one row a type in `CONVERTERS`."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, TypeVar

from shuli.core.forms.definition import (
    MOST_ITEMS,
    AttachmentField,
    BooleanField,
    CaseField,
    ChoiceField,
    ChoicesField,
    DateField,
    DateTimeField,
    DepartmentField,
    FieldBase,
    LongTextField,
    MoneyField,
    NumberField,
    PersonField,
    PostField,
    RatingField,
    SignatureField,
    TextField,
    TextListField,
    TimeField,
)
from shuli.core.forms.outcome import Setting, Wrong, wrong
from shuli.core.forms.scalars import (
    is_empty,
    json_number,
    read_boolean,
    read_date,
    read_datetime,
    read_number,
    read_text,
    read_time,
)

Converted = Any
"""The value to store, None for an empty answer, or a `Wrong`."""

Item = TypeVar("Item")

# Longer than any username, code or case number.
LONGEST_CODE = 200

LONGEST_FILE_NAME = 255


def convert(field: FieldBase, raw: Any, setting: Setting) -> Converted:
    """Return the value to store for an answer, or why there is none."""
    return CONVERTERS[type(field)](field, raw, setting)


def _text(field: TextField, raw: Any, _: Setting) -> Converted:
    return read_text(raw, field.max_length, one_line=True)


def _long_text(field: LongTextField, raw: Any, _: Setting) -> Converted:
    return read_text(raw, field.max_length, one_line=False)


def _number(field: NumberField | MoneyField, raw: Any, _: Setting) -> Converted:
    number = read_number(raw)
    if not isinstance(number, Decimal):
        return number
    if field.decimals is not None and number != round(number, field.decimals):
        return wrong("too_many_decimals", limit=field.decimals)
    return json_number(number)


def _boolean(_: BooleanField, raw: Any, __: Setting) -> Converted:
    return read_boolean(raw)


def _date(_: DateField, raw: Any, __: Setting) -> Converted:
    return read_date(raw)


def _time(_: TimeField, raw: Any, __: Setting) -> Converted:
    return read_time(raw)


def _datetime(_: DateTimeField, raw: Any, setting: Setting) -> Converted:
    return read_datetime(raw, setting.zone)


def _choice(field: ChoiceField, raw: Any, _: Setting) -> Converted:
    code = _code(raw)
    if code is None or isinstance(code, Wrong):
        return code
    return code if any(option.code == code for option in field.options) else wrong("not_option", found=raw)


def _choices(field: ChoicesField, raw: Any, _: Setting) -> Converted:
    codes = _codes(raw, field.max_items)
    if not isinstance(codes, list):
        return codes
    known = [option.code for option in field.options]
    for code in codes:
        if code not in known:
            return wrong("not_option", found=code)
    return [code for code in known if code in codes]


def _reference(field: PersonField | DepartmentField | PostField, raw: Any, _: Setting) -> Converted:
    return _codes(raw, MOST_ITEMS) if field.many else _code(raw)


def _case(_: CaseField, raw: Any, __: Setting) -> Converted:
    return _code(raw)


def _rating(field: RatingField, raw: Any, _: Setting) -> Converted:
    number = read_number(raw)
    if number is None:
        return None
    if isinstance(number, Wrong) or number not in range(1, field.max + 1):
        return wrong("not_rating", limit=field.max, found=raw)
    return int(number)


def _text_list(field: TextListField, raw: Any, _: Setting) -> Converted:
    items = _items(raw)
    if items is None or isinstance(items, Wrong):
        return items
    kept = []
    for number, item in enumerate(items[:MOST_ITEMS]):
        text = read_text(item, field.max_length, one_line=True)
        if isinstance(text, Wrong):
            return Wrong(code=text.code, params=text.params, path=str(number))
        if text is not None:
            kept.append(text)
    # blanks beyond the bound are no harm, answers are
    found = len(kept) + sum(not is_empty(item) for item in items[MOST_ITEMS:])
    return _at_most(kept, field.max_items, found)


def _attachments(field: AttachmentField, raw: Any, _: Setting) -> Converted:
    items = _items(raw)
    if items is None or isinstance(items, Wrong):
        return items
    files: dict[str, dict[str, str]] = {}
    for number, item in enumerate(items[: MOST_ITEMS + 1]):
        file = _attachment(field, item)
        if isinstance(file, Wrong):
            return Wrong(code=file.code, params=file.params, path=str(number))
        if file is not None:
            files.setdefault(file["id"], file)
    return _at_most(list(files.values()), field.max_items, len(files))


def _attachment(field: AttachmentField, raw: Any) -> dict[str, str] | Wrong | None:
    item = raw if isinstance(raw, Mapping) else {"id": raw}
    key = _code(item.get("id"))
    name = read_text(item.get("name"), LONGEST_FILE_NAME, one_line=True)
    if key is None:
        return None
    if isinstance(key, Wrong) or isinstance(name, Wrong):
        return wrong("not_attachment", found=raw)
    if name and field.types and not name.lower().endswith(tuple(f".{end.lower()}" for end in field.types)):
        return wrong("attachment_type", limit=", ".join(field.types), found=name)
    kind = item.get("kind") or (field.kinds[0].key if len(field.kinds) == 1 else None)
    if field.kinds and not any(kind == known.key for known in field.kinds):
        return wrong("attachment_kind_unknown", found=kind)
    kept = {"id": key, "name": name, "kind": kind if field.kinds else None}
    return {label: value for label, value in kept.items() if value}


def _signature(_: SignatureField, raw: Any, setting: Setting) -> Converted:
    """Sign with the signed-in person and the present moment, whatever the browser says about them."""
    if is_empty(raw) or raw is False:
        return None
    by_whom = raw.get("by") if isinstance(raw, Mapping) else setting.person
    signed = isinstance(raw, Mapping) or read_boolean(raw) is True
    if not signed:
        return None if read_boolean(raw) is False else wrong("not_boolean", found=raw)
    if setting.person is None or setting.now is None or by_whom != setting.person:
        return wrong("nobody_signed_in")
    return {"by": setting.person, "at": setting.now.isoformat()}


def _items(raw: Any) -> list[Any] | Wrong | None:
    """Return the answers of a list; a single one counts as a list of one."""
    if is_empty(raw):
        return None
    if isinstance(raw, str | int | Mapping) and not isinstance(raw, bool):
        return [raw]
    if isinstance(raw, Sequence) and not isinstance(raw, bytes):
        return list(raw)
    return wrong("not_list", found=raw)


def _code(raw: Any) -> str | Wrong | None:
    text = read_text(raw, LONGEST_CODE, one_line=True)
    return wrong("not_code", found=raw) if isinstance(text, Wrong) else text


def _codes(raw: Any, limit: int) -> list[str] | Wrong | None:
    items = _items(raw)
    if items is None or isinstance(items, Wrong):
        return items
    codes: list[str] = []
    for item in items[: MOST_ITEMS + 1]:
        code = _code(item)
        if isinstance(code, Wrong):
            return code
        if code is not None and code not in codes:
            codes.append(code)
    return _at_most(codes, limit, len(codes))


def _at_most(items: list[Item], limit: int, found: int) -> list[Item] | Wrong | None:
    if found > limit:
        return wrong("too_many", limit=limit, found=found)
    return items or None


CONVERTERS: Mapping[type, Callable[[Any, Any, Setting], Converted]] = {
    TextField: _text,
    LongTextField: _long_text,
    NumberField: _number,
    MoneyField: _number,
    DateField: _date,
    TimeField: _time,
    DateTimeField: _datetime,
    ChoiceField: _choice,
    ChoicesField: _choices,
    PersonField: _reference,
    DepartmentField: _reference,
    PostField: _reference,
    CaseField: _case,
    RatingField: _rating,
    TextListField: _text_list,
    AttachmentField: _attachments,
    SignatureField: _signature,
    BooleanField: _boolean,
}
"""How each type of field reads its answer; tables are read row by row, computed and issued ones not at all."""


def to_feel(field: FieldBase, value: Any) -> Any:
    """Return a stored value as FEEL reckons with it: exact numbers, and real dates and times."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(repr(value))
    if not isinstance(value, str):
        return value
    reader = _TEMPORAL.get(type(field))
    try:
        return reader(value) if reader else value
    except ValueError:
        return value


_TEMPORAL: Mapping[type, Callable[[str], Any]] = {
    DateField: date.fromisoformat,
    TimeField: time.fromisoformat,
    DateTimeField: datetime.fromisoformat,
}
