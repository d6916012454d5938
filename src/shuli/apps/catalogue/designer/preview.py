"""A form of a draft as a step shows it, to try it out; and as a file."""

from collections.abc import Mapping
from typing import Any

import msgspec
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language

from shuli.apps.catalogue.designer import queries
from shuli.apps.catalogue.models import Draft
from shuli.core.forms import FieldRights, export_form_js, parse_post, read_form, write_form
from shuli.kit.forms import entry_html, read_html, states_for_page
from shuli.kit.forms.mistakes import mistake_words

READER = "reader"  # no step: somebody who only looks


def page(draft: Draft, key: str, step: str, person: str) -> dict[str, Any]:
    """Return the page of the preview: the form to fill in with the step's rights, or filled in for a reader."""
    reading = read_form(draft.forms[key])
    if reading.form is None:
        return {"findings": [mistake_words(one) for one in reading.findings if one.severity == "error"]}
    if step == READER:
        return {"form": read_html(reading.form, {}, {})}
    url = reverse("catalogue:form_states", args=[draft.pk, key])
    return {
        "form": entry_html(reading.form, {}, {}, _rights(draft, key, step), person=person),
        "state_url": f"{url}?step={step}",
    }


def states(draft: Draft, key: str, step: str, post: QueryDict) -> dict[str, dict[str, Any]]:
    """Return how every field is to be shown for what was typed."""
    form = read_form(draft.forms[key]).form
    if form is None:
        return {}
    answers = parse_post(form, dict(post.lists()))
    return states_for_page(form, answers, {}, _rights(draft, key, step))


def _rights(draft: Draft, key: str, step: str) -> FieldRights:
    found: Mapping[str, FieldRights] = {one.id: one.rights for one in queries.steps_using(draft, key)}
    return found.get(step, {})


def file(draft: Draft, key: str, kind: str) -> tuple[str, bytes]:
    """Return a file's name and what it holds: "form-js", else our own JSON."""
    form = queries.loose_form(draft.forms[key])
    if form is None:
        return f"{key}.json", msgspec.json.format(msgspec.json.encode(draft.forms[key]), indent=2)
    if kind == "form-js":
        language = "zh" if (get_language() or "zh").startswith("zh") else "en"
        schema = export_form_js(form, language).schema
        return f"{key}.form", msgspec.json.format(msgspec.json.encode(schema), indent=2)
    return f"{key}.json", write_form(form)
