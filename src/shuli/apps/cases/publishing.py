"""Deciding about a new version of a process by a case: the library process P-DOC, from the draft to its retirement.

The catalogue hands a change in; here its case starts, and what the case comes to is told to the catalogue.
"""

from collections.abc import Mapping
from typing import Any

from shuli.apps.cases import answers, execution, filled_forms, operations
from shuli.apps.cases.models import Case, Task
from shuli.apps.cases.outside import following
from shuli.apps.cases.outside.functions import service
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.catalogue.publication import effect
from shuli.apps.catalogue.publication import operations as publication
from shuli.apps.catalogue.register import operations as register
from shuli.apps.directory import queries as directory
from shuli.core.bpmn.graph import ProcessGraph
from shuli.core.engine import Refused, ServiceFailure
from shuli.core.engine import commands as c
from shuli.core.engine import events as e
from shuli.kit import clock
from shuli.kit.errors import Refusal

DOCUMENTS = "P-DOC"  # the library process in which regulations and versions are decided
DRAFTING = "document_draft"  # the form of its first step
CHANGE = "change"  # variable: the change that the case decides about
Variables = Mapping[str, Any]


def connect() -> None:
    """Let the catalogue start reviews, and follow their cases; called once when the app is ready."""
    publication.Review.start = start_review
    publication.Review.again = go_on
    following.LISTENERS[DOCUMENTS] = listen
    for name, function in FUNCTIONS.items():
        service(name)(function)


# Handing in ---------------------------------------------------------------------------------------------


def start_review(change: publication.Change) -> str | Refusal:
    """Start the case of a change and hand its draft in, as whoever drew it; return the case's number."""
    try:
        version = catalogue.version_in_force(DOCUMENTS)
    except catalogue.NotInForceError:
        return Refusal("nobody_reviews", status=409)
    node = catalogue.start_node(version.pk)
    said = {
        "document_title": f"{change.process.name} v{publication.number_of(change)}",
        "document_kind": "process",
        "drafting_department": directory.main_department(change.person) or "",
    }
    validation = answers.check_start(version.pk, node, said, change.person)
    if validation.errors:
        return _unreviewable(validation.errors[0].path)
    more = {
        CHANGE: change.pk,
        "process_key": change.process.key,
        "owner_post": change.process.owner_post or None,
    }
    command = c.Start(actor=change.person, variables={**validation.values, **more}, start=node.id)
    case_id, answer = execution.start(DOCUMENTS, command)
    if isinstance(answer, Refused):
        return _unreviewable(answer.code)
    filled_forms.record(case_id, node.id, None, node.duty.form, "", validation.values, change.person)
    refusal = _hand_in(change, case_id)
    return refusal or Case.objects.values_list("number", flat=True).get(pk=case_id)


def go_on(change: publication.Change) -> str | Refusal:
    """Hand a revised draft in to the case that sent it back."""
    case = Case.objects.get(number=change.case_number)
    return _hand_in(change, case.pk) or case.number


def _unreviewable(why: str) -> Refusal:
    return Refusal("review_not_started", status=409, why=why)


def _hand_in(change: publication.Change, case_id: int) -> Refusal | None:
    """Complete the drafting step with what was said of the change."""
    tasks = Task.objects.filter(case_id=case_id, state=Task.State.OPEN, holder=change.person).order_by("pk")
    task = next((one for one in tasks if _form_key(one) == DRAFTING), None)
    if task is None:
        return Refusal("change_not_returned", status=409)
    done = operations.complete(task.pk, change.person, _answers(change), operations.Verdict())
    if isinstance(done, operations.Unfit):
        return _unreviewable(done.validation.errors[0].path)
    return _unreviewable(done.code) if isinstance(done, Refused) else None


def _form_key(task: Task) -> str:
    node = catalogue.graph(task.case.version_id).nodes.get(task.node)
    return (node.duty.form if node else "") or ""


def _answers(change: publication.Change) -> dict[str, Any]:
    """Return the drafting form as the change fills it."""
    return {
        "subject_version": publication.number_of(change),
        "change_summary": change.summary,
        "change_reason": change.reason,
        "effective_on": (change.effective_on or directory.today()).isoformat(),
        "transition_days": change.transition_days,
        "training": change.training,
        "front_line": change.front_line,
        "countersign_departments": change.departments,
        "people_to_tell": change.front_line,
        "regulations": [row["zh"] for row in change.process.regulations],
        "complies": change.complies,
        "compliance_note": change.compliance_note,
    }


# What its case comes to ---------------------------------------------------------------------------------


def listen(case_id: int, event: e.Event, graph: ProcessGraph) -> None:
    """Tell the catalogue when a review sends its draft back, or ends without a version."""
    if isinstance(event, e.VisitOpened) and graph.nodes[event.node].duty.form == DRAFTING:
        publication.sent_back(_number(case_id))
    elif isinstance(event, e.CaseEnded):
        publication.give_up(_number(case_id), event.status)


def _number(case_id: int) -> str:
    return Case.objects.values_list("number", flat=True).get(pk=case_id)


def publish_version(variables: Variables) -> dict[str, Any] | ServiceFailure:
    """Publish the version that the case has approved; of a regulation that is no process, when it was issued."""
    change = variables.get(CHANGE)
    if change is None:
        return {"published_at": clock.now().isoformat()}
    version = publication.publish(int(change), variables, _approver(int(change)))
    if isinstance(version, Refusal):
        return ServiceFailure(code=version.code, params={k: str(v) for k, v in version.params.items()})
    return {"published_at": clock.now().isoformat(), "subject_version": version.number}


def _approver(change_id: int) -> str:
    """Return who signed the case's last decision."""
    found = publication.change(change_id)
    tasks = Task.objects.filter(case__number=found.case_number if found else "", state=Task.State.DONE)
    for task in tasks.select_related("case").order_by("-done_at", "-pk"):
        if catalogue.graph(task.case.version_id).nodes[task.node].duty.decision:
            return task.done_by
    return ""


def put_in_force(variables: Variables) -> dict[str, Any]:
    """Let what is due take effect; a worker may have been quicker."""
    if variables.get(CHANGE) is not None:
        effect.follow_clock()
    return {}


def end_transition(variables: Variables) -> dict[str, Any]:
    """Let the version before start nothing any more."""
    found = publication.change(int(variables[CHANGE])) if variables.get(CHANGE) is not None else None
    if found is not None:
        effect.end_transition(found.process)
    return {}


def retire_version(variables: Variables) -> dict[str, Any] | ServiceFailure:
    """Take the process out of service; while another one calls it, the case stops and says so."""
    found = publication.change(int(variables[CHANGE])) if variables.get(CHANGE) is not None else None
    if found is None:
        return {}
    outcome = register.retire_now(found.process, "")
    if isinstance(outcome, register.InUse):
        return ServiceFailure(
            code="still_called", params={"by": "; ".join(use.words for use in outcome.uses)}
        )
    return {}


FUNCTIONS = {
    "publish_version": publish_version,
    "put_in_force": put_in_force,
    "end_transition": end_transition,
    "retire_version": retire_version,
}


def related(variables: Variables) -> int | None:
    """Return the change that a case is about, for the link to it on the case's pages."""
    found = variables.get(CHANGE)
    return found if isinstance(found, int) else None
