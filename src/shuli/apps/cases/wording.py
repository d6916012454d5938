"""Sentences for people: notifications, refusals, incidents. One table each; a missing key fails a test."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from shuli.apps.cases.models import Notification
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import queries as directory
from shuli.kit import errors, limits
from shuli.kit.feel_words import expression_problem

# Titles of notifications; {node}, {case}, {title} are always there, the rest by kind.
NOTICES: dict[str, Promise] = {
    "task_opened": _("New task: {node}"),
    "task_returned": _("Returned to you: {node}"),
    "task_transferred": _("{former} handed you a task: {node}"),
    "reminder_before": _("Due soon: {node}"),
    "reminder_at": _("Due now: {node}"),
    "reminder_after": _("Overdue: {node}"),
    "reminder_repeat": _("Still open: {node}"),
    "escalated": _("Escalated to you: {node} is overdue"),
    "informed": _("For your information: {node}"),
    "copied": _("{author} sent you a copy"),
    "signer_added": _("{author} asks you to sign: {node}"),
    "delegated": _("{author} delegated to you: {node}"),
    "signer_removed": _("You no longer need to sign: {node}"),
    "your_turn": _("It is your turn: {node}"),
    "task_declined": _("{author} gave the task back to you: {node}"),
    "task_taken": _("Your task was given to {taker}: {node}"),
    "task_over": _("Your task is no longer needed: {node}"),
    "urged": _("{author} urges you: {node}"),
    "stands_in": _("You may act for {former}: {node}"),
    "mentioned": _("{author} mentioned you"),
    "message_lost": _("Nobody came for the message “{message}” from {node}"),
    "incident": _("The case has stopped at {node} and needs you"),
    "problem": _("{author} reports a problem with {node}"),
    "step_problem": _("{author} reports a problem with the step “{node}” of “{process}”"),
    "step_problem_unnamed": _("Somebody reports a problem with the step “{node}” of “{process}”"),
    "case_ended": _("Your case has ended: {status}"),
    "violation": _("{author} recorded a violation"),
    "violation_void": _("{author} took a violation back"),
    "accountability": _("{author} decided who answers for a violation"),
    "appeal": _("{author} appeals against a decision on accountability"),
    "appeal_answered": _("{author} answered your appeal"),
}

REFUSALS: dict[str, Promise] = {
    "no_such_case": _("There is no such case, or it is not open to you."),
    "no_such_task": _("There is no such task, or it is not open to you."),
    "may_not_start": _("This process is started by other departments. Ask its process owner if you need it."),
    "not_holder": _("This task is with %(holder)s. Only they can do this now."),
    "not_candidate": _("This task is for another department or post."),
    "already_claimed": _("%(who)s has already taken this task (%(when)s)."),
    "already_done": _("%(who)s has already done this task (%(when)s). Nothing was changed."),
    "task_closed": _("This task was closed (%(when)s). Nothing was changed."),
    "case_not_running": _("This case is not running (%(state)s), so nothing can be done on it now."),
    "outputs_missing": _("Documents are still missing: %(documents)s. Attach them, then complete again."),
    "guard_failed": _("This step cannot be completed yet: %(message)s"),
    "signature_missing": _("This is a decision: tick “I sign” to complete it."),
    "contributions_missing": _("These departments have not contributed yet: %(who)s."),
    "no_such_step": _("The process has no such step any more. Open its handbook and choose the step there."),
    "reason_missing": _("Please give a reason."),
    "return_not_allowed": _("This step cannot be returned to the one you chose."),
    "same_person": _("The task is already with this person."),
    "no_pool": _("This task was given to you in person; hand it to somebody else instead."),
    "not_starter": _("Only whoever started the case can withdraw it."),
    "activities_running": _("Something in this part is still being done. Finish it first."),
    "activity_not_startable": _("This cannot be started now."),
    "condition_decides": _("This part is complete when its condition holds; nobody needs to say so."),
    "no_such_part": _("There is nothing here in which activities could be started."),
    "not_your_turn": _("Others have to act before you on this step."),
    "timer_not_due": _("This timer is not due yet."),
    "not_suspended": _("This case is not suspended."),
    "already_started": _("This case has already been started."),
    "abstain_not_allowed": _("Abstaining is not possible on this step."),
    "no_such_child": _("The called process has already ended."),
    "no_such_job": _("There is no such job, or its topic is not one of yours."),
    "lease_lost": _("This job is no longer yours: it was given to somebody else or is closed (%(state)s)."),
    "topic_not_yours": _("Your token is for these topics only: %(topics)s."),
    "no_such_service_call": _("Nobody is waiting for this work any more."),
    "no_such_subscription": _("Nobody is waiting for this message any more."),
    "start_ambiguous": _("This process starts in several ways; say which one is meant."),
    "start_not_found": _("This process has no such way to start."),
    "unknown_person": _("There is nobody of this name who could take the task."),
    "reads_only": _("You see this case to supervise it: you may read it and urge, but change nothing."),
    "not_your_people": _("You can give this task only to people of the departments that you lead."),
    "not_masked": _("This answer is not a masked one."),
    "unknown_variable": _("This case has no such value to correct: %(names)s."),
    "no_cases_chosen": _("Tick the cases first, or choose all that fit the filter."),
    "too_many_cases": _("At most %(limit)s cases can be dealt with at once. Narrow the filter."),
    "no_such_verb": _("This cannot be done with several cases at once."),
    "choice_missing": _("Say to whom or where first."),
    "nothing_to_do": _("There is nothing of the kind in this case."),
    "case_failed": _("This case could not be dealt with. The program has noted why."),
    "no_such_run": _("There is no such bulk run of yours."),
    "may_not_copy": _(
        "Only whoever has a task of the case, its starter or the process owner can send copies."
    ),
    "may_not_urge": _("Only the starter, the process owner and the supervisor can urge."),
    "not_who_added": _("Only whoever asked for this signer, or the process owner, can take them off."),
    "run_goes_on": _("This is still going on. Wait for its end, or stop it first."),
    "administrator_only": _("Only an administrator can do this."),
    "same_version": _("The case already runs under this version."),
    "no_such_version": _("This process has no such version."),
    "run_has_ended": _("This has already ended."),
    "leaders_only": _(
        "Only who leads this part can do this: its department, who works in it, the process owner."
    ),
    "owner_only": _("Only the process owner can do this."),
    "never_withdrawn": _("Cases of this process cannot be withdrawn."),
    "withdraw_not_allowed": _(
        "%(who)s has already worked on this case (%(when)s). It can no longer be withdrawn."
    ),
    "acceptance_missing": _("This task was handed to you. Accept it or decline it first."),
    "already_copied": _("%(who)s has already been sent a copy of this case."),
    "already_delegated": _("This task is already with %(who)s. It comes back when they are done."),
    "case_not_closed": _("This case is still open, so it cannot be reopened."),
    "irreversible": _("A step has done something outside that cannot be undone: %(nodes)s."),
    "jump_not_possible": _("The case cannot jump to this step."),
    "last_seat": _("Somebody has to be left who decides this step."),
    "migration_impossible": _("These steps have no place in the other version: %(nodes)s."),
    "migration_incomplete": _("Say where these steps go in the other version: %(nodes)s."),
    "no_people": _("Choose at least one person."),
    "no_such_decision": _("This decision can no longer be taken back."),
    "no_such_node": _("The process has no such step."),
    "no_such_token": _("The case no longer stands there."),
    "nobody_holds": _("Nobody has taken this task yet, so nobody needs a substitute."),
    "not_added": _("Only somebody who was added can be taken off again."),
    "not_called": _("No other case has called this one, so it cannot be returned to one."),
    "not_decider": _("Only %(who)s can take this decision back."),
    "not_offered": _("This task does not wait to be accepted."),
    "not_on_added_seat": _("You were asked for your opinion; only whoever asked you can ask others."),
    "nothing_to_correct": _("Nothing was changed."),
    "one_hop": _("%(who)s already acts for somebody else here, so nobody can act for them."),
    "own_request": _("Nobody decides on their own request, not even for somebody else."),
    "rounds_exhausted": _("This step has been done %(limit)s times and cannot be returned to any more."),
    "seat_exists": _("%(who)s already takes part in this step."),
    "successor_touched": _("%(who)s has already worked on what followed, so this cannot be taken back."),
    "urged_recently": _("This task was urged less than four working hours ago."),
    "verb_not_allowed": _("This step does not allow that."),
    "waits_for_others": _("%(who)s was asked first. Wait for them, or take them off."),
    "comment_empty": _("Please write something first."),
    "comment_long": _("A comment can have %(limit)s characters at most."),
    "no_such_timer": _("This timer has already been dealt with."),
    "no_such_incident": _("This incident has already been resolved."),
    "file_not_yours": _("A file in the form is not one that you added. Add it again."),
    "file_missing": _("Choose a file first."),
    "form_has_errors": _("%(n)s fields need your attention."),
}

# Why a call to another program came to nothing: of a webhook out, of a service.
OUTGOING: dict[str, Promise] = {
    "address_wrong": _("The address cannot be read."),
    "address_refused": _("The address is not on the open internet, or its port is not allowed."),
    "name_unknown": _("The name of the address is unknown."),
    "header_refused": _("A header cannot be sent."),
    "not_reached": _("The other program could not be reached."),
    "not_trusted": _("The certificate of the other program is not trusted."),
    "timeout": _("The other program did not answer in time."),
    "too_large": _("The answer was too large."),
    "answer_broken": _("The answer could not be read."),
    "credential_unknown": _("The credential is not there, or not for this address."),
    "no_function": _("The function is not registered."),
    "function_broke": _("The function failed."),
    "worker_failed": _("The worker reported a failure."),
    "lease_ran_out": _("The worker never answered."),
}

# What a webhook in answers.
HOOK_ANSWERS: dict[str, Promise] = {
    "taken": _("Taken; it reached %(reached)s."),
    "signature_wrong": _("The signature is wrong, or there is no such webhook."),
    "time_wrong": _("The time of the request differs from ours by more than %(seconds)s seconds."),
    "replayed": _("This request has been taken before. Nothing was done a second time."),
    "too_many": _("More than %(limit)s requests a minute. Try again later."),
    "too_large": _("The body has more than %(limit)s bytes, or its length is not given."),
    "not_json": _("The body is not JSON in UTF-8."),
    "mapping_failed": _("The mapping does not fit the body: %(problem)s"),
    "correlation_missing": _("The body does not give the value by which a case is found."),
    "variables_no_context": _("The mapping of variables does not give a context."),
}

HOOK_REFUSALS: dict[str, Promise] = {
    "hook_name_taken": _("There is a webhook of this name already."),
    "hook_person_unknown": _("There is nobody of this name who works here."),
    "hook_mapping_broken": _("The expression %(expression)s cannot be read: %(problem)s"),
    "hook_events_missing": _("Choose at least one thing to be told of."),
    "no_such_hook": _("There is no such webhook."),
    "no_such_dispatch": _("This delivery has been dealt with already."),
    "token_without_use": _("Say which program it is and what it may do."),
    "program_token_ended": _("This token has ended already."),
    **{f"outgoing_{code}": OUTGOING[code] for code in ("address_wrong", "address_refused", "name_unknown")},
}

INCIDENTS: dict[str, Promise] = {
    "no_condition_true": _("No way out of “{node}” applies, and it has no default."),
    "nobody_to_assign": _("Nobody was found to do “{node}”."),
    "expression_error": _("The expression {expression} could not be evaluated: {problem}"),
    "step_limit": _("The case went round in circles at “{node}” without waiting for anybody."),
    "no_handler": _("“{node}” has no program behind it."),
    "nobody_to_escalate_to": _("“{node}” is overdue and nobody was found to escalate it to."),
    "nobody_voted": _("Everybody abstained at “{node}”, so it is not decided."),
    "no_event_behind": _("“{node}” has nothing behind it that could happen."),
    "not_supported": _("“{node}” is of a kind that cannot be run yet."),
    "too_many_tokens": _("The case multiplied at “{node}” beyond what a case may hold."),
    "limit_unclear": _("The time limit of “{node}” could not be reckoned."),
    "join_never_completes": _("“{node}” waits for a branch that can no longer arrive."),
    "called_case_ended": _("The process called by “{node}” ended without completing."),
    "policy_failed": _("What “{node}” is to do when it is overdue could not be done."),
    "service_failed": _("The program behind “{node}” failed."),
    "link_without_target": _("“{node}” leads to a connector that does not exist."),
    "no_cancel_event": _("“{node}” cancels, but nothing says what follows a cancellation."),
    "no_start": _("“{node}” has no start event inside."),
}

# What was expected, where the incident's own parameters do not say it.
EXPECTED: dict[str, Promise] = {
    "nobody_to_escalate_to": _("somebody to whom the overdue step can be escalated"),
    "nobody_voted": _("at least one vote"),
    "no_handler": _("a program that does this step"),
    "service_failed": _("the program to do this step"),
    "called_case_ended": _("the called process to complete"),
    "limit_unclear": _("a time limit that can be reckoned"),
    "join_never_completes": _("every branch to arrive"),
}

# Verbs on several cases, as the list offers them.
BULK_VERBS: dict[str, Promise] = {
    "urge": _("Urge"),
    "transfer": _("Transfer the open tasks"),
    "suspend": _("Suspend"),
    "resume": _("Resume"),
    "retry": _("Try stopped steps again"),
    "terminate": _("Terminate"),
    "migrate": _("Move to another version"),
    "undo_migration": _("Move back to the former version"),
}

STATUSES: dict[str, Promise] = {
    "running": _("Running"),
    "suspended": _("Suspended"),
    "approved": _("Completed"),
    "rejected": _("Rejected"),
    "withdrawn": _("Withdrawn"),
    "terminated": _("Terminated"),
    "failed": _("Failed"),
    "returned": _("Returned to the calling case"),
}


def failure_words(params: Mapping[str, Any]) -> str:
    """Return why work outside came to nothing: our words for what we know, the other side's for the rest."""
    code, said = str(params.get("error") or ""), str(params.get("message") or "")
    known = OUTGOING.get(code)
    if code.startswith("http_"):
        return gettext("answered %(status)s") % {"status": code.removeprefix("http_")}
    return " ".join(filter(None, [str(known) if known else code, said]))


