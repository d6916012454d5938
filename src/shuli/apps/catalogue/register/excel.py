"""The register as an Excel file, both ways: an import that fails says which rows and why, and changes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shuli.apps.catalogue.models import Process
from shuli.apps.catalogue.register import operations, rights
from shuli.apps.catalogue.register.facts import FACTS, Fact, UnreadableError, in_each_language
from shuli.apps.catalogue.register.listing import Entry
from shuli.kit import workbooks
from shuli.kit.errors import Denied, Refusal, sentence

MOST_ROWS = 2_000


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is wrong in a row, with the number that Excel shows beside it."""

    row: int
    column: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Imported:
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    same: int = 0


@dataclass(frozen=True, kw_only=True)
class NotImported:
    """Nothing was changed, because of these."""

    problems: tuple[Problem, ...]


def workbook(rows: Iterable[Entry]) -> bytes:
    """Return entries of the register as an Excel file in the active language."""
    sheet = workbooks.Sheet(
        title=_("Process register"),
        head=[str(fact.label) for fact in FACTS],
        rows=[[fact.write(_value(row, fact)) for fact in FACTS] for row in rows],
        widths=[fact.width for fact in FACTS],
    )
    return workbooks.workbook_of(sheet)


def _value(row: Entry, fact: Fact) -> Any:
    told = {
        "state": row.state,
        "version": row.version.number if row.version else "",
        "effective_on": row.effective_on,
    }
    return told[fact.key] if fact.is_told else getattr(row.process, fact.key)


# Import -------------------------------------------------------------------------------------------------


def take_in(person: str, data: bytes) -> Imported | NotImported | Refusal:
    """Write the rows of a file into the register: all of them, or none."""
    if not rights.may_keep(person):
        return Denied("register_not_yours")
    try:
        rows = workbooks.rows_of(data, MOST_ROWS + 1)
    except workbooks.NotAWorkbookError:
        return Refusal("not_a_workbook")
    if len(rows) > MOST_ROWS + 1:
        return Refusal("workbook_too_long", most=MOST_ROWS)
    columns = columns_of(rows[0] if rows else [], FACTS)
    missing = [
        str(fact.label) for fact in FACTS if fact.key in {"key", "name"} and fact not in columns.values()
    ]
    if missing:
        return NotImported(
            problems=tuple(Problem(row=1, column=one, words=_("This column is missing.")) for one in missing)
        )
    with transaction.atomic():
        outcome = _write_all(person, rows, columns)
        if isinstance(outcome, NotImported):
            transaction.set_rollback(True)
        return outcome


def columns_of(head: Sequence[str], facts: Iterable[Fact]) -> dict[int, Fact]:
    """Return what stands in which column, by its title in either language."""
    titles = {title.lower(): fact for fact in facts for title in (fact.key, *in_each_language(fact.label))}
    found = {at: titles.get(title.strip().lower()) for at, title in enumerate(head)}
    return {at: fact for at, fact in found.items() if fact is not None}


def read_row(
    row: int, cells: Sequence[str], columns: Mapping[int, Fact], kept: Iterable[str] = ()
) -> tuple[dict[str, Any], list[Problem]]:
    """Return the values of a row, and what could not be read; an empty cell of a fact in `kept` changes nothing."""
    values: dict[str, Any] = {}
    problems = []
    for at, fact in columns.items():
        text = cells[at] if at < len(cells) else ""
        if fact.is_told or (not text and fact.key in kept):
            continue
        try:
            values[fact.key] = fact.value_of(text)
        except UnreadableError as error:
            problems.append(Problem(row=row, column=str(fact.label), words=str(error)))
    return values, problems


ALWAYS_SAID = ("level", "category", "importance")


def _write_all(
    person: str, rows: Sequence[Sequence[str]], columns: Mapping[int, Fact]
) -> Imported | NotImported:
    known = {process.key: process for process in Process.objects.select_for_update()}
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    done: dict[str, list[str]] = {"new": [], "changed": [], "same": []}
    for number, cells in enumerate(rows[1:], 2):
        if not any(cells):
            continue
        values, found = read_row(number, cells, columns, ALWAYS_SAID)
        key = values.pop("key", "")
        if not found and key in seen:
            found = [_at_key(number, _("The same key stands in row %(row)s.") % {"row": seen[key]})]
        if found:
            problems += found
            continue
        seen[key] = number
        outcome = _write_one(person, known.get(key), key, values)
        if isinstance(outcome, Refusal):
            problems.append(_at_key(number, sentence(outcome)))
        else:
            done[outcome].append(key)
    if problems:
        return NotImported(problems=tuple(problems))
    return Imported(new=tuple(done["new"]), changed=tuple(done["changed"]), same=len(done["same"]))


def _at_key(row: int, words: str) -> Problem:
    return Problem(row=row, column=str(FACTS[0].label), words=words)


def _write_one(person: str, process: Process | None, key: str, values: dict[str, Any]) -> str | Refusal:
    if process is None:
        made = operations.make_entry(person, key, values)
        return made if isinstance(made, Refusal) else "new"
    if all(getattr(process, name) == value for name, value in values.items()):
        return "same"
    edited = operations.edit_entry(person, key, values)
    return edited if isinstance(edited, Refusal) else "changed"
