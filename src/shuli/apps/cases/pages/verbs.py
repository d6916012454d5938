"""The buttons of a task: what this person may do now, each with the dialog that it opens."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuli.apps.cases import operations, presentation, queries, rights, store
from shuli.apps.cases.models import Case, Task
from shuli.apps.cases.pages import dialogs
from shuli.apps.cases.pages.dialogs import Dialog
from shuli.apps.cases.pages.problems import problem_kinds
from shuli.apps.cases.people import Names
from shuli.apps.catalogue import queries as catalogue
from shuli.core.bpmn.graph import ProcessGraph
from shuli.core.engine import possible_verbs, returnable
from shuli.core.engine.marking import Marking, Step
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


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A task as a person has it before them: what the engine lets them do at it."""

    task: Task
    person: str
    case: Case
    graph: ProcessGraph
    marking: Marking
    verbs: frozenset[str] = field(default_factory=frozenset)

    def may(self, *verbs: str) -> bool:
        return any(verb in self.verbs for verb in verbs)


def desk_of(task: Task, person: str) -> Desk:
    """Return the task with what the person may do at its seat."""
    case = Case.objects.get(pk=task.case_id)
    graph = catalogue.graph(case.version_id)
    marking = store.decode_marking(case.marking, case.variables)
    verbs = possible_verbs(graph, marking, person, task.seat)
    if not rights.holds(person, task):
        verbs &= {"remove_signer"}
    return Desk(task=task, person=person, case=case, graph=graph, marking=marking, verbs=verbs)


def task_verbs(desk: Desk, names: Names, *, has_form: bool) -> list[Verb]:
    """Return the buttons of a task; the one that matters most first, the rare ones in the menu."""
    if desk.task.state == Task.State.DONE:
        return [*_taking_back(desk)]
    if desk.task.state not in {*rights.ACTIVE, Task.State.WAITING}:
        return []
    return [
        *_deciding(desk, has_form=has_form),
        *_returning(desk, names),
        *_handing(desk),
        *_asking_others(desk),
        *_everybody(desk, names),
    ]


def _taking_back(desk: Desk) -> Iterator[Verb]:
    if operations.may_take_back(desk.task.pk, desk.person):
        text = _(
            "Your decision is void, and what followed from it is cancelled; the others' votes count again."
        )
        url = reverse("cases:take_back", args=[desk.task.pk])
        asks = [dialogs.reason(is_required=False)]
        dialog = Dialog(id="take-back", heading=_("Take back"), url=url, asks=asks, text=text)
        yield asking(_("Take back"), "arrow-back-up", dialog)


def _deciding(desk: Desk, *, has_form: bool) -> Iterator[Verb]:
    task = desk.task
    if desk.may("accept"):
        accept = Action(label=_("Accept"), icon="check", is_primary=True, form="accept")
        yield Verb(action=accept)
        yield asking(_("Decline"), "circle-x", task_dialog(task, "decline", _("Decline this task")))
    if desk.may("complete"):
        yield Verb(action=Action(label=_("Complete"), icon="check", is_primary=True, form="complete"))
    if desk.may("claim"):
        yield Verb(action=Action(label=_("Claim"), icon="hand-stop", form="claim"))
    if has_form and desk.may("complete", "claim"):
        draft = reverse("cases:draft", args=[task.pk])
        yield Verb(
            action=Action(label=_("Save draft"), icon="notes", form="complete", to=draft, skips_checks=True)
        )
    if desk.may("release"):
        label = _("Give back to the department") if task.pool else _("Give back")
        yield Verb(action=Action(label=label, icon="users", is_rare=True, form="release"))


def _returning(desk: Desk, names: Names) -> Iterator[Verb]:
    own = return_targets(desk, names) if desk.may("return") else []
    targets = [*own, *(targets_of_caller(desk, names) if desk.may("return") else [])]
    if not targets:
        return
    ways = [("walk", _("Through the steps in between again")), ("straight", _("Straight back to me"))]
    asks = [dialogs.choice("to", _("Back to"), targets)]
    if own and desk.graph.nodes[desk.task.node].duty.resubmit == "either":
        asks.append(dialogs.choice("resubmit", _("When it is sent again, it goes"), ways))
    url = reverse("cases:return", args=[desk.task.pk])
    dialog = Dialog(id="return", heading=_("Return"), url=url, asks=[*asks, dialogs.reason()])
    yield asking(_("Return"), "arrow-back-up", dialog)


def _handing(desk: Desk) -> Iterator[Verb]:
    task = desk.task
    if desk.may("transfer") or (
        not rights.holds(desk.person, task) and rights.may_transfer(desk.person, task)
    ):
        dialog = task_dialog(task, "transfer", _("Transfer"), dialogs.person())
        yield asking(_("Transfer"), "user-share", dialog)
    if desk.may("delegate"):
        text = _("They do the work and give it back to you with their opinion; you decide.")
        asks = [
            dialogs.person("delegate", _("To")),
            dialogs.reason(_("What is to be done"), is_required=False),
        ]
        url = reverse("cases:delegate", args=[task.pk])
        dialog = Dialog(id="delegate", heading=_("Delegate"), url=url, asks=asks, text=text)
        yield asking(_("Delegate"), "user-check", dialog, is_rare=True)


