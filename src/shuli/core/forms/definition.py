"""A form as data: sections of typed fields, as the files in `library/**/forms/*.json` carry it.

Texts between quotation marks of FEEL stand over the answers of the form and the variables of the case. Where a property
may be FEEL or a plain value, a string is FEEL (a fixed text is written `"so"`), anything else is the value itself.
"""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from shuli.core.text import Text

Feel = str

# Bounds of one answer: what a page can show and a row of the database should carry.
LONGEST_TEXT = 20_000
MOST_ROWS = 200
MOST_ITEMS = 200

Condition = bool | Feel
Bound = float | Feel | None
Length = Annotated[int, Meta(ge=1, le=LONGEST_TEXT)]
Count = Annotated[int, Meta(ge=0, le=MOST_ITEMS)]


class Rule(Struct, frozen=True, kw_only=True):
    """What must hold once the field is filled; the message says what to do when it does not."""

    condition: Feel
    message: Text


class FieldBase(Struct, frozen=True, kw_only=True, tag_field="type"):
    """What all fields have. `key` is the variable of the case that takes the answer; it never changes."""

    key: str
    label: Text
    hint: Text = Text()
    # shown on demand: a good answer, and how to come to one
    example: Text = Text()
    guidance: Text = Text()
    required: Condition = False
    visible: Condition = True
    readonly: Condition = False
    rules: tuple[Rule, ...] = ()
    # shown masked to whoever may only read it
    sensitive: bool = False
    searchable: bool = False
    default: Any = None


class TextField(FieldBase, frozen=True, kw_only=True, tag="text"):
    """One line; the answer is a string. `pattern` is what all of it must look like, `pattern_message` says so in words."""

    min_length: int = 0
    max_length: Length = 200
    pattern: Annotated[str, Meta(max_length=200)] = ""
    pattern_message: Text = Text()


class LongTextField(FieldBase, frozen=True, kw_only=True, tag="long_text"):
    """Several lines; the answer is a string."""

    min_length: int = 0
    max_length: Length = LONGEST_TEXT
    rows: int = 4


class NumberField(FieldBase, frozen=True, kw_only=True, tag="number"):
    """The answer is a JSON number of at most 15 digits, so that no digit changes on the way through JSON."""

    min: Bound = None
    max: Bound = None
    decimals: Annotated[int, Meta(ge=0, le=15)] | None = None
    unit: Text = Text()


class MoneyField(FieldBase, frozen=True, kw_only=True, tag="money"):
    """An amount in one currency; the answer is a JSON number."""

    currency: str = "CNY"
    min: Bound = None
    max: Bound = None
    decimals: Annotated[int, Meta(ge=0, le=15)] = 2


class DateField(FieldBase, frozen=True, kw_only=True, tag="date"):
    """The answer is "2026-01-31"; bounds are FEEL that gives a date."""

    min: Feel | None = None
    max: Feel | None = None


class TimeField(FieldBase, frozen=True, kw_only=True, tag="time"):
    """The answer is "14:30:00"."""


class DateTimeField(FieldBase, frozen=True, kw_only=True, tag="datetime"):
    """The answer is "2026-01-31T14:30:00+08:00", always with an offset."""

    min: Feel | None = None
    max: Feel | None = None


class Option(Struct, frozen=True, kw_only=True):
    code: str
    label: Text
    hint: Text = Text()
    # asks for a text beside it, kept under the field's key with "_other" behind
    other: bool = False


class ChoiceField(FieldBase, frozen=True, kw_only=True, tag="choice"):
    """The answer is the code of one option."""

    options: tuple[Option, ...] = ()


class ChoicesField(FieldBase, frozen=True, kw_only=True, tag="choices"):
    """The answer is a list of codes, in the order of the options."""

    options: tuple[Option, ...] = ()
    min_items: Count = 0
    max_items: Count = MOST_ITEMS


class PersonField(FieldBase, frozen=True, kw_only=True, tag="person"):
    """The answer is a username, or a list of them when `many`."""

    many: bool = False


class DepartmentField(FieldBase, frozen=True, kw_only=True, tag="department"):
    """The answer is a department's code, or a list of them when `many`."""

    many: bool = False


class PostField(FieldBase, frozen=True, kw_only=True, tag="post"):
    """The answer is a post's code, or a list of them when `many`."""

    many: bool = False


class CaseField(FieldBase, frozen=True, kw_only=True, tag="case"):
    """The answer is the number of another case, of this process where one is named."""

    process: str | None = None


class AttachmentKind(Struct, frozen=True, kw_only=True):
    key: str
    label: Text
    min: Count = 0


