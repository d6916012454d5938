"""The pages of decisions."""

from typing import Any

import msgspec
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, make_aware
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shuli.apps.catalogue import queries as register
from shuli.apps.catalogue.decisions import editing, operations, pages, queries, trying
from shuli.apps.catalogue.decisions.grid import (
    Grid,
    NotAGridError,
    empty_grid,
    grid_from_post,
    grid_of,
    model_with,
    new_model,
    read_grid,
    step,
)
from shuli.apps.catalogue.decisions.spreadsheets import grid_of_workbook, workbook_of
from shuli.apps.catalogue.models import Decision, DecisionVersion
from shuli.core.feel.dmn import read_dmn
from shuli.kit import clock, limits
from shuli.kit.allowance import Allowance
from shuli.kit.errors import Denied, Refusal, sentence
from shuli.kit.feel_words import finding_words
from shuli.kit.forms.shown import in_language
from shuli.kit.permissions import requires

CHECKS = Allowance(per_minute=limits.CHECKS_PER_MINUTE)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _decision(key: str) -> Decision:
    found = queries.decision(key)
    if found is None:
        raise Http404
    return found


def _editable(request: HttpRequest, key: str) -> Decision:
    decision = _decision(key)
    if not queries.may_edit(decision, request.user.get_username()):
        raise Denied("decision_not_yours")
    return decision


@require_GET
@requires("member")
def decisions(request: HttpRequest) -> HttpResponse:
    page = pages.list_page(request.user.get_username(), request.GET.get("q", "")[:100])
    return render(request, "catalogue/decisions.html", page)


@require_GET
@requires("member")
def decision(request: HttpRequest, key: str) -> HttpResponse:
    page = pages.decision_page(_decision(key), request.user.get_username())
    return render(request, "catalogue/decision.html", page)


@require_http_methods(["GET", "POST"])
@requires("owner")
def edition(request: HttpRequest, key: str) -> HttpResponse:
    """Show the library's newer table beside the one in use; the owner takes it over as a draft, or keeps theirs."""
    decision = _editable(request, key)
    if request.method == "POST":
        return _answered(request, key)
    if not queries.has_newer_edition(decision):
        raise Http404
    return render(request, "catalogue/decision_edition.html", pages.edition_page(decision))


def _answered(request: HttpRequest, key: str) -> HttpResponse:
    person, seen = request.user.get_username(), request.POST.get("seen", "")
    takes = request.POST.get("do") == "take"
    answer = (
        operations.take_edition(key, person, int(seen) if seen.isdigit() else -1)
        if takes
        else operations.keep_ours(key, person)
    )
    if isinstance(answer, Refusal):
        raise answer
    said = (
        _("The edition is now the draft. Check it, then publish it.") if takes else _("Your own table stays.")
    )
    messages.success(request, said)
    return redirect("catalogue:decision_edit" if takes else "catalogue:decision", key)


@require_GET
@requires("member")
def version(request: HttpRequest, key: str, number: int) -> HttpResponse:
    found = queries.version(key, number)
    if found is None:
        raise Http404
    return render(request, "catalogue/decision_version.html", pages.version_page(found))


@require_http_methods(["GET", "POST"])
@requires("owner")
def new(request: HttpRequest) -> HttpResponse:
    person = request.user.get_username()
    if not queries.may_write_somewhere(person):
        raise Denied("decision_not_yours")
    refusal = ""
    if request.method == "POST":
        facts = {name: request.POST.get(name, "") for name in ("key", "name", "name_en")}
        model = new_model(facts["key"].strip(), facts["name"].strip() or "decision", empty_grid())
        text = operations.text_of(model)
        made = operations.create(request.POST.get("process", ""), facts, person, text)
        if isinstance(made, Denied):
            raise made
        if isinstance(made, Decision):
            return redirect("catalogue:decision_edit", made.key)
        refusal = sentence(made) if isinstance(made, Refusal) else ""
    owned = [row for row in register.processes() if row.key in register.owned_keys(person)]
    context = {
        "title": _("New decision"),
        "refusal": refusal,
        "given": request.POST,
        "processes": [(row.key, in_language(row.names)) for row in owned],
        "for_company": queries.may_edit(Decision(), person),
    }
    return render(request, "catalogue/decision_new.html", context, status=422 if refusal else 200)


@require_http_methods(["GET", "POST"])
@requires("owner")
def edit(request: HttpRequest, key: str) -> HttpResponse:
    decision = _editable(request, key)
    if request.method == "GET":
        return render(request, "catalogue/decision_edit.html", editing.edit_page(decision))
    try:
        grid = step(_posted_grid(request), request.POST.get("do", ""))
    except NotAGridError:
        return _edit_again(request, decision, None, Refusal("not_a_decision"))
    return _saved(request, decision, grid)


def _posted_grid(request: HttpRequest) -> Grid:
    text = request.POST.get("grid", "")
    return read_grid(text) if text else grid_from_post(request.POST.dict())


def _saved(request: HttpRequest, decision: Decision, grid: Grid) -> HttpResponse:
    """Keep the draft and show it again; what cannot be kept comes back as it was typed."""
    samples = _posted_samples(request)
    text = operations.text_of(model_with(editing.draft_model(decision), grid))
    seen = int(request.POST.get("seen") or 0) if request.POST.get("seen", "").isdigit() else 0
    answer = operations.save_draft(decision.key, request.user.get_username(), text, seen, samples)
    if isinstance(answer, Refusal):
        return _edit_again(request, decision, grid, answer)
    if request.POST.get("do", "save") == "save":
        messages.success(request, _("The draft is saved."))
    return redirect("catalogue:decision_edit", decision.key)


