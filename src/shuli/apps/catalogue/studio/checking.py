"""Everything that speaks against publishing a draft: what the linter finds, and what the company does not know."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from shuli.apps.catalogue import queries as register
from shuli.apps.catalogue.decisions import queries as decisions
from shuli.apps.catalogue.models import Draft, ProcessVersion
from shuli.apps.catalogue.studio.form_mistakes import LANGUAGES, form_sentence
from shuli.apps.directory import queries as directory
from shuli.core.bpmn import Finding, check, compile_process, not_runnable, read_bpmn, sentence
from shuli.core.bpmn.document import BpmnDocument
from shuli.core.bpmn.findings import Severity
from shuli.core.bpmn.graph import Feel, Node, Performer, ProcessGraph
from shuli.core.engine import ELEMENTS
from shuli.core.forms import Finding as Mistake
from shuli.core.forms import FormDefinition, answer_keys, read_form
from shuli.core.text import Text

Found = tuple[str, str | None, dict[str, Any]]  # code, element, parameters

WORDS: dict[str, tuple[Severity, str | Promise]] = {
    "key_differs": ("error", _("The model belongs to %(found)s, not to %(key)s. Give it the key %(key)s.")),
    "form_missing": ("error", _("“%(name)s” asks for the form “%(form)s”, which this draft does not have.")),
    "decision_missing": ("error", _("“%(name)s” asks the decision “%(key)s”, which is not in force.")),
    "process_missing": ("error", _("“%(name)s” calls the process “%(key)s”, which has no version in force.")),
    "department_unknown": ("error", _("“%(name)s” names the department “%(code)s”, which there is not.")),
    "post_unknown": ("error", _("“%(name)s” names the post “%(code)s”, which there is not.")),
    "group_unknown": ("error", _("“%(name)s” names the group “%(code)s”, which there is not.")),
    "person_unknown": ("error", _("“%(name)s” names the person “%(code)s”, who is not here.")),
    "owner_unknown": ("error", _("The process owner “%(code)s” is a post that there is not.")),
    "document_unnamed": ("warning", _("“%(name)s” uses the document “%(key)s”, which has no name yet.")),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One finding about a draft, with its sentence in both languages."""

    code: str
    severity: Severity
    element: str | None  # id of what it is about; None: the whole
    line: int | None  # in the BPMN text
    words: Text


def check_draft(draft: Draft) -> tuple[Problem, ...]:
    """Return everything that is wrong or doubtful about a draft, errors first, else in the order of the file."""
    previous = previous_of(draft)
    return problems_of(draft.process.key, draft.bpmn, draft.forms, draft.documents, previous)


def problems_of(
    key: str,
    bpmn: str,
    forms: Mapping[str, Any],
    documents: Mapping[str, Any],
    previous: BpmnDocument | None = None,
) -> tuple[Problem, ...]:
    """Return what is wrong with parts that may not be kept yet."""
    reading = read_bpmn(bpmn.encode())
    found: list[Problem] = [_of_finding(one) for one in reading.findings]
    read = {name: read_form(definition) for name, definition in forms.items()}
    usable = {name: one.form for name, one in read.items() if one.form is not None}
    for name, one in read.items():
        found += [_of_form(name, forms[name], mistake) for mistake in one.findings]
    if reading.document is not None:
        told = _of_document(reading.document, usable, previous)
        found += [one for one in told if not (one.code == "goal_missing" and _has_goal(key))]
        graph = compile_process(reading.document).graph
        if graph is not None:
            lines = reading.document.line_of
            known = (*_of_register(key, graph), *_of_parts(graph, forms, documents))
            found += [_problem(code, node, params, line=lines(node)) for code, node, params in known]
    unlike = dict.fromkeys(found)
    return tuple(sorted(unlike, key=lambda one: one.severity != "error"))


def _has_goal(key: str) -> bool:
    """Say whether the register states the goal: it stays when a version that states none comes into force."""
    process = register.process(key)
    return process is not None and bool(process.goal or process.goal_en)


def previous_of(draft: Draft) -> BpmnDocument | None:
    """Return the version in force, with which a draft is compared."""
    rows = draft.process.versions.filter(status=ProcessVersion.Status.PUBLISHED)
    pk = rows.values_list("pk", flat=True).first()
    return register.document(pk) if pk else None


