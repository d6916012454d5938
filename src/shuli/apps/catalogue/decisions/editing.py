"""What the editor of a decision shows, and the answers to what its script asks while somebody types."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from shuli.apps.catalogue.decisions import findings, pages, policies, queries, trying
from shuli.apps.catalogue.decisions.grid import Grid, grid_of, model_with
from shuli.apps.catalogue.decisions.labels import Labels, name_of
from shuli.apps.catalogue.models import Decision
from shuli.core.feel.dmn import Model
from shuli.core.feel.text import quoted
from shuli.core.forms.definition import FieldBase
from shuli.kit.components.moments import moment_within
from shuli.kit.components.values import Action
from shuli.kit.forms.shown import in_language

TYPES = (
    ("", gettext_lazy("any")),
    ("string", gettext_lazy("text")),
    ("number", gettext_lazy("number")),
    ("boolean", gettext_lazy("yes or no")),
    ("date", gettext_lazy("date")),
    ("date and time", gettext_lazy("date with time")),
    ("days and time duration", gettext_lazy("duration in days")),
    ("years and months duration", gettext_lazy("duration in months")),
)
# The type of the variable that a field of a form sets.
FIELD_TYPES = {
    "number": "number", "money": "number", "rating": "number", "boolean": "boolean", "date": "date",
    "datetime": "date and time", "time": "time", "choices": "list<string>", "text_list": "list<string>",
    "text": "string", "long_text": "string", "choice": "string", "department": "string", "post": "string",
    "person": "string", "decision": "string",
}  # fmt: skip
# What people call the types of variables.
KINDS = {**dict(TYPES), "time": gettext_lazy("time"), "list<string>": gettext_lazy("list")}
# What the island writes on its buttons and marks.
WORDS = {
    "table": gettext_lazy("Decision table"),
    "row": gettext_lazy("Row"),
    "condition": gettext_lazy("Condition column"),
    "result": gettext_lazy("Result column"),
    "explanation": gettext_lazy("Explanation column"),
    "column": gettext_lazy("Column"),
    "undo": pgettext_lazy("decision table", "Undo"),
    "redo": pgettext_lazy("decision table", "Redo"),
    "cell": gettext_lazy("The present cell, in FEEL"),
    "policy": gettext_lazy("When several rows fit"),
    "name": gettext_lazy("Name of the column"),
    "english": gettext_lazy("English name"),
    "expression": gettext_lazy("Expression"),
    "variable": gettext_lazy("Variable"),
    "otherwise": gettext_lazy("Otherwise"),
    "type": gettext_lazy("Type"),
    "values": gettext_lazy("Allowed values"),
    "remove": gettext_lazy("Remove the column"),
    "left": gettext_lazy("Move left"),
    "right_column": gettext_lazy("Move right"),
    "close": gettext_lazy("Close"),
    "drag": gettext_lazy("Drag to move the row"),
    "sample": gettext_lazy("Sample"),
    "expected": pgettext_lazy("sample", "Expected"),
    "decided": gettext_lazy("Decided"),
    "right": gettext_lazy("as expected"),
    "wrong": gettext_lazy("not as expected"),
    "rowNumber": gettext_lazy("row {rows}"),
    "error": gettext_lazy("Error"),
    "warning": pgettext_lazy("finding", "Note"),
    "fine": gettext_lazy("Nothing speaks against this table."),
}
# A page without script shows every cell as a field of a form; a larger table needs the script.
MOST_CELLS = 3_000


def draft_model(decision: Decision) -> Model:
    """Return what is being edited: the draft, else the version in force, else the latest."""
    if decision.draft:
        return queries.model_of(decision.draft)
    version = queries.version_in_force(decision.key) or next(iter(queries.versions(decision)))
    return queries.model(version.pk)


def edit_page(
    decision: Decision,
    grid: Grid | None = None,
    samples: Sequence[dict[str, Any]] | None = None,
    *,
    refusal: str = "",
) -> dict[str, Any]:
    """Return the editor: the table with its cells, what speaks against it, the samples, and publishing."""
    model = draft_model(decision)
    page: dict[str, Any] = {
        "decision": decision,
        "title": name_of(decision),
        "refusal": refusal,
        "draft_line": _draft_line(decision),
        "edition": pages.edition_line(decision),
        "actions": _actions(),
    }
    shown = grid or grid_of(model)
    if shown is None:
        return page | {"is_table": False}
    whole = model_with(model, shown)
    labels = Labels(decision=decision, model=whole)
    kept = trying.clean_samples(decision.samples if samples is None else samples)
    cells = len(shown.rows) * (len(shown.inputs) + len(shown.outputs) + len(shown.annotations))
    return page | {
        "is_table": True,
        "grid": shown,
        "is_too_large": cells > MOST_CELLS,
        "heads": _heads(shown),
        "types": TYPES,
        "policies": policies.policies_view(),
        "aggregations": policies.AGGREGATIONS.items(),
        "policy": policies.policy_words(shown.hit_policy, shown.aggregation),
        "variables": trying.variables(whole),
        "names": names_of(decision),
        "island": island_data(decision, shown, labels, kept),
        "scope": scope_of(decision),
        **check(decision, whole, kept),
    }


def _draft_line(decision: Decision) -> str:
    if not decision.draft:
        return _("You start from what is published.")
    said = {"who": pages.person_name(decision.draft_by), "at": moment_within(decision.draft_at)}
    latest = next(iter(queries.versions(decision)), None)
    if latest is not None and decision.draft_at is not None and latest.published_at > decision.draft_at:
        newer = {"number": latest.number, **said}
        return (
            _("Draft of %(who)s, %(at)s. Version %(number)s came later: publishing the draft replaces it.")
            % newer
        )
    return _("Draft of %(who)s, %(at)s. Cases do not use it before it is published.") % said


def _actions() -> list[Action]:
    return [
        Action(label=_("Publish"), icon="rocket", is_primary=True, url="#publish"),
        Action(label=_("Save draft"), icon="notes", form="table", name="do", value="save"),
        Action(label=_("Import"), icon="upload", url="#import"),
    ]


def _heads(grid: Grid) -> list[dict[str, Any]]:
    """Return the columns with what the server-rendered form needs of each."""
    found = []
    for kind, columns in (("in", grid.inputs), ("out", grid.outputs)):
        for at, column in enumerate(columns):
            found.append(
                {"kind": kind, "at": at, "column": column, "label": column.label or column.expression}
            )
    return found


def island_data(
    decision: Decision, grid: Grid, labels: Labels, samples: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    """Return what the island of the table starts from."""
    return {
        "grid": msgspec.to_builtins(grid),
        "samples": list(samples),
        "choices": choices_of(labels),
        "policies": policies.policies_view(),
        "aggregations": [{"code": code, "name": str(name)} for code, name in policies.AGGREGATIONS.items()],
        "types": [{"code": code, "name": str(name)} for code, name in TYPES],
        "variables": list(trying.variables(labels.model)),
        "names": names_of(decision),
        "words": {key: str(words) for key, words in WORDS.items()},
        "check": reverse("catalogue:decision_check", args=[decision.key]),
    }


def choices_of(labels: Labels) -> dict[str, list[dict[str, str]]]:
    """Return by column id the values that a cell may take from a list, each with what people read for it."""
    table = labels.table
    parts: list[Any] = [*table.inputs, *table.outputs] if table else []
    found: dict[str, list[dict[str, str]]] = {}
    for part in parts:
        if part.type == "boolean":
            found[part.id] = [{"text": "true", "label": _("Yes")}, {"text": "false", "label": _("No")}]
            continue
        known = labels.known_values(part)
        texts = _listed(part.values) or [quoted(code) for code in known]
        found[part.id] = [
            {"text": text, "label": known.get(text.strip('"'), text.strip('"'))} for text in texts
        ]
    return {key: values for key, values in found.items() if values}


def _listed(values: str) -> list[str]:
    """Return the allowed values of a column where they are plain texts or numbers."""
    parts = [part.strip() for part in values.split(",") if part.strip()]
    plain = all(part.startswith('"') or part.replace(".", "").isdigit() for part in parts)
    return parts if plain else []


def scope_of(decision: Decision) -> list[dict[str, str]]:
    """Return the variables that expressions of the decision may read: the fields of the process's forms."""
    return [variable_of(field) for field in queries.fields(decision).values()]


def names_of(decision: Decision) -> dict[str, str]:
    """Return what people call the variables of a decision."""
    return {one["name"]: one["label"] for one in scope_of(decision)}


def variable_of(field: FieldBase) -> dict[str, str]:
    tag = str(type(field).__struct_config__.tag)
    kind = FIELD_TYPES.get(tag, "")
    said = str(KINDS[kind]) if kind else ""
    return {"name": field.key, "type": kind, "label": in_language(field.label), "kind": said}


def check(decision: Decision, model: Model, samples: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return what is wrong with a table and what it decides for the samples."""
    labels = Labels(decision=decision, model=model)
    return {
        "findings": findings.findings_view(labels),
        "samples": pages.samples_view(labels, samples),
    }


def answer(decision: Decision, grid: Grid, samples: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the JSON answer to the island: findings, samples, lists of values, variables, the policy in words."""
    model = model_with(draft_model(decision), grid)
    labels = Labels(decision=decision, model=model)
    return {
        **check(decision, model, trying.clean_samples(list(samples))),
        "choices": choices_of(labels),
        "variables": list(trying.variables(model)),
        "policy": policies.policy_words(grid.hit_policy, grid.aggregation)["what"],
    }
