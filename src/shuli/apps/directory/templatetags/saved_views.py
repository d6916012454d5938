"""The views of a page, as a tag: {% load saved_views %}{% saved_views %}."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from shuli.apps.directory import queries
from shuli.apps.directory import saved_views as saved
from shuli.apps.directory.models import SavedView

register = template.Library()


@register.inclusion_tag("directory/_saved_views.html", takes_context=True)
def saved_views(context: Context) -> dict[str, Any]:
    """Draw the views that the reader has of pages like this one, and what keeps the present one."""
    request = context["request"]
    person, path = request.user.get_username(), request.path
    query = saved.chosen(request.META.get("QUERY_STRING", ""))
    rows = saved.offered(person, saved.group_of(path))
    names = queries.full_names(row.person for row in rows if row.person != person)
    departments = queries.labels(get_language() or "zh-hans", "department")
    return {
        "path": path,
        "query": query,
        "views": [
            {
                "row": row,
                "url": f"{row.path}?{row.query}" if row.query else row.path,
                "is_current": (row.path, row.query) == (path, query),
                "is_own": row.person == person,
                "note": _note(row, person, names, departments),
            }
            for row in rows
        ],
        "shares": [
            ("", pgettext("a saved view", "Only me")),
            *((code, departments.get(code, code)) for code in saved.shares(person)),
            (SavedView.ALL, _("Everybody who may open it")),
        ],
        "csrf_token": context.get("csrf_token"),
    }


def _note(row: SavedView, person: str, names: dict[str, str], departments: dict[str, str]) -> str:
    """Return whose a view is, or with whom one's own is shared."""
    if row.person != person:
        return names.get(row.person, row.person)
    if row.shared_with == SavedView.ALL:
        return _("shared with everybody")
    return departments.get(row.shared_with, row.shared_with)