POSITIONS = {
    "add_signer_before": ("before", gettext_lazy("Before I decide")),
    "add_signer_after": ("after", gettext_lazy("After I have approved")),
    "add_signer_beside": ("beside", gettext_lazy("Beside me, as voters")),
}
RULES = {
    "all": gettext_lazy("All of them"),
    "any": gettext_lazy("Any one of them"),
    "sequence": gettext_lazy("One after the other"),
}


def _asking_others(desk: Desk) -> Iterator[Verb]:
    positions = [(key, str(words)) for verb, (key, words) in POSITIONS.items() if desk.may(verb)]
    if positions:
        rules = [(key, str(words)) for key, words in RULES.items()]
        asks = [
            dialogs.people("signers", _("Who")),
            dialogs.choice("position", _("When they sign"), positions),
            dialogs.choice("rule", _("Who of them decides, before or after me"), rules),
            dialogs.reason(is_required=False),
        ]
        url = reverse("cases:add_signers", args=[desk.task.pk])
        dialog = Dialog(id="signers", heading=_("Add signers"), url=url, asks=asks)
        yield asking(_("Add signers"), "user-plus", dialog, is_rare=True)
    if rights.may_copy(desk.person, desk.case):
        yield asking(_("Send a copy"), "send", copy_dialog(desk.case), is_rare=True)


def _everybody(desk: Desk, names: Names) -> Iterator[Verb]:
    removable = [
        (str(row.pk), names.full(row.holder))
        for row in queries.added_signers(desk.case.pk, desk.task.visit_number)
        if rights.may_remove(desk.person, row)
    ]
    if removable:
        asks = [dialogs.choice("task", _("Who"), removable), dialogs.reason(is_required=False)]
        url = reverse("cases:remove_signer")
        dialog = Dialog(id="unsign", heading=_("Take a signer off"), url=url, asks=asks)
        yield asking(_("Take a signer off"), "x", dialog, is_rare=True)
    if rights.may_urge(desk.person, desk.case) and not rights.holds(desk.person, desk.task):
        yield asking(_("Urge"), "bell-ringing", urge_dialog(reverse("cases:urge", args=[desk.task.pk])))
    if rights.may_contribute(desk.person, desk.case.pk):
        yield asking(_("Report a problem"), "flag", _problem_dialog(desk.task), is_rare=True)


# Dialogs ------------------------------------------------------------------------------------------------


def task_dialog(task: Task, name: str, heading: str, *asks: dialogs.Ask) -> Dialog:
    url = reverse(f"cases:{name}", args=[task.pk])
    return Dialog(id=name, heading=heading, url=url, asks=[*asks, dialogs.reason()])


def copy_dialog(case: Case) -> Dialog:
    return Dialog(
        id="copy",
        heading=_("Send a copy"),
        url=reverse("cases:copies", args=[case.number]),
        asks=[dialogs.people("readers", _("To")), dialogs.reason(_("What to look at"), is_required=False)],
        text=_("They can read the case from then on; nothing waits for them. You see who has read it."),
        button=_("Send"),
    )


def urge_dialog(url: str) -> Dialog:
    asks = [dialogs.reason(_("Message"), name="text", is_required=False)]
    return Dialog(id="urge", heading=_("Urge"), url=url, asks=asks, button=_("Send"))


def _problem_dialog(task: Task) -> Dialog:
    return Dialog(
        id="problem",
        heading=_("Report a problem with this step"),
        url=reverse("cases:problem", args=[task.pk]),
        asks=[
            dialogs.choice("kind", _("Kind of problem"), problem_kinds()),
            dialogs.reason(_("What does not work?"), name="text"),
        ],
        button=_("Send"),
    )


def return_targets(desk: Desk, names: Names) -> list[tuple[str, str]]:
    """Return the earlier nodes to which the task may be sent back, the latest first, with who did them."""
    steps = returnable(desk.graph, desk.marking, desk.task.seat)
    return [(step.node, _step_words(desk.graph, step, names)) for step in reversed(steps)]


OUT = "out:"  # before a node of the calling case, where a choice names nodes of both


def targets_of_caller(desk: Desk, names: Names) -> list[tuple[str, str]]:
    """Return the nodes of the calling case to which the work may be sent back, the latest first."""
    parent = desk.case.parent
    if parent is None:
        return []
    graph = catalogue.graph(parent.version_id)
    process = presentation.words(graph.name)
    return [
        (
            f"{OUT}{step.node}",
            _("%(process)s, which called this case: %(step)s")
            % {"process": process, "step": _step_words(graph, step, names)},
        )
        for step in reversed(queries.steps_of_caller(desk.case) or ())
    ]


def _step_words(graph: ProcessGraph, step: Step, names: Names) -> str:
    name = presentation.node_name(graph, step.node) or _("Start")
    return " · ".join(filter(None, [name, names.full(step.person or "")]))
