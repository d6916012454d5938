"""What the pages of decisions show: the register of them, one with its table and history, a version beside the one before."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuli.apps.catalogue.decisions import queries, trying
from shuli.apps.catalogue.decisions.difference import Difference, difference
from shuli.apps.catalogue.decisions.grid import grid_of
from shuli.apps.catalogue.decisions.labels import Labels, labels_of, name_of
from shuli.apps.catalogue.models import Decision, DecisionVersion
from shuli.apps.directory import queries as directory
from shuli.core.feel.dmn import HitPolicy, Output
from shuli.core.feel.dmn.decided import annotations_of
from shuli.kit import clock
from shuli.kit.components.moments import moment
from shuli.kit.components.values import Action, Cell, Column, Step, Table, TableRow
from shuli.kit.forms.shown import in_language

# What each hit policy does, in the words of people who know spreadsheets.
POLICIES: dict[str, tuple[str | Promise, str | Promise]] = {
    "UNIQUE": (gettext_lazy("Only one row fits"), gettext_lazy("No two rows may fit the same values. The one that fits decides.")),
    "FIRST": (gettext_lazy("The first row that fits"), gettext_lazy("Rows are read from the top; the first that fits decides. The order of the rows matters.")),
    "PRIORITY": (gettext_lazy("The most important result"), gettext_lazy("Of all rows that fit, the result that stands first among the allowed values decides.")),
    "ANY": (gettext_lazy("Any row, they agree"), gettext_lazy("Several rows may fit, but they must give the same result.")),
    "COLLECT": (gettext_lazy("All results together"), gettext_lazy("All rows that fit give their results as a list; they can be added up or counted.")),
    "RULE ORDER": (gettext_lazy("All results, by row"), gettext_lazy("All rows that fit give their results as a list, in the order of the rows.")),
    "OUTPUT ORDER": (gettext_lazy("All results, by importance"), gettext_lazy("All rows that fit give their results as a list, in the order of the allowed values.")),
}  # fmt: skip
AGGREGATIONS: dict[str, str | Promise] = {
    "": gettext_lazy("as a list"),
    "SUM": gettext_lazy("added up"),
    "COUNT": gettext_lazy("counted"),
    "MIN": gettext_lazy("the smallest"),
    "MAX": gettext_lazy("the largest"),
}


def person_name(username: str) -> str:
    """Return who changed a decision; nobody here means that it came with the library."""
    return directory.display_names([username]) if username else _("came with the library")


def list_page(person: str, text: str) -> dict[str, Any]:
    rows = queries.decisions(text=text)
    return {
        "title": _("Decisions"),
        "text": text,
        "table": _list_table(rows),
        "has_rows": bool(rows),
        "actions": _list_actions(person),
    }


def _list_actions(person: str) -> list[Action]:
    guide = Action(label=_("Guide"), icon="help-circle", url=reverse("catalogue:guide"))
    if not queries.may_write_somewhere(person):
        return [guide]
    new = Action(label=_("New decision"), icon="plus", is_primary=True, url=reverse("catalogue:decision_new"))
    play = Action(label=_("Expression workbench"), icon="flask", url=reverse("catalogue:feel"))
    return [new, play, guide]


def _list_table(rows: Sequence[Decision]) -> Table:
    return Table(
        columns=[
            Column(label=_("Decision"), phone="first"),
            Column(label=_("Process")),
            Column(label=_("Version"), phone="key"),
            Column(label=_("Changed")),
            Column(label=_("Reason"), phone="wide"),
        ],
        rows=[_list_row(row) for row in rows],
    )


def _list_row(row: Decision) -> TableRow:
    latest = next(iter(queries.versions(row)), None)
    process = in_language(row.process.names) if row.process else _("the whole company")
    changed = f"{moment(latest.published_at)} {person_name(latest.person)}" if latest else ""
    return TableRow(
        cells=[
            Cell(value=name_of(row), url=reverse("catalogue:decision", args=[row.key]), note=row.key),
            process,
            (f"v{latest.number}" if latest else _("not published")) + (_(" + draft") if row.draft else ""),
            changed,
            latest.reason if latest else "",
        ]
    )


def decision_page(decision: Decision, person: str) -> dict[str, Any]:
    """Return a decision with the table in force, who changed it when and why, and what may be done."""
    versions = queries.versions(decision)
    in_force = queries.version_in_force(decision.key)
    shown = in_force or (versions[0] if versions else None)
    may_edit = queries.may_edit(decision, person)
    page: dict[str, Any] = {
        "decision": decision,
        "title": name_of(decision),
        "crumbs": _crumbs(decision),
        "in_force": in_force,
        "verdict": _verdict(in_force),
        "actions": _actions(decision, shown, may_edit=may_edit),
        "history": [_history_step(row, in_force) for row in versions],
        "may_edit": may_edit,
    }
    return page | (table_view(labels_of(shown)) if shown else {})


def _crumbs(decision: Decision) -> dict[str, str]:
    if decision.process is None:
        return {}
    url = reverse("catalogue:process", args=[decision.process.key])
    return {"url": url, "name": in_language(decision.process.names)}


def _verdict(version: DecisionVersion | None) -> str:
    if version is None:
        return _("Nothing is in force yet: publish the draft first.")
    said = {
        "number": version.number,
        "since": moment(version.effective_at),
        "who": person_name(version.person),
    }
    return _("Version %(number)s has been in force since %(since)s (%(who)s).") % said


def _actions(decision: Decision, shown: DecisionVersion | None, *, may_edit: bool) -> list[Action]:
    found = []
    if may_edit:
        edit = reverse("catalogue:decision_edit", args=[decision.key])
        words = _("Go on with the draft") if decision.draft else _("Edit the table")
        found.append(Action(label=words, icon="edit", is_primary=True, url=edit))
    if shown is not None:
        for label, name in ((_("Excel"), "decision_xlsx"), (_("DMN file"), "decision_dmn")):
            url = reverse(f"catalogue:{name}", args=[decision.key])
            found.append(Action(label=label, icon="download", url=url))
    return found


def _history_step(version: DecisionVersion, in_force: DecisionVersion | None) -> Step:
    now = clock.now()
    is_now = in_force is not None and in_force.pk == version.pk
    later = version.effective_at > now
    text = version.reason or (_("Came with the library.") if not version.person else "")
    if later:
        text = _("Takes effect %(at)s. %(reason)s") % {"at": moment(version.effective_at), "reason": text}
    return Step(
        name=_("Version %(number)s") % {"number": version.number},
        state="now" if is_now else "next" if later else "done",
        who=person_name(version.person),
        at=version.published_at,
        text=text,
        url=reverse("catalogue:decision_version", args=[version.decision.key, version.number]),
    )


def table_view(labels: Labels) -> dict[str, Any]:
    """Return the table as it is read, with every code by its name."""
    table = labels.table
    if table is None:
        return {"is_table": False}
    return {
        "is_table": True,
        "policy": policy_words(table.hit_policy.value, table.aggregation.value if table.aggregation else ""),
        "inputs": [{"label": labels.column(part), "source": part.expression} for part in table.inputs],
        "outputs": [labels.column(part) for part in table.outputs],
        "rows": [
            {
                "number": number,
                "tests": [labels.value(p, t) for p, t in zip(table.inputs, rule.tests, strict=False)],
                "outputs": [labels.value(p, t) for p, t in zip(table.outputs, rule.outputs, strict=False)],
                "note": labels.annotation(annotations_of(rule)),
            }
            for number, rule in enumerate(table.rules, 1)
        ],
        "default": _default(labels, table.outputs),
    }


def _default(labels: Labels, outputs: Sequence[Output]) -> str:
    said = [labels.value(part, part.default) for part in outputs if part.default.strip()]
    return _(", ").join(said)


def policy_words(policy: str, aggregation: str = "") -> dict[str, Any]:
    """Return what a hit policy is called and what it does."""
    name, what = POLICIES[policy]
    short = f"{name} ({AGGREGATIONS[aggregation]})" if aggregation else str(name)
    return {"name": short, "what": str(what), "code": policy}


def version_page(version: DecisionVersion) -> dict[str, Any]:
    """Return a version with what it changed."""
    before = queries.version(version.decision.key, version.number - 1)
    labels = labels_of(version)
    changes = _difference(version, before)
    said = {"who": person_name(version.person), "at": moment(version.published_at)}
    return {
        "decision": version.decision,
        "version": version,
        "title": _("%(name)s, version %(number)s")
        % {"name": name_of(version.decision), "number": version.number},
        "crumbs": _crumbs(version.decision),
        "name": name_of(version.decision),
        "verdict": _("Published %(at)s by %(who)s.") % said
        if version.person
        else _("Came with the library, %(at)s.") % said,
        "reason": version.reason,
        "effective": moment(version.effective_at),
        "before": before,
        **table_view(labels),
        "changes": _changes(changes, labels) if changes else None,
        "policy_change": [policy_words(one) for one in changes.policy]
        if changes and changes.policy
        else None,
        "changed_columns": _(", ").join(changes.columns) if changes else "",
    }


def _difference(version: DecisionVersion, before: DecisionVersion | None) -> Difference | None:
    if before is None:
        return None
    old, new = grid_of(queries.model(before.pk)), grid_of(queries.model(version.pk))
    return difference(old, new) if old is not None and new is not None else None


def _changes(changes: Difference, labels: Labels) -> list[dict[str, Any]]:
    """Return the rows that are not the same, with every cell as it is read."""
    table = labels.table
    parts: list[Any] = [*table.inputs, *table.outputs] if table else []

    def words(at: int, text: str) -> str:
        return labels.value(parts[at], text) if at < len(parts) else text

    return [
        {
            "number": row.number,
            "state": row.state,
            "word": CHANGE_WORDS[row.state],
            "cells": [
                {"now": words(at, cell.now), "before": words(at, cell.before), "is_changed": cell.is_changed}
                for at, cell in enumerate(row.cells)
            ],
        }
        for row in changes.rows
        if row.state != "same"
    ]


CHANGE_WORDS: dict[str, str | Promise] = {
    "added": gettext_lazy("added"),
    "removed": gettext_lazy("removed"),
    "changed": gettext_lazy("changed"),
}


def samples_view(labels: Labels, samples: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return each sample with what the table decides for it."""
    tried = trying.try_samples(labels.model, samples)
    table = labels.table
    output = table.outputs[0] if table is not None and len(table.outputs) == 1 else None
    return [
        {
            "inputs": sample["inputs"],
            "expected": sample.get("expected", ""),
            "value": labels.value(output, one.value) if output else one.value,
            "rows": list(one.rows),
            "is_right": one.is_right,
            "problems": dict(one.problems or {}),
        }
        for sample, one in zip(samples, tried, strict=True)
    ]


def policies_view() -> list[dict[str, str]]:
    return [
        {"code": one.value, "name": str(POLICIES[one.value][0]), "what": str(POLICIES[one.value][1])}
        for one in HitPolicy
    ]
