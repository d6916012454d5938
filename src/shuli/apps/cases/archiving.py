"""The archive of a case: every form, document, comment and event as one file with an index of hashes (H2-39)."""

import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import IO

from django.core import serializers
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from shuli.apps.cases import archive_index, presentation, queries
from shuli.apps.cases.models import Case, Event, Visit
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.documents import queries as documents

IN_MEMORY = 4_000_000  # bytes; a larger archive goes to a temporary file


def package(case: Case, at: datetime) -> IO[bytes]:
    """Return the case's archive as an open zip file."""
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  the response closes it
    index: dict[str, str] = {}
    parts: list[archive_index.Part] = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content, words in _parts(case):
            archive.writestr(name, content)
            index[name] = hashlib.sha256(content).hexdigest()
            parts.append(archive_index.Part(name=name, words=words, size=len(content), sha256=index[name]))
        facts = {
            "number": case.number,
            "title": case.title,
            "process": case.process_key,
            "version": catalogue.version(case.version_id).number,
            "status": case.status,
            "packed_at": at.isoformat(),
            "last_event": case.seq,
            "last_hash": bytes(case.last_hash).hex(),
            "sha256": index,
        }
        archive.writestr("index.json", _json(facts))
        for name, content in archive_index.readable(case, facts, parts):
            archive.writestr(name, content)
    file.seek(0)
    return file


def _parts(case: Case) -> Iterator[tuple[str, bytes, str]]:
    """Yield the files of the archive, each with what it is in words."""
    forms = catalogue.forms(case.version_id)
    for number, record in enumerate(queries.form_records(case.pk), start=1):
        answers = {
            "form": record.form_key,
            "document": record.document,
            "node": record.node,
            "by": record.person,
            "at": record.at.isoformat(),
            "answers": record.answers,
        }
        form = forms.get(record.form_key)
        words = presentation.words(form.title) if form else record.form_key
        yield f"forms/{number:03d}-{record.form_key}.json", _json(answers), words
    for row in documents.attachments("case", case.pk):
        with documents.open_attachment(row) as source:
            words = presentation.document_name(case, row.document) if row.document else row.file_name
            yield f"documents/{row.pk}-{row.file_name}", source.read(), words
    yield "process.bpmn", catalogue.version(case.version_id).bpmn.encode(), _("The process as it was then")
    yield "visits.json", _rows(Visit.objects.filter(case=case).order_by("number")), _("Steps and their times")
    yield (
        "comments.json",
        _json([_comment(row.author, row.at, row.text) for row in queries.comments(case.pk)]),
        _("Comments"),
    )
    yield "events.jsonl", _events(case), _("Everything that happened, with the chain of hashes")


def _comment(author: str, at: datetime, text: str) -> dict[str, str]:
    return {"author": author, "at": at.isoformat(), "text": text}


def _events(case: Case) -> bytes:
    """Return the case's events with their hashes, a line each, so that anybody can check the chain."""
    buffer = io.StringIO()
    for row in Event.objects.filter(case_id=case.pk).order_by("seq"):
        line = {
            "seq": row.seq,
            "at": row.at.isoformat(),
            "type": row.type,
            "actor": row.actor,
            "payload": row.payload,
            "hash": bytes(row.hash).hex(),
        }
        buffer.write(json.dumps(line, ensure_ascii=False) + "\n")
    return buffer.getvalue().encode()


def _rows(rows: QuerySet[Visit]) -> bytes:
    return _json([row["fields"] for row in json.loads(serializers.serialize("json", rows))])


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode()
