"""What the pages show on which a draft becomes a version: the first one, or one that is handed in for review."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from shuli.apps.catalogue.models import Change, Draft
from shuli.apps.catalogue.publication.first import may_publish
from shuli.apps.catalogue.studio.checking import check_draft
from shuli.apps.catalogue.studio.operations import newer_version
from shuli.kit.forms.shown import in_language


def first_page(draft: Draft) -> dict[str, Any]:
    """Return the page on which the owner publishes the first version."""
    return {"title": _("Publish the first version"), "revision": draft.revision, **_page(draft)}


def submit_page(draft: Draft, change: Change | None, person: str) -> dict[str, Any]:
    """Return the page on which a draft is handed in, or once more after a return."""
    page = {"title": _("Hand in a change"), "newer": None if change else newer_version(draft), **_page(draft)}
    if change is not None:
        page["back"] = reverse("catalogue:change", args=[change.pk])
    elif may_publish(draft.process, person):
        page["publish_url"] = reverse("catalogue:draft_publish", args=[draft.pk])
    return page


def _page(draft: Draft) -> dict[str, Any]:
    process = draft.process
    at = f"?draft={draft.pk}"
    return {
        "process": process,
        "draft": draft,
        "name": in_language(process.names),
        "problems": [in_language(one.words) for one in check_draft(draft) if one.severity == "error"],
        "studio_url": reverse("catalogue:studio", args=[process.key]) + at,
        "try_url": reverse("cases:try_out", args=[process.key]) + at,
        "back": reverse("catalogue:studio", args=[process.key]) + at,
    }
