"""The index of a case's archive for people and for programs without JSON: a page, a table, and sums to check."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language

from shuli.apps.cases import completeness, presentation, wording
from shuli.apps.cases.models import Case
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import queries as directory
from shuli.kit.components.moments import long_moment
from shuli.kit.workbooks import DANGEROUS

BOM = "\ufeff"  # by which Excel knows that a table is written in UTF-8


@dataclass(frozen=True, kw_only=True)
class Part:
    """One file of an archive."""

    name: str
    words: str  # what it is
    size: int  # bytes
    sha256: str


def readable(case: Case, facts: Mapping[str, Any], parts: Sequence[Part]) -> Iterator[tuple[str, bytes]]:
    """Yield index.html, index.csv and SHA256SUMS of an archive."""
    yield "index.html", _page(case, facts, parts)
    yield "index.csv", _table(parts)
    yield "SHA256SUMS", "".join(f"{part.sha256}  {part.name}\n" for part in parts).encode()


def _page(case: Case, facts: Mapping[str, Any], parts: Sequence[Part]) -> bytes:
    graph = catalogue.graph(case.version_id)
    context = {
        "case": case,
        "language": "zh-Hans" if (get_language() or "zh").startswith("zh") else "en",
        "process": f"{presentation.words(graph.name)} v{facts['version']}",
        "status": str(wording.STATUSES.get(case.status, case.status)),
        "starter": directory.display_names([case.starter]),
        "started": long_moment(case.started_at),
        "ended": long_moment(case.ended_at) if case.ended_at else "",
        "packed": facts["packed_at"],
        "last_hash": facts["last_hash"],
        "parts": parts,
        "wanted": completeness.of_case(case).documents,
    }
    return render_to_string("cases/archive_index.html", context).encode()


def _table(parts: Sequence[Part]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["file", "content", "bytes", "sha256"])
    for part in parts:
        writer.writerow([_plain(part.name), _plain(part.words), part.size, part.sha256])
    return (BOM + out.getvalue()).encode()


def _plain(text: str) -> str:
    """Return a text that no program of tables takes for a formula."""
    return f"'{text}" if text.startswith(DANGEROUS) else text
