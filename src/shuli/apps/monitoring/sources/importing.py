"""Bringing figures in: read a file, look at what is wrong, take all of it or nothing, undo it with one click (H1-12)."""

import csv
import hashlib
import io
from collections.abc import Mapping
from typing import Any

import msgspec
from django.db import transaction
from msgspec import Struct

from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import queries as directory
from shuli.apps.documents.operations import lock
from shuli.apps.monitoring.sources import keeping, rights
from shuli.apps.monitoring.sources.cleaning import Cleaned, Columns, Known, cleaned
from shuli.apps.monitoring.sources.models import DataSource, ExtractionPlan, Import, ImportedValue, Measure
from shuli.kit import clock
from shuli.kit.errors import Denied, Refusal
from shuli.kit.workbooks import NotAWorkbookError, rows_of

MOST_ROWS, MOST_BYTES = 5_000, 5 * 1024 * 1024
ENCODINGS = ("utf-8-sig", "gb18030")  # what Excel in China writes, beside UTF-8


class File(Struct, frozen=True, kw_only=True):
    name: str
    data: bytes


def read_file(file: File) -> list[list[str]] | Refusal:
    """Return a file's rows as texts, head first."""
    if len(file.data) > MOST_BYTES:
        return Refusal("import_too_large", most=MOST_ROWS)
    try:
        rows = rows_of(file.data, MOST_ROWS + 1) if file.name.lower().endswith(".xlsx") else _csv(file.data)
    except (NotAWorkbookError, csv.Error, UnicodeDecodeError):
        return Refusal("import_unreadable")
    if len(rows) > MOST_ROWS + 1:
        return Refusal("import_too_large", most=MOST_ROWS)
    has_head = len(rows) > 1 and any(cell.strip() for cell in rows[0])
    return rows if has_head else Refusal("import_without_rows")


def _csv(data: bytes) -> list[list[str]]:
    text = _decoded(data)
    if "\0" in text:
        raise csv.Error("Expected text but found a NUL.")
    head = text.partition("\n")[0]
    comma = max(",;\t", key=head.count)
    return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter=comma)]


def _decoded(data: bytes) -> str:
    try:
        return data.decode(ENCODINGS[0])
    except UnicodeDecodeError:
        return data.decode(ENCODINGS[1])


def upload(by: str, source: int, file: File, plan: int | None = None) -> Import | Refusal:
    """Read a file of a source and keep its rows, until somebody has said what its columns are."""
    owner = DataSource.objects.filter(pk=source).first()
    if owner is None or not rights.may_read(by):
        return Refusal("no_such_source", status=404)
    if not rights.may_import(by, owner):
        return Denied("import_of_others")
    rows = read_file(file)
    if isinstance(rows, Refusal):
        return rows
    return Import.objects.create(
        source=owner,
        plan=ExtractionPlan.objects.filter(pk=plan, source=owner).first() if plan else None,
        file_name=file.name[:200],
        sha256=hashlib.sha256(file.data).hexdigest(),
        rows=rows,
        by=by,
        uploaded_at=clock.now(),
    )


class Wanted(Struct, frozen=True, kw_only=True):
    """What the values are, and how the file's rows become them."""

    measure: str
    unit: str
    adding: str
    columns: Columns


def preview(row: Import, wanted: Wanted) -> Cleaned:
    """Return what would be taken, cleaned and wrong; nothing is kept."""
    measure = Measure.objects.filter(source=row.source, name=wanted.measure.strip()).first()
    return cleaned(row.rows, wanted.columns, known(measure))


def known(measure: Measure | None) -> Known:
    """Return what the company calls things, and what a measure has already."""
    there = (
        ImportedValue.objects.filter(measure=measure, is_undone=False)
        if measure
        else ImportedValue.objects.none()
    )
    return Known(
        processes=_processes(),
        departments=_departments(),
        nodes=_nodes(),
        today=directory.today(),
        there=frozenset(there.values_list("day", "process_key", "node", "department")),
    )


def _processes() -> Mapping[str, str]:
    found = {key.casefold(): key for key in catalogue.names()}
    for key, name in catalogue.names().items():
        found |= {said.strip().casefold(): key for said in (name.zh, name.en) if said.strip()}
    return found


def _departments() -> Mapping[str, str]:
    found = {code.casefold(): code for code in directory.departments()}
    for language in ("zh-hans", "en"):
        found |= {name.casefold(): code for code, name in directory.labels(language, "department").items()}
    return found


def _nodes() -> Mapping[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for key in catalogue.numbers_in_force():
        version = next(iter(catalogue.version_numbers(key)), None)
        for node, one in catalogue.graph(version[0]).nodes.items() if version else ():
            found |= {(key, said.casefold()): node for said in (node, one.name.zh, one.name.en) if said}
    return found


def take(by: str, key: int, wanted: Wanted) -> Import | Refusal:
    """Keep all values of a file that has nothing wrong; one wrong row, and nothing is kept."""
    with transaction.atomic():
        row = _mine(by, key)
        if isinstance(row, Refusal):
            return row
        if row.done_at is not None:
            return Refusal("import_done_already")
        if not wanted.measure.strip():
            return Refusal("import_without_measure")
        lock(f"imports of {row.source_id}")  # two files at once would not see each other's values
        found = preview(row, wanted)
        if found.wrong or not found.taken:
            return Refusal(
                "import_has_wrong_rows" if found.wrong else "import_without_rows", n=len(found.wrong)
            )
        _keep(row, wanted, found)
        if row.plan is not None:
            keeping.fulfil(row.plan, directory.today())
    return row


def _mine(by: str, key: int) -> Import | Refusal:
    row = (
        Import.objects.select_for_update(of=("self",)).select_related("source", "plan").filter(pk=key).first()
    )
    if row is None or not rights.imports_of(by).filter(pk=key).exists():
        return Refusal("no_such_import", status=404)
    return row if rights.may_import(by, row.source) else Denied("import_of_others")


def _keep(row: Import, wanted: Wanted, found: Cleaned) -> None:
    facts: dict[str, Any] = {"unit": wanted.unit.strip(), "adding": wanted.adding}
    measure, _new = Measure.objects.get_or_create(
        source=row.source, name=wanted.measure.strip(), defaults=facts
    )
    ImportedValue.objects.bulk_create(
        [
            ImportedValue(
                batch=row, measure=measure, line=one.line, day=one.day, process_key=one.process, node=one.node,
                department=one.department, value=one.value,
            )
            for one in found.taken
            if one.day is not None and one.value is not None  # of what is taken both are known
        ]
    )  # fmt: skip
    row.mapping = {**msgspec.to_builtins(wanted), "measure_key": measure.pk}
    row.counts, row.done_at = found.counts, clock.now()
    row.save(update_fields=["mapping", "counts", "done_at"])


def undo(by: str, key: int) -> Import | Refusal:
    """Take an import back: its values count no more; file, mapping and lines stay as they were."""
    with transaction.atomic():
        row = _mine(by, key)
        if isinstance(row, Refusal):
            return row
        if row.done_at is None or row.undone_at is not None:
            return Refusal("import_undone_already")
        row.values.update(is_undone=True)
        row.undone_at, row.undone_by = clock.now(), by
        row.save(update_fields=["undone_at", "undone_by"])
    return row
