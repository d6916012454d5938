"""Values that views build and the parts draw. Texts are ready to show; nothing here asks the database."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Tag:
    """A fact, not a state: 重大, 已签 2/4."""

    label: str
    is_strong: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Paused:
    """A clock that stands still, and for whom."""

    waits_for: str
    since: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Select:
    """The checkbox of a row; the label is read out."""

    name: str
    value: str
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One to-do: the link covers the row."""

    url: str
    # what to do
    name: str
    # which case it is
    title: str = ""
    tags: Sequence[Tag] = ()
    # process, step 2 of 7, number, from whom
    facts: Sequence[str] = ()
    # has due_at (and left, state); None with `paused`
    due: Any = None
    paused: Paused | None = None
    select: Select | None = None
    # instead of a due moment: a state of its own
    state: tuple[str, str] | None = None
    # under that state
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A counter that filters the list."""

    number: int | str  # "1000+" where nobody counts on
    label: str
    url: str
    # late, risk, ok or nothing
    kind: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Phase:
    name: str
    # done, now, next
    state: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """A label and what it says, in a list of values."""

    label: str
    value: Any
    is_wide: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """An output to hand in, or a condition to meet."""

    label: str
    # ok, miss, open
    state: str
    note: str = ""
    # 已交, 缺 2 项; a default by state
    word: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One line of a timeline, with waiting and handling time in working seconds where it is a visit."""

    name: str
    # a key of STEP_ICONS: done, now, next, returned, cancelled or note
    state: str
    who: str = ""
    at: datetime | None = None
    # instead of a moment: 进行中
    when: str = ""
    waiting: float | None = None
    handling: float | None = None
    limit: float | None = None
    is_late: bool = False
    text: str = ""
    icon: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tab:
    label: str
    url: str
    count: int | str | None = None
    is_current: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Action:
    """A button of the action bar. It opens a dialog, goes somewhere, or sends a form with name and value."""

    label: str
    icon: str = ""
    is_primary: bool = False
    # under "More" on every screen
    is_rare: bool = False
    # ends or takes away something
    is_grave: bool = False
    # one of: the id of a dialog, an address, or the id of a form
    opens: str = ""
    url: str = ""
    form: str = ""
    name: str = ""
    value: str = ""
    # sends the form to another address than its own
    to: str = ""
    # lets an unfinished form through, such as "save the draft"
    skips_checks: bool = False
    new_window: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """One choice of a filter."""

    value: str
    label: str
    is_chosen: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column of a table, and what becomes of it on a phone: first, key, wide, line, label, pick or hidden."""

    label: str
    is_number: bool = False
    phone: str = "label"
    # sorts the list by this key
    sort: str = ""
    # "", ascending, descending
    sorted: str = ""
    sort_url: str = ""
    # nobody needs to read it: a bar, a button
    is_silent: bool = False
    # stays on one line: a number with hyphens
    is_whole: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    value: Any
    url: str = ""
    # under the value, small
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class TableRow:
    cells: Sequence[Cell | Any] = ()
    is_total: bool = False
    # instead of cells: what the rows below it have in common, across the whole table
    heading: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    columns: Sequence[Column]
    rows: Sequence[TableRow] = field(default_factory=tuple)
    # read out, and shown where `is_caption_shown`
    caption: str = ""
    is_caption_shown: bool = False
