"""Forms in cases: which one a task asks for, what its reader may see, and what was answered."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from shuli.apps.cases import items, rights
from shuli.apps.cases.choosing import rights_with_choices, with_choices
from shuli.apps.cases.filled_forms import known
from shuli.apps.cases.models import Case, FormRecord, Task
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.catalogue.decisions import queries as decisions
from shuli.core.bpmn.graph import Node, SeatRule
from shuli.core.engine import Refused
from shuli.core.feel import ExpressionError, compile_expression
from shuli.core.forms import (
    AttachmentField,
    FieldError,
    FieldRights,
    FormDefinition,
    SignatureField,
    TableField,
    Validation,
    fields_of,
    parse_post,
    validate,
)
from shuli.kit import clock
from shuli.kit.components.words import document_name
from shuli.kit.forms import entry_html, read_html, states_for_page

ASKED = frozenset({"before", "after", "delegate"})  # roles of seats that were added to somebody's task


def _seat_rule(node: Node, seat_key: str) -> SeatRule | None:
    return next((rule for rule in node.duty.seats if rule.key == seat_key), None) if seat_key else None


def form_key(node: Node, seat_key: str) -> str | None:
    """Return the key of the form that a seat of the node fills."""
    rule = _seat_rule(node, seat_key)
    return rule.form if rule is not None else node.duty.form


def task_form_key(node: Node, task: Task) -> str | None:
    """Return the key of the form that a task asks for; whoever was asked for an opinion fills none."""
    return None if task.role in ASKED else form_key(node, task.seat_key)


def form_of(case: Case, task: Task) -> FormDefinition | None:
    """Return the form that the task asks for, if any."""
    graph = catalogue.graph(case.version_id)
    key = task_form_key(graph.nodes[task.node], task)
    form = catalogue.form(case.version_id, key) if key else None
    return with_choices(form, graph, task.node) if _chooses(task) else form


def _chooses(task: Task) -> bool:
    """Say whether it is this task's holder who chooses whoever comes next; who was asked, or contributes, does not."""
    return task.role not in ASKED and task.role != "contribute"


def start_form(version_id: int) -> FormDefinition | None:
    """Return the form that starts a case, if any, with the people whom the starter chooses."""
    graph, node = catalogue.graph(version_id), catalogue.start_node(version_id)
    form = catalogue.form(version_id, node.duty.form) if node.duty.form else None
    return with_choices(form, graph, node.id)


def rights_at(version_id: int, node: str) -> FieldRights:
    """Return what whoever fills a node's form may do with its fields."""
    graph = catalogue.graph(version_id)
    return rights_with_choices(graph.nodes[node].duty.rights, graph, node)


def signatures(case: Case, task: Task) -> list[str]:
    """Return the keys of the signatures that the task's form asks its holder for."""
    form = form_of(case, task)
    allowed = rights_at(case.version_id, task.node)
    rest = allowed.get("*", "write")
    return [
        one.key
        for one in (fields_of(form) if form else ())
        if isinstance(one, SignatureField)
        and one.required is True
        and one.readonly is not True
        and allowed.get(one.key, rest) == "write"
    ]


