"""The workbench for expressions, and the answers to the editor while somebody types."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shuli.apps.catalogue import feel_help
from shuli.apps.catalogue import queries as register
from shuli.apps.catalogue.decisions import editing, queries
from shuli.apps.catalogue.decisions.views import CHECKS
from shuli.apps.catalogue.models import Decision
from shuli.core.feel import ExpressionError, compile_expression, compile_unary_tests
from shuli.core.feel.expression import Expression
from shuli.core.feel.text import feel_text
from shuli.core.feel.typecheck import check_types
from shuli.kit import clock, limits
from shuli.kit.errors import Denied
from shuli.kit.feel_words import error_words
from shuli.kit.forms.shown import in_language
from shuli.kit.permissions import requires

WORD = re.compile(r"\w+|\S")
LONGEST_ANSWER = 4_000
MOST_NAMES = 500


def _writer(request: HttpRequest) -> str:
    person = request.user.get_username()
    if not queries.may_write_somewhere(person):
        raise Denied("decision_not_yours")
    return person


@require_GET
@requires("owner")
def workbench(request: HttpRequest) -> HttpResponse:
    """Show an expression, its values and what it gives; works by its address alone, without script."""
    person = _writer(request)
    source = request.GET.get("source", "")[: limits.EXPRESSION_CHARACTERS]
    values = request.GET.get("values", "")[: limits.EXPRESSION_CHARACTERS]
    process = register.process(request.GET.get("process", ""))
    owned = register.owned_keys(person)
    context = {
        "title": _("Expression workbench"),
        "source": source,
        "values": values,
        "processes": [(row.key, in_language(row.names)) for row in register.processes() if row.key in owned],
        "process": process.key if process else "",
        "scope": editing.scope_of(Decision(process=process)) if process else [],
        "answer": evaluated(source, values) if source.strip() else None,
        "examples": examples(),
    }
    return render(request, "catalogue/feel.html", context)


def examples() -> list[dict[str, str]]:
    """Return expressions to start from."""
    zh = (get_language() or "zh").startswith("zh")
    dept = '"市场部"' if zh else '"marketing"'
    return [
        {"source": f"amount > 10000 and dept = {dept}", "values": f"{{amount: 20000, dept: {dept}}}"},
        {"source": "sum(lines[qty > 1].price)", "values": "{lines: [{qty: 2, price: 20}, {qty: 1, price: 5}]}"},
        {"source": 'due - today() < duration("P7D")', "values": '{due: date("2030-01-01")}'},
        {"source": "for l in lines return l.qty * l.price", "values": "{lines: [{qty: 2, price: 20}]}"},
    ]  # fmt: skip


@require_POST
@requires("owner")
def check(request: HttpRequest) -> JsonResponse:
    """Answer the editor: {"source", "kind", "names": {name: type}, "values"} → errors, the value, what it reads."""
    person = _writer(request)
    if not CHECKS.take(person, clock.now()):
        return JsonResponse({"error": {"message": _("Too many checks at once. Wait a moment.")}}, status=429)
    try:
        sent = msgspec.json.decode(request.body)
        source, kind = str(sent["source"]), str(sent.get("kind", "expression"))
        names = {str(key): str(value) for key, value in dict(sent.get("names") or {}).items()}
        values = str(sent.get("values") or "")
        are_names = bool(sent.get("are_names"))
    except (msgspec.DecodeError, KeyError, TypeError, ValueError, AttributeError):
        return JsonResponse({"error": {"message": _("The request is not understood.")}}, status=422)
    if len(source) + len(values) > limits.EXPRESSION_CHARACTERS or len(names) > MOST_NAMES:
        return JsonResponse({"error": {"message": _("The expression is too long.")}}, status=422)
    if are_names:
        names = dict.fromkeys(_context(values)[0], "Any") | names
    return JsonResponse(
        {
            "errors": problems(source, kind, names),
            **_value(source, kind, values),
            **_reads(source, kind, names),
        }
    )


def problems(source: str, kind: str, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return what is wrong with an expression, each with its place in the text."""
    if not source.strip():
        return []
    compiled = _compiled(source, kind, names)
    if compiled.errors:
        return [_placed(error, source, "error") for error in compiled.errors]
    if not names:
        return []
    found = check_types(compiled, names, "Any" if kind == "tests" else None)
    return [_placed(error, source, "warning") for error in found]


def _compiled(source: str, kind: str, names: Iterable[str]) -> Expression:
    return (compile_unary_tests if kind == "tests" else compile_expression)(source, tuple(names))


def _placed(error: ExpressionError, source: str, severity: str) -> dict[str, Any]:
    """Return an error with the word at its place, or the last character where something is missing."""
    start = min(max(error.position, 0), max(len(source) - 1, 0))
    word = WORD.match(source, start)
    end = word.end() if word else min(start + 1, len(source))
    return {"from": start, "to": max(end, start + 1), "severity": severity, "message": error_words(error)}


def _value(source: str, kind: str, values: str) -> dict[str, Any]:
    return evaluated(source, values, kind) if source.strip() else {}


def _reads(source: str, kind: str, names: Iterable[str]) -> dict[str, Any]:
    """Return the variables that an expression needs, so that the editor can ask for a value of each."""
    compiled = _compiled(source, kind, names)
    words = {"try": _("Try it"), "tested": _("The value that is tested")}
    reads = [*(["?"] if kind == "tests" else []), *sorted(compiled.variables)]
    return {} if compiled.errors else {"reads": reads, "words": words}


def _context(values: str) -> tuple[dict[str, Any], str]:
    """Return the variables that are written as a FEEL context, and what is wrong with them."""
    if not values.strip():
        return {}, ""
    given = compile_expression(values).explain({}, clock.local_now())
    if isinstance(given.value, dict):
        return given.value, ""
    return {}, error_words(given.warnings[0]) if given.warnings else _(
        "Values are written like {amount: 12}."
    )


def evaluated(source: str, values: str, kind: str = "expression") -> dict[str, Any]:
    """Return what an expression gives for values written as a FEEL context, and why it is null where it is."""
    context, problem = _context(values)
    if problem:
        return {"values_problem": problem}
    if kind == "tests" and "?" not in context:
        return {}
    outcome = _compiled(source, kind, tuple(context)).explain(context, clock.local_now())
    text = feel_text(outcome.value)
    return {
        "value": text if len(text) <= LONGEST_ANSWER else text[:LONGEST_ANSWER] + "…",
        "notes": list(dict.fromkeys(error_words(warning) for warning in outcome.warnings)),
    }


@require_GET
@requires("member")
def functions(_request: HttpRequest) -> JsonResponse:
    """Return every built-in function with its signature and help, for the editor's completion."""
    reference = reverse("catalogue:guide_page", args=["functions"])
    found = [
        {
            "name": one.name,
            "signature": one.signatures[0],
            "help": one.text,
            "example": f"{one.examples[0].feel} → {one.examples[0].gives}",
            "url": f"{reference}#{one.anchor}",
        }
        for one in feel_help.all_help(get_language() or "zh")
    ]
    return JsonResponse(found, safe=False)
