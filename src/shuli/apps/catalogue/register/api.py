"""REST for the register of processes: list, read, enter, change. Each entry goes through the form of the page."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from shuli.apps.catalogue.models import Process
from shuli.apps.catalogue.register import listing, operations, rights
from shuli.apps.catalogue.register.facts import write_regulations
from shuli.apps.catalogue.register.forms import EntryForm, NewEntryForm, entry_values
from shuli.apps.catalogue.register.listing import Entry
from shuli.kit.errors import Denied, Refusal
from shuli.kit.rest import FAILURES, write

router = Router(tags=["register"])


class Regulation(Schema):
    zh: str
    en: str = ""


class EntryOut(Schema):
    """One entry with what follows from its versions: `state`, `version` and `effective_on`."""

    key: str
    name: str
    name_en: str
    code: str
    level: str
    category: str
    importance: str
    domain: str
    domain_en: str
    department: str
    owner_post: str
    supervisor_post: str
    next_review_on: date | None
    regulations: list[Regulation]
    goal: str
    goal_en: str
    next_step: str
    next_step_en: str
    state: str
    version: str | None
    effective_on: date | None


class EntryIn(Schema):
    """What is left out stays as it is; of a new entry, as the page suggests."""

    name: str | None = None
    name_en: str | None = None
    code: str | None = None
    level: Literal["L1", "L2", "L3", "L4", "L5"] | None = None
    category: Literal["strategic", "core", "support"] | None = None
    importance: Literal["key", "major", "ordinary"] | None = None
    domain: str | None = None
    domain_en: str | None = None
    department: str | None = None
    owner_post: str | None = None
    supervisor_post: str | None = None
    next_review_on: date | None = None
    regulations: list[Regulation] | None = None
    goal: str | None = None
    goal_en: str | None = None
    next_step: str | None = None
    next_step_en: str | None = None


class NewEntryIn(EntryIn):
    key: str


class Wanted(Schema):
    """What the list is narrowed to."""

    q: str = ""
    category: str = ""
    domain: str = ""
    level: str = ""
    department: str = ""
    importance: str = ""
    state: str = Field("", description="in_force, coming, review, planned, retired or review_due")
    sort: str = ""


def _out(entry: Entry) -> EntryOut:
    process = entry.process
    told: dict[str, Any] = {
        name: getattr(process, name)
        for name in EntryOut.model_fields
        if name not in ("state", "version", "effective_on", "department")
    }
    return EntryOut(
        **told,
        department=entry.department,
        state=entry.state,
        version=entry.version.number if entry.version else None,
        effective_on=entry.effective_on,
    )


def _entry(key: str) -> Entry:
    found = next((row for row in listing.entries() if row.process.key == key), None)
    if found is None:
        raise Refusal("no_such_process", status=404)
    return found


def _answer(outcome: Process | Refusal) -> EntryOut:
    if isinstance(outcome, Refusal):
        raise outcome
    return _out(_entry(outcome.key))


def _facts(form: EntryForm) -> dict[str, Any]:
    """Return what a form read, or raise its first problem."""
    if not form.is_valid():
        name, problems = next(iter(form.errors.items()))
        raise Refusal("entry_unfit", field=name, problem=str(problems[0]))
    return dict(form.cleaned_data)


def _sent(body: EntryIn) -> dict[str, Any]:
    said = body.model_dump(exclude_unset=True)
    if said.get("regulations") is not None:
        said["regulations"] = write_regulations(said["regulations"])
    return said


@router.get("/register", response={200: list[EntryOut], **FAILURES}, summary="Entries of the register")
def entries(request: HttpRequest, wanted: Query[Wanted]) -> list[EntryOut]:  # noqa: ARG001 -- whoever is signed in
    rows = listing.narrowed(listing.entries(), listing.Wanted.of(wanted.model_dump()))
    return [_out(row) for row in rows]


@router.get("/register/{key}", response={200: EntryOut, **FAILURES}, summary="One entry of the register")
def entry(request: HttpRequest, key: str) -> EntryOut:  # noqa: ARG001 -- whoever is signed in
    return _out(_entry(key))


@router.post(
    "/register", response={200: EntryOut, **FAILURES}, summary="Enter a process that has no model yet"
)
@write
def enter(request: HttpRequest, body: NewEntryIn) -> EntryOut:
    person = request.user.get_username()
    if not rights.may_register(person):
        raise Denied("register_not_yours")
    usual = {"level": "L3", "category": Process.Category.CORE, "importance": Process.Importance.MAJOR}
    facts = _facts(NewEntryForm({**usual, **_sent(body)}, posts=rights.posts_to_give(person)))
    return _answer(operations.make_entry(person, facts.pop("key"), facts))


@router.put("/register/{key}", response={200: EntryOut, **FAILURES}, summary="Change an entry")
@write
def change(request: HttpRequest, key: str, body: EntryIn) -> EntryOut:
    person, process = request.user.get_username(), _entry(key).process
    if not rights.may_edit(process, person):
        raise Denied("register_not_yours")
    said = _sent(body)
    refusal = operations.against_model(process, said)
    if refusal is not None:
        raise refusal
    form = EntryForm({**entry_values(process), **said}, has_model=operations.has_model(process))
    return _answer(operations.edit_entry(person, key, _facts(form)))
