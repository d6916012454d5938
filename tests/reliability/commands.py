"""Every command that a program can send, ready to be sent: who sends what where, and what it must lead to once."""

from collections.abc import Callable
from dataclasses import dataclass

from reliability.playing import APPROVE, open_task, started, worked_on
from shuli.apps.cases import operations
from shuli.apps.cases.models import Case, Comment, Event
from shuli.apps.documents.models import Attachment

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(64)


@dataclass(frozen=True, kw_only=True)
class Sending:
    """A command over REST."""

    person: str
    path: str
    happened: Callable[[], int]  # how often it was carried out
    body: dict
    file: bytes = b""
    times: int = 1  # that it happens at one sending

    def send(self, program, key):
        if self.file:
            return program.post_file(self.path, "picture.png", self.file, key)
        return program.post(self.path, self.body, key)


def events(kind, case_id=None):
    rows = Event.objects.filter(type=kind)
    return (rows.filter(case_id=case_id) if case_id else rows).count


def starting(process, cases=1):
    def command(people):
        body = {"process": process, "answers": {"what": "stumble"}}
        return Sending(
            person=people["starter"], path="/cases", body=body, happened=events("CaseStarted"), times=cases
        )

    return command


def on_task(name, event, *, claimed=True, **body):
    """Return a command on a task of the pool, claimed by its sender or not."""

    def command(people):
        task = worked_on(people, holder=people["pool"][1] if claimed else None)
        sent = {k: people["pool"][2] if v == "colleague" else v for k, v in body.items()}
        path = f"/tasks/{task.pk}/{name}"
        return Sending(person=people["pool"][1], path=path, body=sent, happened=events(event, task.case_id))

    return command


def on_case(name, event, *, by, before=None, **body):
    def command(people):
        case = Case.objects.get(pk=worked_on(people).case_id)
        if before:
            before(case.pk, people[by], "stumble")
        path = f"/cases/{case.number}/{name}"
        return Sending(person=people[by], path=path, body=body, happened=events(event, case.pk))

    return command


def comment(people):
    case = Case.objects.get(pk=worked_on(people, holder=people["pool"][1]).case_id)
    body = {"text": "stumble", "mentions": [people["pool"][1]]}
    rows = Comment.objects.filter(case=case)
    path = f"/cases/{case.number}/comments"
    return Sending(person=people["starter"], path=path, body=body, happened=rows.count)


def attach(people):
    case = Case.objects.get(pk=worked_on(people).case_id)
    rows = Attachment.objects.filter(owner_kind="case", owner_id=case.pk)
    path = f"/cases/{case.number}/documents"
    return Sending(person=people["starter"], path=path, body={}, file=PICTURE, happened=rows.count)


def called(people):
    """Start a case and bring it to where it waits for a called one; return both."""
    parent = started("P-CALL", people["starter"])
    operations.complete(open_task(parent, "first").pk, people["starter"], {}, APPROVE)
    return parent, Case.objects.get(parent_id=parent).pk


def ending_a_called_case(people):
    _parent, child = called(people)
    for node in ("prepare", "work"):
        operations.complete(open_task(child, node).pk, people["starter"], {}, APPROVE)
    path = f"/tasks/{open_task(child, 'confirm').pk}/complete"
    return Sending(person=people["starter"], path=path, body={}, happened=events("CaseEnded", child))


def going_back_before_a_call(people):
    parent, _child = called(people)
    path = f"/tasks/{open_task(parent, 'beside').pk}/return"
    body = {"to": "first", "reason": "incomplete"}
    return Sending(person=people["starter"], path=path, body=body, happened=events("CaseReturned", parent))


COMMANDS = {
    "start": starting("P-RACE"),
    "start that calls": starting("P-CALL-AT-ONCE", cases=2),
    "claim": on_task("claim", "TaskClaimed", claimed=False),
    "release": on_task("release", "TaskReleased"),
    "complete": on_task("complete", "SeatDecided"),
    "complete a called case": ending_a_called_case,
    "return": on_task("return", "CaseReturned", to="prepare", reason="incomplete"),
    "return before a call": going_back_before_a_call,
    "transfer": on_task("transfer", "TaskTransferred", to="colleague", reason="away"),
    "suspend": on_case("suspend", "CaseSuspended", by="owner", reason="waiting for parts"),
    "resume": on_case("resume", "CaseResumed", by="owner", before=operations.suspend),
    "withdraw": on_case("withdraw", "CaseEnded", by="starter", reason="no longer needed"),
    "terminate": on_case("terminate", "CaseEnded", by="owner", reason="no longer needed"),
    "comment": comment,
    "attach": attach,
}
