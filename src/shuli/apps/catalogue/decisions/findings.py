"""What is wrong or doubtful about a table, as people read it: the place in words, values by column."""

import re
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from shuli.apps.catalogue.decisions import operations
from shuli.apps.catalogue.decisions.labels import Labels
from shuli.core.feel.dmn import Finding, Input
from shuli.core.feel.dmn.findings import Where
from shuli.kit.feel_words import finding_words

COMPARED = re.compile(r"(<=|>=|<|>) (.*)", re.DOTALL)
INTERVAL = re.compile(r"([\[(])(.*)\.\.(.*)([\])])", re.DOTALL)
OTHERS = re.compile(r"not\((.*)\)", re.DOTALL)
SIGNS = {"<=": "≤", ">=": "≥", "<": "<", ">": ">"}
MOMENT = re.compile(r'@"([^"]*)"')
# Findings that say for which values they are so.
PLACED = frozenset({"gap", "rules_overlap"})


def findings_view(labels: Labels) -> list[dict[str, Any]]:
    """Return what is wrong or doubtful about a table, each with its place in words."""
    return [_finding_view(found, labels) for found in operations.findings(labels.model)]


def _finding_view(found: Finding, labels: Labels) -> dict[str, Any]:
    words = finding_words(found, where_words(found.where, labels) if found.code in PLACED else "")
    place = place_words(found.rules, found.column, labels)
    return {
        "severity": found.severity,
        "words": words,
        # most sentences name their rows already
        "place": "" if words.startswith(place) else place,
        "rules": list(found.rules),
        "column": found.column,
    }


def place_words(rules: Sequence[int], column: int, labels: Labels) -> str:
    table = labels.table
    parts: list[Any] = [*table.inputs, *table.outputs] if table else []
    found = []
    if len(rules) == 1:
        found.append(_("Row %(number)s") % {"number": rules[0]})
    if 0 < column <= len(parts):
        found.append(labels.column(parts[column - 1]))
    return _(", ").join(found)


def where_words(where: Where, labels: Labels) -> str:
    """Return the place of a finding: the columns that make a difference there, each with its values."""
    inputs: Sequence[Input] = labels.table.inputs if labels.table else ()
    found = [
        _("%(column)s: %(values)s")
        % {
            "column": labels.column(part),
            "values": _(" or ").join(value_words(labels, part, t) for t in texts),
        }
        for part, texts in zip(inputs, where, strict=False)
        if texts
    ]
    return _("; ").join(found) or _("whatever the values are")


def value_words(labels: Labels, part: Input, text: str) -> str:
    """Return one alternative of a column: a value by its name, a range by its ends, or all other values."""
    if others := OTHERS.fullmatch(text):
        return _("anything but %(values)s") % {
            "values": _plain(labels, part, others[1]).replace(", ", _(", "))
        }
    if compared := COMPARED.fullmatch(text):
        return f"{SIGNS[compared[1]]} {_plain(labels, part, compared[2])}"
    if interval := INTERVAL.fullmatch(text):
        return _interval(interval, labels, part)
    return _plain(labels, part, text)


def _interval(found: re.Match[str], labels: Labels, part: Input) -> str:
    low, high = _plain(labels, part, found[2]), _plain(labels, part, found[3])
    above, below = ("≥" if found[1] == "[" else ">"), ("≤" if found[4] == "]" else "<")
    return _("%(low)s and %(high)s") % {"low": f"{above} {low}", "high": f"{below} {high}"}


def _plain(labels: Labels, part: Input, text: str) -> str:
    return labels.value(part, MOMENT.sub(r"\1", text))