class AttachmentField(FieldBase, frozen=True, kw_only=True, tag="attachment"):
    """The answer is a list of {id, name, kind} of files that the documents app keeps."""

    kinds: tuple[AttachmentKind, ...] = ()
    min_items: Count = 0
    max_items: Count = 20
    # file name endings without the dot; empty allows what the company allows
    types: tuple[str, ...] = ()


class TextListField(FieldBase, frozen=True, kw_only=True, tag="text_list"):
    """The answer is a list of strings, such as one to three core functions."""

    min_items: Count = 0
    max_items: Count = MOST_ITEMS
    max_length: Length = 200


class SignatureField(FieldBase, frozen=True, kw_only=True, tag="signature"):
    """The answer is {by, at}: the signed-in person and the moment, never taken from the browser."""


class AutoNumberField(FieldBase, frozen=True, kw_only=True, tag="auto_number"):
    """A number that the system issues, such as TS{yyyymmdd}{seq}; nobody types it."""

    pattern: str = "{yyyymmdd}{seq}"


class RatingField(FieldBase, frozen=True, kw_only=True, tag="rating"):
    """The answer is a whole number from 1; a remark is kept under the field's key with "_text" behind."""

    max: Annotated[int, Meta(ge=2, le=10)] = 5
    text: bool = False


class BooleanField(FieldBase, frozen=True, kw_only=True, tag="boolean"):
    """The answer is true or false."""


class ComputedField(FieldBase, frozen=True, kw_only=True, tag="computed"):
    """The answer is what the expression gives, reckoned anew at every change.

    Where that is a code, `options` say what people read for it.
    """

    expression: Feel
    unit: Text = Text()
    options: tuple[Option, ...] = ()


class DecisionField(ComputedField, frozen=True, kw_only=True, tag="decision"):
    """The answer is what a decision of the catalogue gives for the answers so far, reckoned anew at every change.

    Which version and rows decided is kept under the field's key with "_by" behind. `chosen` is the field in which a person
    settles the matter, `reason` the one that says why they depart from it.
    """

    decision: str
    expression: Feel = ""
    # the output column, where the decision has several
    output: str = ""
    # what codes without options name
    shows: Literal["", "department", "post", "person"] = ""
    chosen: str = ""
    reason: str = ""


Column = (
    TextField
    | LongTextField
    | NumberField
    | MoneyField
    | DateField
    | TimeField
    | DateTimeField
    | ChoiceField
    | ChoicesField
    | PersonField
    | DepartmentField
    | PostField
    | CaseField
    | AttachmentField
    | TextListField
    | SignatureField
    | RatingField
    | BooleanField
    | ComputedField
    | DecisionField
)


class FixedRow(Struct, frozen=True, kw_only=True):
    """A row that is always there; `values` fill its cells at first."""

    key: str
    label: Text
    values: dict[str, Any] = {}


class TableField(FieldBase, frozen=True, kw_only=True, tag="table"):
    """The answer is a list of rows, each {column key: answer}; a fixed row also carries its key as `row`."""

    columns: tuple[Column, ...] = ()
    fixed_rows: tuple[FixedRow, ...] = ()
    min_rows: Annotated[int, Meta(ge=0, le=MOST_ROWS)] = 0
    max_rows: Annotated[int, Meta(ge=1, le=MOST_ROWS)] = MOST_ROWS


Field = Column | TableField | AutoNumberField

# The key of a fixed row stands in the row under this name, so no column may have it.
ROW_KEY = "row"


class Section(Struct, frozen=True, kw_only=True):
    title: Text = Text()
    columns: Literal[1, 2] = 1
    fields: tuple[Field, ...] = ()


class FormDefinition(Struct, frozen=True, kw_only=True):
    """One form. `table` is its name in the handbook (表3), `document` the document that the filled form is."""

    key: str
    title: Text
    table: str | None = None
    document: str | None = None
    guidance: Text = Text()
    sections: tuple[Section, ...] = ()


def fields_of(form: FormDefinition) -> Iterator[Field]:
    """Yield the fields of all sections in order; the columns of a table are its own."""
    for section in form.sections:
        yield from section.fields


def companion_key(field: FieldBase) -> str | None:
    """Return the key of the text that stands beside the answer: of "other", of a rating's remark, or what decided."""
    if isinstance(field, ChoiceField | ChoicesField) and any(option.other for option in field.options):
        return f"{field.key}_other"
    if isinstance(field, RatingField) and field.text:
        return f"{field.key}_text"
    if isinstance(field, DecisionField):
        return f"{field.key}_by"
    return None


def answer_keys(form: FormDefinition) -> tuple[str, ...]:
    """Return every key under which an answer of this form may be kept."""
    keys = []
    for field in fields_of(form):
        companion = companion_key(field)
        keys += [field.key, companion] if companion else [field.key]
    return tuple(keys)