def _of_document(
    document: BpmnDocument, forms: Mapping[str, FormDefinition], previous: BpmnDocument | None
) -> list[Problem]:
    fields = {name: answer_keys(form) for name, form in forms.items()}
    found: list[Finding] = []
    for process in document.processes:
        compiled = compile_process(document, process.id)
        found += compiled.findings
        found += not_runnable(document, compiled.graph, ELEMENTS) if compiled.graph else ()
    found += check(document, forms=fields, previous=previous)
    return [_of_finding(one) for one in found]


# What the company does not know -------------------------------------------------------------------------------


def _of_parts(graph: ProcessGraph, forms: Mapping[str, Any], documents: Mapping[str, Any]) -> Iterator[Found]:
    for node in graph.nodes.values():
        name = _name(node)
        for form in filter(None, (node.duty.form, *(seat.form for seat in node.duty.seats))):
            if form not in forms:
                yield "form_missing", node.id, {"name": name, "form": form}
        used = (*node.duty.inputs, *(output.document for output in node.duty.outputs))
        for document in dict.fromkeys(used):
            if document not in documents:
                yield "document_unnamed", node.id, {"name": name, "key": document}


def _of_register(key: str, graph: ProcessGraph) -> Iterator[Found]:
    if graph.key != key:
        yield "key_differs", None, {"found": graph.key, "key": key}
    if graph.owner and graph.owner not in directory.posts():
        yield "owner_unknown", None, {"code": graph.owner}
    callable_keys = {*register.numbers_in_force(), key}
    for node in graph.nodes.values():
        name = _name(node)
        if node.decision and decisions.version_in_force(node.decision) is None:
            yield "decision_missing", node.id, {"name": name, "key": node.decision}
        if node.call is not None and node.call.process not in callable_keys:
            yield "process_missing", node.id, {"name": name, "key": node.call.process}
        for code, params in _unknown_people(node):
            yield code, node.id, {"name": name, **params}


def _unknown_people(node: Node) -> Iterator[tuple[str, dict[str, Any]]]:
    for kind, code in named_in(node):
        if not _is_known(kind, code):
            yield f"{kind}_unknown", {"code": code}


def named_in(node: Node) -> Iterator[tuple[str, str]]:
    """Yield the departments, posts, groups and people that a step names itself, each as its kind and code."""
    duty = node.duty
    for department in (duty.lead, *duty.cooperating, *(seat.department for seat in duty.seats)):
        yield from _named("department", department)
    rules: Iterable[Performer | None] = (
        duty.performer,
        duty.first_responsible,
        duty.fallback,
        *(seat.performer for seat in duty.seats),
        *(step.to for step in duty.escalation),
        *(duty.notice.to if duty.notice else ()),
    )
    for rule in rules:
        kind = NAMED.get(rule.kind) if rule is not None else None
        if rule is not None and kind is not None:
            yield from _named(kind, rule.value)


# What the value of a performer rule names.
NAMED = {
    "department": "department",
    "head": "department",
    "liaison": "department",
    "executive": "department",
    "post": "post",
    "group": "group",
    "person": "person",
}


def _named(kind: str, expression: Feel | None) -> Iterator[tuple[str, str]]:
    code = register.fixed_text(expression)
    if code is not None:
        yield kind, code


def _is_known(kind: str, code: str) -> bool:
    if kind == "person":
        return directory.active_username(code) is not None
    known = {"department": directory.departments, "post": directory.posts, "group": directory.groups}
    return code in known[kind]()


# In words -----------------------------------------------------------------------------------------------------


def _name(node: Node) -> Text:
    return node.name if node.name != Text() else Text(zh=node.id, en=node.id)


def _of_finding(one: Finding) -> Problem:
    words = Text(zh=sentence(one, "zh"), en=sentence(one, "en"))
    return Problem(code=one.code, severity=one.severity, element=one.element, line=one.line, words=words)


def _of_form(key: str, definition: Any, mistake: Mistake) -> Problem:
    words = form_sentence(key, definition, mistake)
    return Problem(code="form_wrong", severity=mistake.severity, element=None, line=None, words=words)


def _problem(
    code: str,
    element: str | None,
    params: Mapping[str, Any],
    *,
    line: int | None = None,
) -> Problem:
    severity, words = WORDS[code]
    said = {}
    for short, language in LANGUAGES.items():
        with override(language):
            said[short] = str(words) % {key: _word(value, short) for key, value in params.items()}
    return Problem(code=code, severity=severity, element=element, line=line, words=Text(**said))


def _word(value: Any, language: str) -> str:
    text = value.in_language(language) if isinstance(value, Text) else str(value)
    return " ".join(text.split())
