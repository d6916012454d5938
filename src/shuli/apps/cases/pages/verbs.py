"""The buttons of tasks and cases: what this person may do now, each with the dialog that it opens."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from shuli.apps.cases import presentation, rights, store
from shuli.apps.cases.models import Case, Task
from shuli.apps.cases.pages import dialogs
from shuli.apps.cases.pages.dialogs import Dialog
from shuli.apps.cases.people import Names
from shuli.apps.catalogue import queries as catalogue
from shuli.core.engine import returnable
from shuli.kit.components.values import Action


@dataclass(frozen=True, kw_only=True, slots=True)
class Verb:
    """A button and, where it asks something first, its dialog."""

    action: Action
    dialog: Dialog | None = None


def asking(label: str, icon: str, dialog: Dialog, *, is_rare: bool = False, is_grave: bool = False) -> Verb:
    """Return a button that opens its dialog."""
    action = Action(label=label, icon=icon, opens=dialog.id, is_rare=is_rare, is_grave=is_grave)
    return Verb(action=action, dialog=dialog)


# A task -------------------------------------------------------------------------------------------------


def task_verbs(task: Task, person: str, names: Names, *, has_form: bool) -> list[Verb]:
    """Return the buttons of a task; the one that matters most first, the rare ones in the menu."""
    if task.state != Task.State.OPEN:
        return []
    return [*_holder_verbs(task, person, names, has_form=has_form), *_everybody_verbs(task, person)]


def _holder_verbs(task: Task, person: str, names: Names, *, has_form: bool) -> Iterator[Verb]:
    if not rights.may_act(person, task):
        return
    yield Verb(action=Action(label=_("Complete"), icon="check", is_primary=True, form="complete"))
    if not task.holder:
        yield Verb(action=Action(label=_("Claim"), icon="hand-stop", form="claim"))
    targets = return_targets(task, names)
    if targets:
        yield asking(_("Return"), "arrow-back-up", _return_dialog(task, targets))
    if has_form:
        draft = reverse("cases:draft", args=[task.pk])
        yield Verb(
            action=Action(label=_("Save draft"), icon="notes", form="complete", to=draft, skips_checks=True)
        )
    if task.holder and task.pool:
        label = _("Give back to the department")
        yield Verb(action=Action(label=label, icon="users", is_rare=True, form="release"))


def _everybody_verbs(task: Task, person: str) -> Iterator[Verb]:
    if rights.may_transfer(person, task):
        yield asking(_("Transfer"), "user-share", _transfer_dialog(task))
    if rights.may_contribute(person, task.case_id):
        yield asking(_("Report a problem"), "flag", _problem_dialog(task), is_rare=True)


def _return_dialog(task: Task, targets: list[tuple[str, str]]) -> Dialog:
    ways = [
        ("walk", _("Through the steps in between again")),
        ("straight", _("Straight back to me")),
    ]
    return Dialog(
        id="return",
        heading=_("Return"),
        url=reverse("cases:return", args=[task.pk]),
        asks=[
            dialogs.choice("to", _("Back to"), targets),
            dialogs.choice("resubmit", _("When it is sent again, it goes"), ways),
            dialogs.reason(),
        ],
    )


def _transfer_dialog(task: Task) -> Dialog:
    url = reverse("cases:transfer", args=[task.pk])
    asks = [dialogs.person(), dialogs.reason()]
    return Dialog(id="transfer", heading=_("Transfer"), url=url, asks=asks)


def _problem_dialog(task: Task) -> Dialog:
    return Dialog(
        id="problem",
        heading=_("Report a problem with this step"),
        url=reverse("cases:problem", args=[task.pk]),
        asks=[dialogs.reason(_("What does not work?"), name="text")],
        button=_("Send"),
    )


def return_targets(task: Task, names: Names) -> list[tuple[str, str]]:
    """Return the earlier nodes to which the task may be sent back, the latest first, with who did them."""
    case = Case.objects.get(pk=task.case_id)
    graph = catalogue.graph(case.version_id)
    steps = returnable(graph, store.decode_marking(case.marking, case.variables), task.seat)
    return [
        (
            step.node,
            " · ".join(
                filter(None, [presentation.node_name(graph, step.node), names.full(step.person or "")])
            ),
        )
        for step in reversed(steps)
    ]


# A case -------------------------------------------------------------------------------------------------


def case_verbs(case: Case, person: str) -> list[Verb]:
    """Return the buttons of a case beside opening one's task."""
    if case.ended_at is not None:
        return []
    owned = _owner_verbs(case) if rights.owns_case(person, case.pk) else []
    return [*_starter_verbs(case, person), *owned]


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
