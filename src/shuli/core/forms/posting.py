"""Read the answers of an HTML form post.

Names of the inputs, with the field's key `goals`, the column's `metric`, and rows counted from 0:

    goal                      one answer; of several with this name the last counts, for lists all do
    kind_other, speed_text    the text beside "other"; a rating's remark
    functions, functions-0    an item of a list of texts
    files, files-0-id         an attachment: its id alone, or -id, -name and -kind
    goals-0-metric            a cell; goals-0-row holds the row's key, goals-0-delete removes the row
    channels-present          says that the page showed this field, so that nothing ticked means nothing chosen;
                              needed for check boxes, lists and tables, and goals-0-present for a row

Rows may be missing or out of order; they are taken by their numbers.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from shuli.core.forms.definition import (
    ROW_KEY,
    AttachmentField,
    AutoNumberField,
    BooleanField,
    ChoicesField,
    ComputedField,
    Field,
    FormDefinition,
    TableField,
    TextListField,
    companion_key,
    fields_of,
)

Post = Mapping[str, Sequence[str]]

# More rows than any table may have, so that the answer still shows that there were too many.
MOST_NUMBERS = 1000


def post_name(path: str) -> str:
    """Return the input's name for a path: "goals.0.metric" is named "goals-0-metric"."""
    return path.replace(".", "-")


def parse_post(form: FormDefinition, post: Post) -> dict[str, Any]:
    """Return the raw answers of a post, for `validate`; what the page did not show is not among them."""
    return _cells(fields_of(form), "", post)


def _cells(fields: Iterable[Field], prefix: str, post: Post) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for one in fields:
        if isinstance(one, ComputedField | AutoNumberField):
            continue
        answer = _answer(one, prefix + one.key, post)
        if answer is not None:
            answers[one.key] = answer
        companion = companion_key(one)
        if companion and post.get(prefix + companion):
            answers[companion] = post[prefix + companion][-1]
    return answers


def _answer(one: Field, name: str, post: Post) -> Any:
    """Return the raw answer; None if the page did not show the field."""
    nothing: Any = "" if not isinstance(one, BooleanField) else False
    found: Any = None
    if isinstance(one, TableField):
        found, nothing = _rows(one, name, post), []
    elif isinstance(one, AttachmentField):
        found, nothing = _attachments(name, post), []
    elif isinstance(one, TextListField):
        numbered = [value for number in _numbers(name, post) for value in post.get(f"{name}-{number}", ())]
        found, nothing = [*post.get(name, ()), *numbered], []
    elif isinstance(one, ChoicesField) or getattr(one, "many", False):
        found, nothing = list(post.get(name, ())), []
    elif post.get(name):
        return post[name][-1]
    return found or (nothing if post.get(f"{name}-present") else None)


def _rows(table: TableField, name: str, post: Post) -> list[dict[str, Any]]:
    rows = []
    for number in _numbers(name, post):
        prefix = f"{name}-{number}-"
        if post.get(f"{prefix}delete"):
            continue
        row = _cells(table.columns, prefix, post)
        key = post.get(prefix + ROW_KEY)
        rows.append(row | {ROW_KEY: key[-1]} if key and key[-1] else row)
    return rows


def _attachments(name: str, post: Post) -> list[Any]:
    found: list[Any] = [key for key in post.get(name, ()) if key]
    for number in _numbers(name, post):
        named = {part: post.get(f"{name}-{number}-{part}") for part in ("id", "name", "kind")}
        parts = {part: values[-1] for part, values in named.items() if values}
        if parts.get("id"):
            found.append(parts)
    return found


def _numbers(name: str, post: Post) -> list[int]:
    """Return the numbers that follow a name, in order."""
    pattern = re.compile(rf"{re.escape(name)}-([0-9]{{1,6}})(?:-|$)")
    numbers = {int(match[1]) for key in post if (match := pattern.match(key))}
    return sorted(numbers)[:MOST_NUMBERS]
