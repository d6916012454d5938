"""What would be left without its process: asked before an entry is deleted or a process taken out of service."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from shuli.apps.catalogue import queries
from shuli.apps.catalogue.models import Process, ProcessVersion
from shuli.kit.forms.shown import in_language


@dataclass(frozen=True, kw_only=True)
class Use:
    """One thing that needs the process."""

    words: str
    url: str = ""


# Rooms above add what they know: the cases of a process.
ASKED: list[Callable[[Process, str], list[Use]]] = []


def uses_of(process: Process, person: str) -> list[Use]:
    """Return everything that keeps the entry from being deleted, as the person may see it."""
    asked = (use for ask in ASKED for use in ask(process, person))
    return [*_versions(process), *callers(process), *_rest(process), *asked]


def _versions(process: Process) -> list[Use]:
    url = reverse("catalogue:process", args=[process.key])
    numbers = process.versions.exclude(status=ProcessVersion.Status.DRAFT).values_list("number", flat=True)
    return [Use(words=_("Version %(number)s") % {"number": number}, url=url) for number in numbers]


def callers(process: Process) -> list[Use]:
    """Return the processes in force that call this one."""
    found = []
    for version in ProcessVersion.objects.filter(status=ProcessVersion.Status.PUBLISHED).select_related(
        "process"
    ):
        nodes = queries.graph(version.pk).nodes.values()
        if version.process_id != process.pk and any(n.call and n.call.process == process.key for n in nodes):
            words = _("Called by %(name)s") % {"name": in_language(version.process.names)}
            found.append(Use(words=words, url=reverse("catalogue:process", args=[version.process.key])))
    return found


def _rest(process: Process) -> list[Use]:
    rules = [
        Use(
            words=_("Rule %(number)s") % {"number": rule.number},
            url=reverse("catalogue:rule", args=[rule.pk]),
        )
        for rule in process.rules.all()
    ]
    decisions = [
        Use(
            words=_("Decision %(key)s") % {"key": decision.key},
            url=reverse("catalogue:decision", args=[decision.key]),
        )
        for decision in process.decisions.all()
    ]
    changes = [Use(words=_("A change on its way")) for _one in process.changes.all()[:1]]
    return [*rules, *decisions, *changes]
