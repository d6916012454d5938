"""The versions of a process, one after another."""

from django.urls import reverse
from django.utils.translation import gettext as _

from shuli.apps.catalogue.models import Process, ProcessVersion
from shuli.apps.directory import queries as directory
from shuli.kit.components.moments import moment_within
from shuli.kit.components.values import Step

STEP_STATES = {"coming": "next", "published": "now", "transition": "done", "retired": "done"}


def history(process: Process) -> list[Step]:
    """Return the versions of a process, the newest first, each with what it changed and who approved it."""
    rows = process.versions.exclude(status=ProcessVersion.Status.DRAFT).defer("bpmn", "forms", "documents")
    return [_history_step(process, row) for row in rows.order_by("-pk")]


def _history_step(process: Process, row: ProcessVersion) -> Step:
    text = row.summary or (_("Came with the library.") if not row.author else "")
    if row.approver:
        text = _("%(text)s · approved by %(name)s") % {"text": text, "name": named(row.approver)}
    return Step(
        name=_("Version %(number)s") % {"number": row.number},
        state=STEP_STATES.get(row.status, "done"),
        who=" · ".join(filter(None, [str(row.get_status_display()), span(row)])),
        at=row.published_at,
        text=text,
        url=reverse("catalogue:version", args=[process.key, row.number]),
    )


def span(row: ProcessVersion) -> str:
    """Return from when until when a version is or was in force."""
    since = moment_within(row.effective_at) if row.effective_at else ""
    if row.status == ProcessVersion.Status.TRANSITION and row.transition_until:
        until = moment_within(row.transition_until)
        return _("from %(since)s; may still be started until %(until)s") % {"since": since, "until": until}
    if row.replaced_at:
        return _("from %(since)s to %(until)s") % {"since": since, "until": moment_within(row.replaced_at)}
    return _("from %(since)s") % {"since": since} if since else ""


def named(username: str) -> str:
    return directory.display_names([username]) if username else ""
