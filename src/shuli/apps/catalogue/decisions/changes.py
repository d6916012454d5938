"""What differs between two tables, as people read it."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuli.apps.catalogue.decisions.difference import Difference, difference
from shuli.apps.catalogue.decisions.grid import grid_of
from shuli.apps.catalogue.decisions.labels import CHINESE, Labels, is_chinese
from shuli.apps.catalogue.decisions.policies import policy_words
from shuli.core.feel.dmn import Model

CHANGE_WORDS: dict[str, str | Promise] = {
    "added": gettext_lazy("added"),
    "removed": gettext_lazy("removed"),
    "changed": gettext_lazy("changed"),
}


def changes_view(before: Model | None, now: Labels) -> dict[str, Any]:
    """Return what the present table changed of the one before: rows, columns and the hit policy."""
    old, new = grid_of(before) if before is not None else None, grid_of(now.model)
    if old is None or new is None:
        return {"changes": None, "policy_change": None, "changed_columns": ""}
    found = difference(old, new)
    return {
        "changes": _rows(found, now),
        "policy_change": [policy_words(one) for one in found.policy] if found.policy else None,
        "changed_columns": _(", ").join(found.columns),
    }


def _rows(changes: Difference, labels: Labels) -> list[dict[str, Any]]:
    """Return the rows that are not the same, with every cell as it is read."""
    table = labels.table
    parts: list[Any] = [*table.inputs, *table.outputs] if table else []
    titles = table.annotations if table else ()
    # explanations in the other language stand there only where they changed
    fitting = {at for at, title in enumerate(titles) if bool(CHINESE.search(title)) == is_chinese()}
    explained = fitting or set(range(len(titles)))

    def words(at: int, text: str) -> str:
        return labels.value(parts[at], text) if at < len(parts) else text

    return [
        {
            "number": row.number,
            "state": row.state,
            "word": CHANGE_WORDS[row.state],
            "cells": [
                {
                    "label": labels.column(parts[at]) if at < len(parts) else "",
                    "now": words(at, cell.now),
                    "before": words(at, cell.before),
                    "is_changed": cell.is_changed,
                }
                for at, cell in enumerate(row.cells)
                if at < len(parts) or at - len(parts) in explained or cell.is_changed
            ],
        }
        for row in changes.rows
        if row.state != "same"
    ]