def _edit_again(
    request: HttpRequest, decision: Decision, grid: Grid | None, refusal: Refusal
) -> HttpResponse:
    # with the number of the draft as it is now, so that saving again is saving over it knowingly
    page = editing.edit_page(_decision(decision.key), grid, refusal=sentence(refusal))
    return render(request, "catalogue/decision_edit.html", page, status=refusal.status)


def _posted_samples(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the samples of the page: of its script as JSON, else cell by cell."""
    if request.POST.get("samples"):
        try:
            return trying.clean_samples(msgspec.json.decode(request.POST["samples"]))
        except msgspec.DecodeError:
            return []
    found = []
    for number in range(trying.MOST_SAMPLES):
        prefix = f"s-{number}-"
        names = [name for name in request.POST if name.startswith(prefix)]
        if not names:
            break
        inputs = {name.removeprefix(f"{prefix}in-"): request.POST[name] for name in names if "-in-" in name}
        if any(inputs.values()) or request.POST.get(f"{prefix}expected"):
            found.append({"inputs": inputs, "expected": request.POST.get(f"{prefix}expected", "")})
    return trying.clean_samples(found)


@require_POST
@requires("owner")
def check(request: HttpRequest, key: str) -> JsonResponse:
    """Answer the island: {"grid": …, "samples": […]} → findings, what the samples give, lists of values."""
    decision = _editable(request, key)
    if not CHECKS.take(request.user.get_username(), clock.now()):
        return JsonResponse({"error": {"message": _("Too many checks at once. Wait a moment.")}}, status=429)
    try:
        sent = msgspec.json.decode(request.body)
        grid = read_grid(msgspec.json.encode(sent.get("grid", {})))
        samples = sent.get("samples", [])
    except (NotAGridError, msgspec.DecodeError, AttributeError):
        return JsonResponse({"error": {"message": sentence(Refusal("not_a_decision"))}}, status=422)
    return JsonResponse(editing.answer(decision, grid, samples))


@require_POST
@requires("owner")
def publish(request: HttpRequest, key: str) -> HttpResponse:
    decision = _editable(request, key)
    moment = parse_datetime(request.POST.get("effective_at", "") or "-")
    effective = make_aware(moment) if moment is not None and is_naive(moment) else moment
    seen = int(request.POST["seen"]) if request.POST.get("seen", "").isdigit() else -1
    answer = operations.publish(
        key, request.user.get_username(), request.POST.get("reason", ""), seen, effective
    )
    if isinstance(answer, DecisionVersion):
        messages.success(request, _("Version %(number)s is published.") % {"number": answer.number})
        return redirect("catalogue:decision", key)
    refusal = Refusal("table_has_errors") if isinstance(answer, operations.Unfit) else answer
    return _edit_again(request, decision, None, refusal)


@require_POST
@requires("owner")
def discard(request: HttpRequest, key: str) -> HttpResponse:
    _editable(request, key)
    answer = operations.discard_draft(key, request.user.get_username())
    if isinstance(answer, Refusal):
        raise answer
    messages.success(request, _("The draft is gone."))
    return redirect("catalogue:decision", key)


@require_POST
@requires("owner")
def take_in(request: HttpRequest, key: str) -> HttpResponse:
    """Take an Excel or DMN file as the draft."""
    decision = _editable(request, key)
    upload = request.FILES.get("file")
    if upload is None or (upload.size or 0) > limits.DECISION_FILE_BYTES:
        return _edit_again(request, decision, None, Refusal("decision_file_missing"))
    data = upload.read()
    try:
        is_book = data.startswith(b"PK")
        text = _of_book(decision, data) if is_book else _of_dmn(data)
    except NotAGridError as error:
        refusal = Refusal("decision_file_wrong", why=str(error) if not is_book else _("not our Excel layout"))
        return _edit_again(request, decision, None, refusal)
    answer = operations.save_draft(key, request.user.get_username(), text, decision.draft_number)
    if isinstance(answer, Refusal):
        return _edit_again(request, decision, None, answer)
    messages.success(request, _("The file is now the draft."))
    return redirect("catalogue:decision_edit", key)


def _of_book(decision: Decision, data: bytes) -> str:
    model = editing.draft_model(decision)
    if grid_of(model) is None:
        model = new_model(decision.key, decision.name, empty_grid())
    return operations.text_of(model_with(model, grid_of_workbook(data)))


def _of_dmn(data: bytes) -> str:
    reading = read_dmn(data)
    if reading.model is None:
        raise NotAGridError(finding_words(reading.findings[0]))
    return operations.text_of(reading.model)


def _shown_version(key: str) -> DecisionVersion:
    decision = _decision(key)
    found = queries.version_in_force(key) or next(iter(queries.versions(decision)), None)
    if found is None:
        raise Http404
    return found


@require_GET
@requires("member")
def dmn_file(_request: HttpRequest, key: str) -> HttpResponse:
    version = _shown_version(key)
    text = operations.text_of(queries.model(version.pk))
    return _file(text.encode(), "application/xml; charset=utf-8", f"{key}-v{version.number}.dmn")


@require_GET
@requires("member")
def xlsx_file(_request: HttpRequest, key: str) -> HttpResponse:
    version = _shown_version(key)
    grid = grid_of(queries.model(version.pk))
    if grid is None:
        raise Http404
    return _file(workbook_of(grid, key), XLSX, f"{key}-v{version.number}.xlsx")


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
