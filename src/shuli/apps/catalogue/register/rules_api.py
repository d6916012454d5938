"""REST for the register of operating rules: list, read, enter, change, review, remove."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema

from shuli.apps.catalogue import queries
from shuli.apps.catalogue.models import OperatingRule
from shuli.apps.catalogue.register import rights, rules
from shuli.apps.catalogue.register.forms import RuleForm, rule_values
from shuli.kit.errors import Denied, Refusal
from shuli.kit.rest import FAILURES, write

router = Router(tags=["register"])
TEXTS = (
    "number",
    "name",
    "kind",
    "scope",
    "performer",
    "steps",
    "resources",
    "deliverables",
    "frequency",
    "issues",
)


class ReviewOut(Schema):
    state: str
    note: str
    person: str
    at: datetime


class RuleOut(Schema):
    """One rule; `state` is what its last review found."""

    id: int
    number: str
    name: str
    kind: str
    scope: str
    performer: str
    steps: str
    resources: str
    deliverables: str
    frequency: str
    issues: str
    process: str | None
    state: str


class RuleWhole(RuleOut):
    reviews: list[ReviewOut]


class RuleIn(Schema):
    """What is left out stays as it is."""

    number: str | None = None
    name: str | None = None
    kind: Literal["process", "practice", "regulation"] | None = None
    scope: str | None = None
    performer: str | None = None
    steps: str | None = None
    resources: str | None = None
    deliverables: str | None = None
    frequency: str | None = None
    issues: str | None = None
    process: str | None = None


class ReviewIn(Schema):
    state: Literal["fits", "differs", "revise", "abolish"]
    note: str = ""


class Wanted(Schema):
    q: str = ""
    kind: str = ""
    state: str = ""
    process: str = ""


class Removed(Schema):
    number: str


def _told(rule: OperatingRule) -> dict[str, Any]:
    process = rule.process.key if rule.process else None
    return {
        "id": rule.pk,
        "state": rule.state,
        "process": process,
        **{name: getattr(rule, name) for name in TEXTS},
    }


def _rule(pk: int) -> OperatingRule:
    found = rules.rule(pk)
    if found is None:
        raise Refusal("no_such_rule", status=404)
    return found


def _whole(rule: OperatingRule) -> RuleWhole:
    reviews = [
        ReviewOut(state=one.state, note=one.note, person=one.person, at=one.at) for one in rule.reviews.all()
    ]
    return RuleWhole(**_told(rule), reviews=reviews)


def _answer(outcome: OperatingRule | Refusal) -> RuleWhole:
    if isinstance(outcome, Refusal):
        raise outcome
    return _whole(outcome)


def _facts(values: dict[str, Any]) -> dict[str, Any]:
    """Return what the form of the page reads from the values, or raise its first problem."""
    form = RuleForm(values)
    if not form.is_valid():
        name, problems = next(iter(form.errors.items()))
        raise Refusal("entry_unfit", field=name, problem=str(problems[0]))
    key = form.cleaned_data["process"]
    return {**form.cleaned_data, "process": queries.process(key) if key else None}


@router.get("/rules", response={200: list[RuleOut], **FAILURES}, summary="Operating rules")
def rule_list(request: HttpRequest, wanted: Query[Wanted]) -> list[RuleOut]:  # noqa: ARG001 -- whoever is signed in
    rows = rules.rules(wanted.q, wanted.kind, wanted.state, wanted.process)
    return [RuleOut(**_told(row)) for row in rows]


@router.get("/rules/{rule_id}", response={200: RuleWhole, **FAILURES}, summary="One rule with its reviews")
def rule(request: HttpRequest, rule_id: int) -> RuleWhole:  # noqa: ARG001 -- whoever is signed in
    return _whole(_rule(rule_id))


@router.post("/rules", response={200: RuleWhole, **FAILURES}, summary="Enter a rule")
@write
def enter(request: HttpRequest, body: RuleIn) -> RuleWhole:
    person = request.user.get_username()
    if not rights.may_keep(person) and not queries.owned_keys(person):
        raise Denied("rule_not_yours")
    said = {"kind": OperatingRule.Kind.PRACTICE, **body.model_dump(exclude_unset=True)}
    return _answer(rules.make_rule(person, _facts(said)))


@router.put("/rules/{rule_id}", response={200: RuleWhole, **FAILURES}, summary="Change a rule")
@write
def change(request: HttpRequest, rule_id: int, body: RuleIn) -> RuleWhole:
    row, person = _rule(rule_id), request.user.get_username()
    if not rights.may_edit_rule(row, person):
        raise Denied("rule_not_yours")
    said = {**rule_values(row), **body.model_dump(exclude_unset=True)}
    return _answer(rules.edit_rule(person, rule_id, _facts(said)))


@router.post(
    "/rules/{rule_id}/review",
    response={200: RuleWhole, **FAILURES},
    summary="Say what a rule came to when it was held against what is done",
)
@write
def review(request: HttpRequest, rule_id: int, body: ReviewIn) -> RuleWhole:
    return _answer(rules.review(request.user.get_username(), rule_id, body.state, body.note))


@router.delete("/rules/{rule_id}", response={200: Removed, **FAILURES}, summary="Remove a rule")
@write
def remove(request: HttpRequest, rule_id: int) -> Removed:
    outcome = rules.delete_rule(request.user.get_username(), rule_id)
    if isinstance(outcome, Refusal):
        raise outcome
    return Removed(number=outcome.number)