def _unsigned(case: Case, task: Task, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values without the signatures that an earlier round gave and this task asks for: they bind nobody now."""
    begun = task.opened_at.replace(microsecond=0)
    earlier = {key for key in signatures(case, task) if _signed_before(values.get(key), begun)}
    return {key: value for key, value in values.items() if key not in earlier}


def _signed_before(signature: Any, moment: datetime) -> bool:
    return isinstance(signature, Mapping) and datetime.fromisoformat(str(signature["at"])) < moment


def check(case: Case, task: Task, raw: Mapping[str, Any], person: str, *, complete: bool) -> Validation:
    """Validate the answers to a task's form against the case as it is."""
    form = form_of(case, task)
    if form is None:
        return Validation(values={})
    return validate(
        form,
        raw,
        _unsigned(case, task, context(case, person, task)),
        rights_at(case.version_id, task.node),
        complete,
        now=clock.local_now(),
        person=person,
        decide=decisions.decide,
    )


def check_start(version_id: int, node: Node, raw: Mapping[str, Any], person: str) -> Validation:
    """Validate the answers to the form that starts a case."""
    form = start_form(version_id)
    if form is None:
        return Validation(values={})
    return validate(
        form,
        raw,
        {"user": person},
        rights_at(version_id, node.id),
        now=clock.local_now(),
        person=person,
        decide=decisions.decide,
    )


def posted(post: QueryDict, form: FormDefinition | None) -> dict[str, Any]:
    """Return the raw answers that a page posted for the form."""
    return parse_post(form, dict(post.lists())) if form is not None else {}


def files_in(form: FormDefinition | None, values: Mapping[str, Any]) -> list[int]:
    """Return the numbers of the files that a form's answers name."""
    found: list[int] = []
    for field in fields_of(form) if form else ():
        answer = values.get(field.key)
        if isinstance(field, AttachmentField):
            found += _file_numbers(answer)
        elif isinstance(field, TableField):
            columns = [column.key for column in field.columns if isinstance(column, AttachmentField)]
            found += [n for row in answer or () for key in columns for n in _file_numbers(row.get(key))]
    return found


def _file_numbers(answer: Any) -> list[int]:
    return [int(item["id"]) for item in answer or () if str(item.get("id", "")).isdigit()]


def with_document_names(case: Case, refused: Refused) -> Refused:
    """Return a refusal for missing documents with what they are called."""
    names = catalogue.documents(case.version_id)
    language = get_language() or "zh-hans"
    found = [names[key].in_language(language) if key in names else key for key in refused.params["documents"]]
    return Refused(code=refused.code, params={"documents": [document_name(name) for name in found]})


def holds(condition: str, variables: Mapping[str, Any]) -> bool:
    """Say whether a condition is true of the case as it is; one that cannot be evaluated is not."""
    try:
        return (
            compile_expression(condition, tuple(variables)).evaluate(dict(variables), clock.local_now())
            is True
        )
    except ExpressionError:
        return False


def context(case: Case, person: str, task: Task | None = None) -> dict[str, Any]:
    """Return what a form's expressions may read: the case's variables, what is the task's own, who fills the form."""
    own = items.variables_at(case, task.visit_number) if task is not None else {}
    return {**case.variables, **own, "user": person, "case_number": case.number}


def entry(
    case: Case,
    task: Task,
    form: FormDefinition,
    person: str,
    raw: Mapping[str, Any] | None,
    errors: Iterable[FieldError] = (),
) -> SafeString:
    """Return a task's form to fill in: with what was just sent, else the draft, else what the case knows."""
    given = raw if raw is not None else {**_unsigned(case, task, known(case, form)), **(task.draft or {})}
    allowed = rights_at(case.version_id, task.node)
    around = _unsigned(case, task, context(case, person, task))
    return entry_html(form, given, around, allowed, errors, person=person)


def states(case: Case, task: Task, raw: Mapping[str, Any], person: str) -> dict[str, Any]:
    """Return how each field is to be shown while somebody types."""
    form = form_of(case, task)
    allowed = rights_at(case.version_id, task.node)
    return states_for_page(form, raw, context(case, person, task), allowed) if form else {}


def read_view(case: Case, form: FormDefinition, record: FormRecord, person: str) -> SafeString:
    """Return a filled form to read; masked answers can be shown in full, which is written down."""
    reveal_url = reverse("cases:reveal", args=[case.number, record.pk])
    return read_html(
        form, record.answers, context(case, person), reveal_url=reveal_url, prefix=f"{record.pk}-"
    )


def readable(case: Case, person: str) -> dict[str, Any]:
    """Return the case's variables without what forms declare sensitive, unless the person works on the case now."""
    open_tasks = Task.objects.filter(case=case, state=Task.State.OPEN)
    if any(rights.may_act(person, task) for task in open_tasks):
        return dict(case.variables)
    secret = {
        key for form in catalogue.forms(case.version_id) for key in sensitive_keys(case.version_id, form)
    }
    return {key: value for key, value in case.variables.items() if key not in secret}


def sensitive_keys(version_id: int, form: str) -> set[str]:
    """Return the keys of the fields that a form declares sensitive."""
    return {field.key for field in fields_of(catalogue.form(version_id, form)) if field.sensitive}
