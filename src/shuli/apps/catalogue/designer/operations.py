"""Changing the forms of a draft: each is one saving of the draft, by its revision."""

import re
from typing import Any

from django.db import transaction

from shuli.apps.catalogue.designer import queries
from shuli.apps.catalogue.models import Draft
from shuli.apps.catalogue.studio import operations as studio
from shuli.apps.catalogue.studio import queries as drafts
from shuli.core.forms.linting import FORM_KEY
from shuli.kit.components.words import joined
from shuli.kit.errors import Refusal

# Beyond this a form is no form any more.
MOST_BYTES = 400_000


@transaction.atomic
def save_form(
    pk: int, person: str, key: str, definition: Any, *, expected: int, seen: Any = None
) -> Draft | Refusal:
    """Keep one form of a draft as it is on the page.

    `seen` is the form as the page read or saved it last: somebody who meanwhile saved another form, or the diagram, is
    no hindrance; somebody who saved this one is, and the refusal says who and when.
    """
    draft = _locked(pk, person)
    if isinstance(draft, Refusal):
        return draft
    if key not in draft.forms:
        return Refusal("form_missing", status=404)
    if not isinstance(definition, dict) or definition.get("key") != key:
        return Refusal("form_unusable")
    revision = draft.revision if draft.forms[key] == seen else expected
    return studio.save_draft(pk, person, revision, {"forms": {**draft.forms, key: definition}})


@transaction.atomic
def new_form(pk: int, person: str, key: str, title: dict[str, str], source: Any = None) -> Draft | Refusal:
    """Add a form to a draft: with one empty field, or as `source` is."""
    draft = _locked(pk, person)
    if isinstance(draft, Refusal):
        return draft
    if not FORM_KEY.fullmatch(key):
        return Refusal("form_key_wrong")
    if key in draft.forms:
        return Refusal("form_key_taken", key=key, status=409)
    made = dict(source) if isinstance(source, dict) else {"sections": [{"fields": []}]}
    named = {language: words for language, words in title.items() if words}
    made |= {"key": key, **({"title": named} if named else {})}
    made.setdefault("title", {"zh": key, "en": key})
    if queries.loose_form(made) is None:
        return Refusal("form_unusable")
    return studio.save_draft(pk, person, draft.revision, {"forms": {**draft.forms, key: made}})


@transaction.atomic
def copy_form(pk: int, person: str, key: str, definition: Any = None) -> tuple[Draft, str] | Refusal:
    """Keep a form, or what somebody made of it, beside the one that there is; return the key of the copy too."""
    draft = _locked(pk, person)
    if isinstance(draft, Refusal):
        return draft
    source = definition if definition is not None else draft.forms.get(key)
    if not isinstance(source, dict):
        return Refusal("form_missing", status=404)
    free = _free(re.sub(r"_\d+$", "", key), draft)
    made = new_form(pk, person, free, {}, source)
    return made if isinstance(made, Refusal) else (made, free)


def _free(key: str, draft: Draft) -> str:
    number = 2
    while f"{key}_{number}" in draft.forms:
        number += 1
    return f"{key}_{number}"


@transaction.atomic
def delete_form(pk: int, person: str, key: str) -> Draft | Refusal:
    """Take a form out of a draft, unless a step shows it."""
    draft = _locked(pk, person)
    if isinstance(draft, Refusal):
        return draft
    if key not in draft.forms:
        return Refusal("form_missing", status=404)
    used = queries.uses(draft).get(key, [])
    if used:
        return Refusal("form_in_use", status=409, steps=joined(used))
    left = {name: form for name, form in draft.forms.items() if name != key}
    return studio.save_draft(pk, person, draft.revision, {"forms": left})


def _locked(pk: int, person: str) -> Draft | Refusal:
    """Return the draft, held until the transaction ends, or why the person may not work on it."""
    Draft.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    draft = drafts.draft(pk)
    refusal = studio.may_touch(draft, person)
    if draft is None or refusal is not None:
        return refusal or Refusal("draft_missing", status=404)
    return draft
