"""Mistakes in a form that has the right shape: keys, labels, options, bounds, patterns and expressions."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from shuli.core.forms.conditions import compile_problems
from shuli.core.forms.conversion import convert
from shuli.core.forms.definition import (
    MOST_ROWS,
    ROW_KEY,
    AttachmentField,
    AutoNumberField,
    ChoiceField,
    ChoicesField,
    ComputedField,
    DecisionField,
    Field,
    FixedRow,
    FormDefinition,
    Option,
    TableField,
    TextField,
    companion_key,
)
from shuli.core.forms.finding import Finding, FindingCode
from shuli.core.forms.numbering import pattern_problem
from shuli.core.forms.outcome import Setting, Wrong, brief
from shuli.core.forms.patterns import is_pattern
from shuli.core.text import Text

Placed = Sequence[tuple[str, Field]]
"""Fields with the paths at which they stand."""

IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,59}")
FORM_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,79}")

# FEEL reads these words as its own, so an expression could not name the field.
RESERVED = frozenset(
    {"and", "or", "not", "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "between",
     "function", "null", "true", "false", "instance", "of", "external", ROW_KEY},
)  # fmt: skip

# Beyond this many a form is no longer quick to fill in (handbook 2: 表单简洁易用).
MANY_REQUIRED = 20

NO_SETTING = Setting(context={}, rights={}, complete=False, now=None, zone="UTC", person=None)


def lint_form(form: FormDefinition) -> Iterator[Finding]:
    """Yield what is wrong with the form itself."""
    if not FORM_KEY.fullmatch(form.key):
        yield _found("key", "key_not_identifier", found=form.key)
    yield from _label("title", form.title)
    if not any(section.fields for section in form.sections):
        yield _found("sections", "form_empty")
    for number, section in enumerate(form.sections):
        if section.title != Text():
            yield from _label(f"sections.{number}.title", section.title)


def lint_fields(placed: Placed) -> Iterator[Finding]:
    """Yield what is wrong with the fields of a form, one by one and together."""
    yield from _keys(placed)
    for path, field in placed:
        yield from _field(path, field)
        if isinstance(field, TableField):
            yield from _table(path, field)
    required = sum(field.required is True for _, field in placed)
    if required > MANY_REQUIRED:
        params = {"limit": str(MANY_REQUIRED), "found": str(required)}
        yield Finding(path="sections", code="many_required", params=params, severity="warning")


def _keys(placed: Iterable[tuple[str, Field]]) -> Iterator[Finding]:
    seen: set[str] = set()
    for path, field in placed:
        if not IDENTIFIER.fullmatch(field.key):
            yield _found(f"{path}.key", "key_not_identifier", found=field.key)
        elif field.key in RESERVED:
            yield _found(f"{path}.key", "key_is_reserved", found=field.key)
        for key in (field.key, companion_key(field)):
            if key in seen:
                yield _found(f"{path}.key", "duplicate_key", key=key)
            seen |= {key} if key else set()


def _field(path: str, field: Field) -> Iterator[Finding]:
    yield from _label(f"{path}.label", field.label)
    yield from _expressions(path, field)
    yield from _bounds(path, field)
    for number, rule in enumerate(field.rules):
        yield from _label(f"{path}.rules.{number}.message", rule.message)
    if isinstance(field, ChoiceField | ChoicesField):
        yield from _options(f"{path}.options", field.options)
    if isinstance(field, AttachmentField):
        yield from _duplicates(f"{path}.kinds", [kind.key for kind in field.kinds])
    if isinstance(field, AutoNumberField) and (problem := pattern_problem(field.pattern)):
        yield _found(f"{path}.pattern", "number_pattern", found=field.pattern, reason=problem)
    if isinstance(field, TextField):
        yield from _pattern(path, field)
    yield from _default(path, field)


def _pattern(path: str, field: TextField) -> Iterator[Finding]:
    if field.pattern and not is_pattern(field.pattern):
        yield _found(f"{path}.pattern", "text_pattern", found=field.pattern)
    if field.pattern_message != Text():
        yield from _label(f"{path}.pattern_message", field.pattern_message)


def _table(path: str, table: TableField) -> Iterator[Finding]:
    columns = [(f"{path}.columns.{number}", column) for number, column in enumerate(table.columns)]
    if not columns:
        yield _found(f"{path}.columns", "columns_missing")
    yield from _keys(columns)
    for place, column in columns:
        yield from _field(place, column)
    if len(table.fixed_rows) > MOST_ROWS:
        yield _found(f"{path}.fixed_rows", "too_many_rows", limit=MOST_ROWS, found=len(table.fixed_rows))
    yield from _duplicates(f"{path}.fixed_rows", [row.key for row in table.fixed_rows])
    known = {column.key for column in table.columns}
    for number, row in enumerate(table.fixed_rows):
        yield from _fixed_row(f"{path}.fixed_rows.{number}", row, known)


def _fixed_row(path: str, row: FixedRow, columns: set[str]) -> Iterator[Finding]:
    if not IDENTIFIER.fullmatch(row.key):
        yield _found(f"{path}.key", "key_not_identifier", found=row.key)
    yield from _label(f"{path}.label", row.label)
    for key in row.values:
        if key not in columns:
            yield _found(f"{path}.values", "unknown_column", found=key)


def _options(path: str, options: Sequence[Option]) -> Iterator[Finding]:
    if not options:
        yield _found(path, "options_missing")
    codes = [option.code for option in options]
    for number, code in enumerate(codes):
        if not code.strip() or code != code.strip():
            yield _found(f"{path}.{number}.code", "key_not_identifier", found=code)
        if code in codes[:number]:
            yield _found(f"{path}.{number}.code", "duplicate_option", found=code)
        yield from _label(f"{path}.{number}.label", options[number].label)
    if sum(option.other for option in options) > 1:
        yield _found(path, "other_twice")


def _duplicates(path: str, keys: Sequence[str]) -> Iterator[Finding]:
    for number, key in enumerate(keys):
        if key in keys[:number]:
            yield _found(f"{path}.{number}.key", "duplicate_key", key=key)


def _bounds(path: str, field: Field) -> Iterator[Finding]:
    for low_name, high_name in (
        ("min", "max"),
        ("min_items", "max_items"),
        ("min_length", "max_length"),
        ("min_rows", "max_rows"),
    ):
        low, high = getattr(field, low_name, None), getattr(field, high_name, None)
        if isinstance(low, int | float) and isinstance(high, int | float) and low > high:
            yield _found(f"{path}.{low_name}", "bounds_reversed", low=low, high=high)


def _default(path: str, field: Field) -> Iterator[Finding]:
    if field.default is None or isinstance(field.default, str):
        return
    if isinstance(field, TableField | ComputedField | AutoNumberField):
        yield _found(f"{path}.default", "default_not_accepted", reason="not_writable", found=field.default)
        return
    value = convert(field, field.default, NO_SETTING)
    if isinstance(value, Wrong):
        yield _found(f"{path}.default", "default_not_accepted", reason=value.code, found=field.default)


def _expressions(path: str, field: Field) -> Iterator[Finding]:
    for name in ("required", "visible", "readonly", "default", "min", "max", "expression"):
        source = getattr(field, name, None)
        if isinstance(source, str) and not (name == "expression" and isinstance(field, DecisionField)):
            yield from _expression(f"{path}.{name}", source)
    for number, rule in enumerate(field.rules):
        yield from _expression(f"{path}.rules.{number}.condition", rule.condition)


def _expression(path: str, source: str) -> Iterator[Finding]:
    for problem in compile_problems(source):
        yield Finding(path=path, code="expression", params=problem)


def _label(path: str, text: Text) -> Iterator[Finding]:
    if not text.zh.strip() and not text.en.strip():
        yield _found(path, "label_missing")
        return
    for language, wording in (("zh", text.zh), ("en", text.en)):
        if not wording.strip():
            params = {"language": language}
            yield Finding(path=path, code="label_untranslated", params=params, severity="warning")


def _found(path: str, code: FindingCode, **params: Any) -> Finding:
    return Finding(path=path, code=code, params={name: brief(value) for name, value in params.items()})