def hook_log_words(code: str) -> str:
    """Return an answer of a webhook in for its log, without what was only known at the time."""
    if code == "taken":
        return gettext("Taken")
    params = {
        "seconds": limits.HOOK_WINDOW_SECONDS,
        "limit": limits.MESSAGE_BYTES,
        "problem": "…",
        "reached": "…",
    }
    return str(HOOK_ANSWERS.get(code, code)) % params


# Reasons that the engine itself gives; a person's own words stand as they are.
REASONS: dict[str, Promise] = {
    "others decided": _("the others have decided"),
    "completed": _("decided without it"),
    "rejected": _("rejected"),
    "returned": _("sent back"),
    "resubmitted": _("sent straight back"),
    "cancelled": _("cancelled"),
    "terminated": _("terminated"),
    "withdrawn": _("withdrawn"),
    "taken back": _("the decision before was taken back"),
    "removed": _("taken off"),
    "everybody abstained": _("everybody abstained"),
    "the calling case ended": _("the calling case ended"),
    "the calling case no longer waits for it": _("the calling case no longer waits for it"),
}


def reason_words(reason: str) -> str:
    """Return a reason as its reader reads it."""
    return str(REASONS.get(reason, reason))


class _Blank(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""


def fill(sentence: object, params: dict[str, Any]) -> str:
    """Return the sentence with its parameters; one that is not given leaves a gap, never an error."""
    return str(sentence).format_map(_Blank(params))


def incident(code: str, params: dict[str, Any]) -> str:
    """Return why a case stopped; what FEEL says of an expression is said in the reader's language."""
    said = dict(params)
    if said.get("error"):
        said["problem"] = expression_problem(str(said["error"]), said)
    told = fill(INCIDENTS.get(code, ""), said)
    # What a program of ours gives as its reason has a sentence of its own.
    if code == "service_failed" and said.get("error") in errors.SENTENCES:
        return f"{told} {errors.sentence(errors.Refusal(str(said['error']), **_plain(params)))}"
    return told


def _plain(params: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in params.items() if key not in {"code", "status"}}


@dataclass(frozen=True, kw_only=True)
class Told:
    """One notification as a person reads it."""

    title: str
    detail: str
    url: str


def _node_name(row: Notification) -> str:
    if not row.node:
        return ""
    if row.case is None:
        node = catalogue.node_in_force(str(row.params.get("process", "")), row.node)
    else:
        node = catalogue.graph(row.case.version_id).nodes.get(row.node)
    return node.name.in_language(get_language() or "zh") if node else row.node


PEOPLE = ("former", "author", "taker")  # parameters that are usernames

# Notifications of apps above: code -> what its parameters say in the active language.
OTHERS: dict[str, Callable[[Mapping[str, Any]], Told]] = {}


def told(row: Notification) -> Told:
    """Return the notification's words in the language that is active."""
    if row.code in OTHERS:
        return OTHERS[row.code](row.params)
    people = directory.people_by_username([str(row.params.get(key, "")) for key in PEOPLE])
    params = {
        **row.params,
        "node": _node_name(row),
        "status": str(STATUSES.get(row.params.get("status", ""), "")),
    }
    for key in PEOPLE:
        person = people.get(str(row.params.get(key, "")))
        params[key] = person.display_name() if person else row.params.get(key, "")
    detail = " · ".join(filter(None, [row.case.number, row.case.title] if row.case else []))
    process = str(row.params.get("process", ""))
    if row.case is None and process:
        names = catalogue.names().get(process)
        params["process"] = names.in_language(get_language() or "zh") if names else process
    if row.case is None:
        detail = str(row.params.get("text", ""))
    return Told(title=fill(NOTICES[row.code], params), detail=detail, url=_url(row, process))


def _url(row: Notification, process: str) -> str:
    if row.case is not None:
        return reverse("cases:case", args=[row.case.number])
    # a page of the program itself, as whoever told of it gave it
    return reverse("cases:step_problems", args=[process]) if process else str(row.params.get("link", ""))


def mail(row: Notification) -> tuple[str, str]:
    """Return subject and body of the notification's mail."""
    words = told(row)
    lines = [words.title, words.detail, row.params.get("reason", ""), f"{settings.SHULI_ADDRESS}{words.url}"]
    return words.title, "\n".join(filter(None, lines))
