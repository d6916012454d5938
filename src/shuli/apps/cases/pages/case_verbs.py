"""The buttons of a case: what its starter, its process owner and its supervisor may do with all of it."""

from collections.abc import Callable, Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from shuli.apps.cases import presentation, queries, rights
from shuli.apps.cases.models import Case
from shuli.apps.cases.pages import dialogs
from shuli.apps.cases.pages.dialogs import Dialog
from shuli.apps.cases.pages.verbs import Verb, asking, copy_dialog, urge_dialog
from shuli.apps.catalogue import queries as catalogue
from shuli.kit.components.values import Action

# What other rooms offer on the page of a case, by its reader.
FURTHER: list[Callable[[str, Case], Iterable[Action]]] = []


def case_verbs(case: Case, person: str) -> list[Verb]:
    """Return the buttons of a case beside opening one's task."""
    owns = rights.owns_case(person, case.pk)
    if case.ended_at is not None:
        return [*_reopening(case)] if owns else []
    owned = _owner_verbs(case) if owns else []
    return [*_telling(case, person), *_starter_verbs(case, person), *owned]


def _reopening(case: Case) -> Iterator[Verb]:
    """Yield the way back into a closed case: to one of the steps that it has gone through."""
    graph = catalogue.graph(case.version_id)
    nodes = dict.fromkeys(visit.node for visit in reversed(queries.visits(case.pk)))
    places = [(node, presentation.node_name(graph, node)) for node in nodes if node in graph.nodes]
    if places:
        asks = [dialogs.choice("to", _("At which step it goes on"), places), dialogs.reason()]
        dialog = Dialog(id="reopen", heading=_("Reopen this case"), url=_case_url(case, "reopen"), asks=asks)
        yield asking(_("Reopen"), "refresh", dialog, is_rare=True)


def _telling(case: Case, person: str) -> Iterator[Verb]:
    if rights.may_urge(person, case) and case.status == Case.Status.RUNNING:
        yield asking(_("Urge"), "bell-ringing", urge_dialog(_case_url(case, "urge_case")))
    if rights.may_copy(person, case):
        yield asking(_("Send a copy"), "send", copy_dialog(case), is_rare=True)


def _starter_verbs(case: Case, person: str) -> Iterator[Verb]:
    if case.starter == person:
        dialog = _case_dialog(case, "withdraw", _("Withdraw this case"))
        yield asking(_("Withdraw"), "arrow-back-up", dialog, is_rare=True)


def _owner_verbs(case: Case) -> Iterator[Verb]:
    if case.status == Case.Status.SUSPENDED:
        text = _("Every time limit goes on with what was left of it.")
        dialog = Dialog(id="resume", heading=_("Resume this case"), url=_case_url(case, "resume"), text=text)
        yield asking(_("Resume"), "player-play", dialog)
    else:
        text = _("Nobody can work on it and no time runs until it is resumed.")
        dialog = _case_dialog(case, "suspend", _("Suspend this case"), text)
        yield asking(_("Suspend"), "player-pause", dialog, is_rare=True)
    dialog = _case_dialog(case, "terminate", _("Terminate this case"))
    yield asking(_("Terminate"), "circle-x", dialog, is_rare=True, is_grave=True)


def _case_dialog(case: Case, name: str, heading: str, text: str = "") -> Dialog:
    return Dialog(id=name, heading=heading, url=_case_url(case, name), asks=[dialogs.reason()], text=text)


def _case_url(case: Case, name: str) -> str:
    return reverse(f"cases:{name}", args=[case.number])
