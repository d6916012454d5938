"""What the pages of decisions show: the register of them, one with its table and history, a version beside the one before."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from shuli.apps.catalogue.decisions import queries, trying
from shuli.apps.catalogue.decisions.changes import changes_view
from shuli.apps.catalogue.decisions.labels import Labels, labels_of, name_of
from shuli.apps.catalogue.decisions.policies import policy_words
from shuli.apps.catalogue.models import Decision, DecisionVersion
from shuli.apps.directory import queries as directory
from shuli.core.feel.dmn import Output
from shuli.core.feel.dmn.decided import annotations_of
from shuli.kit import clock
from shuli.kit.components.moments import moment, moment_within
from shuli.kit.components.values import Action, Cell, Column, Step, Table, TableRow
from shuli.kit.forms.shown import in_language


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
    changed = Cell(value=moment(latest.published_at), note=person_name(latest.person)) if latest else ""
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
        "edition": edition_line(decision) if may_edit else "",
    }
    return page | (table_view(labels_of(shown)) if shown else {})


def edition_line(decision: Decision) -> str:
    """Return that the library has a newer table than the one that was made from it here; empty where it has none."""
    if not queries.has_newer_edition(decision):
        return ""
    return _("It came with the library %(at)s. Your own table stays in force until you decide.") % {
        "at": moment_within(decision.shipped_at)
    }


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
        "since": moment_within(version.effective_at),
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
        text = _("Takes effect %(at)s. %(reason)s") % {
            "at": moment_within(version.effective_at),
            "reason": text,
        }
    return Step(
        name=_("Version %(number)s") % {"number": version.number},
        state="now" if is_now else "next" if later else "done",
        who=person_name(version.person) if version.person else "",
        at=version.published_at,
        text=text,
        url=reverse("catalogue:decision_version", args=[version.decision.key, version.number]),
    )


def edition_page(decision: Decision) -> dict[str, Any]:
    """Return the library's newer table beside the one that is in use here."""
    own = queries.version_in_force(decision.key) or next(iter(queries.versions(decision)), None)
    labels = Labels(decision=decision, model=queries.edition(decision))
    return {
        "decision": decision,
        "title": _("Newer edition of the library"),
        "name": name_of(decision),
        "crumbs": _crumbs(decision),
        "line": edition_line(decision),
        "number": own.number if own else 0,
        **table_view(labels),
        **changes_view(queries.model(own.pk) if own else None, labels),
    }


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


def version_page(version: DecisionVersion) -> dict[str, Any]:
    """Return a version with what it changed."""
    before = queries.version(version.decision.key, version.number - 1)
    labels = labels_of(version)
    said = {"who": person_name(version.person), "at": moment_within(version.published_at)}
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
        "effective": moment_within(version.effective_at),
        "before": before,
        **table_view(labels),
        **changes_view(queries.model(before.pk) if before else None, labels),
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
