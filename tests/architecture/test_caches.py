"""What a process remembers must hold whatever other nodes do meanwhile: every cache says here why it does."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "shuli"
DEFINED = re.compile(r"^@(?:functools\.)?(?:lru_cache|cache)\b.*\n(?:@.*\n)*def (\w+)", re.MULTILINE)

# Core is pure: its caches depend on their arguments alone.
WHY = {
    "apps.documents.blanks.shipped.blanks": "read from the files of the program, which change with it alone",
    "apps.documents.paper.codes.code_svg": "made from its address alone",
    "apps.documents.paper.fonts._read": "keyed by when the folders last changed; each node reads its own",
    "apps.cases.bulk_execution._by_load": "a version never changes",
    "apps.catalogue.handbook.chart._legend": "read from a file of the program, which changes with it alone",
    "apps.cases.plan.queries._plan_of_version": "a version never changes",
    "server.year.story.facts": "read from a file of the program, which changes with it alone",
    "apps.cases.bulk_writing._together": "the program's own statements and tables",
    "apps.cases.bulk_writing._types": "the program's own statements and tables",
    "apps.cases.outside.functions._load": "what a process has imported stays imported",
    "apps.cases.store.known_root": "a case never gets another root",
    "apps.cases.changes.one_statement": "made from its arguments alone",
    "apps.catalogue.decisions.queries.model": "a version never changes",
    "apps.catalogue.feel_help.words": "files of the program",
    "apps.catalogue.guide.source": "files of the program",
    "apps.catalogue.queries.document": "a version never changes",
    "apps.catalogue.queries.graph": "a version never changes",
    "apps.catalogue.queries.chart": "a version never changes",
    "apps.catalogue.queries.forms": "a version never changes",
    "apps.catalogue.queries.documents": "a version never changes",
    "apps.catalogue.studio.beginnings._packages": "files of the program",
    "apps.catalogue.register.shipped.domains": "files of the program",
    "apps.directory.example_company.company": "files of the program",
    "apps.directory.example_company.staff": "files of the program",
    "apps.directory.kept_calendars.kept": "its name is made of its content",
    "apps.directory.organisation._read": "kept under the edition's stamp, which every transaction asks for anew",
    "kit.icons.names": "files of the program",
    "kit.style_samples.diagram": "samples of the program",
}


def caches():
    for room in ("apps", "kit", "server"):
        for file in sorted((SOURCE / room).rglob("*.py")):
            module = ".".join(file.relative_to(SOURCE).with_suffix("").parts)
            for name in DEFINED.findall(file.read_text(encoding="utf-8")):
                yield f"{module}.{name}"


@pytest.mark.parametrize("name", sorted(caches()))
def test_every_cache_holds_on_every_node(name):
    assert name in WHY, f"Say in this file why {name} holds when another node changes what it was made from."


def test_no_reason_is_kept_for_a_cache_that_is_gone():
    assert set(WHY) <= set(caches())
