"""The process map: customer, strategic, core and support domains, customer; every domain with its processes."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from shuli.apps.catalogue.models import Process
from shuli.apps.catalogue.register import shipped
from shuli.apps.catalogue.register.listing import CATEGORIES, Entry
from shuli.apps.catalogue.register.pages import state_words
from shuli.kit.forms.shown import in_language

# What a dot before a process says without its words, which stand beside it for those who do not see colours.
KINDS = {"in_force": "ok", "coming": "normal", "review": "risk", "planned": "none"}


def map_page(rows: list[Entry]) -> dict[str, Any]:
    """Return the map: for each category its domains in their usual order, each with its processes."""
    shown = [row for row in rows if row.state != "retired"]
    labels = dict(Process.Category.choices)
    return {
        "bands": [
            {"key": one, "label": labels[one], "domains": list(_domains(one, shown))} for one in CATEGORIES
        ],
        "total": len(shown),
        "running": sum(row.state == "in_force" for row in shown),
    }


def _domains(category: str, rows: list[Entry]) -> Iterable[dict[str, Any]]:
    own = [row for row in rows if row.process.category == category]
    usual = {words.zh: words for words, kind in shipped.domains() if kind == category}
    for zh, words in usual.items():
        yield _domain(in_language(words), [row for row in own if row.process.domain == zh])
    others = {row.process.domain: row.domain for row in own if row.process.domain not in usual}
    for zh, name in sorted(others.items()):
        yield _domain(name, [row for row in own if row.process.domain == zh])


def _domain(name: str, rows: list[Entry]) -> dict[str, Any]:
    return {"name": name, "processes": [_process(row) for row in rows]}


def _process(row: Entry) -> dict[str, Any]:
    return {
        "name": row.name,
        "url": reverse("catalogue:process", args=[row.process.key]),
        "level": row.process.level,
        "state": state_words(row),
        "kind": KINDS[row.state],
        "is_key": row.process.importance == Process.Importance.KEY,
    }
