"""The pages on which a draft is tried out; what was done stands in the session of whoever tries."""

import json
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shuli.apps.cases import refusals
from shuli.apps.cases.trials import pages, running
from shuli.apps.catalogue.studio import queries as drafts
from shuli.apps.catalogue.studio.queries import Drawing
from shuli.core.engine import Refused
from shuli.core.forms import FieldError, parse_post
from shuli.kit import clock
from shuli.kit.errors import Refusal
from shuli.kit.forms import states_for_page
from shuli.kit.forms.shown import in_language
from shuli.kit.permissions import requires

State = dict[str, Any]


def _drawing(request: HttpRequest, key: str) -> Drawing:
    wanted = request.GET.get("draft", "")
    pk = int(wanted) if wanted.isdecimal() else None
    found = drafts.drawing(key, request.user.get_username(), pk)
    if isinstance(found, Refusal):
        raise found
    return found


def _state(request: HttpRequest, draft: Drawing) -> State:
    """Return what was done with a draft so far: it begins at ten of the next working day."""
    kept = request.session.get(f"trial-{draft.pk}")
    return kept or {"start": running.working_start(clock.now()).isoformat(), "steps": []}


def _keep(request: HttpRequest, draft: Drawing, state: State) -> None:
    request.session[f"trial-{draft.pk}"] = state


def _trial(draft: Drawing, state: State) -> running.Trial | None:
    return running.run_again(draft, datetime.fromisoformat(state["start"]), state["steps"])


@require_GET
@requires("owner")
def try_out(request: HttpRequest, key: str) -> HttpResponse:
    draft = _drawing(request, key)
    state = _state(request, draft)
    return _page(request, draft, state, _trial(draft, state), chosen=request.GET.get("do", ""))


def _page(
    request: HttpRequest, draft: Drawing, state: State, trial: running.Trial | None, *, chosen: str,
    raw: dict[str, Any] | None = None, errors: tuple[FieldError, ...] = (),
) -> HttpResponse:  # fmt: skip
    context: dict[str, Any] = {
        "process": draft.process,
        "title": in_language(draft.names),
        "urls": pages.urls(draft.process, draft.pk),
        "steps": len(state["steps"]),
    }
    if trial is not None:
        person = request.user.get_username()
        context |= pages.trial_page(trial, person=person, chosen=chosen, raw=raw, errors=errors)
        context["clock_choices"] = pages.clock_choices(trial)
    return render(request, "cases/trial.html", context, status=422 if errors else 200)


@require_POST
@requires("owner")
def try_step(request: HttpRequest, key: str) -> HttpResponse:
    """Do one step, go one back, or begin again."""
    draft = _drawing(request, key)
    state = _state(request, draft)
    what = request.POST.get("do", "")
    if what in {"back", "again"}:
        steps = state["steps"][:-1] if what == "back" else []
        _keep(request, draft, {**state, "steps": steps})
        return redirect(pages.urls(key, draft.pk)["page"])
    trial = _trial(draft, state)
    step = _step_of(request, trial) if trial else None
    if trial is None or step is None:
        return redirect(pages.urls(key, draft.pk)["page"])
    return _done(request, draft, state, trial, step)


def _done(
    request: HttpRequest, draft: Drawing, state: State, trial: running.Trial, step: running.Step
) -> HttpResponse:
    answer = running.do(trial, step)
    if isinstance(answer, running.Unfit):
        chosen = f"seat-{step['seat']}" if "seat" in step else f"start-{step.get('node', '')}"
        return _page(
            request, draft, state, trial, chosen=chosen, raw=step["answers"], errors=answer.validation.errors
        )
    if isinstance(answer, Refused):
        messages.error(request, refusals.sentence(answer))
    elif len(state["steps"]) >= running.MOST_STEPS:
        messages.error(request, _("This trial is long enough. Begin again."))
    else:
        _keep(request, draft, {**state, "steps": [*state["steps"], step]})
    return redirect(pages.urls(draft.process, draft.pk)["page"])


def _step_of(request: HttpRequest, trial: running.Trial) -> running.Step | None:
    """Return what a page posted as a step; None where it is none."""
    post = request.POST
    what, person = post.get("do", ""), post.get("person") or request.user.get_username()
    if what == "wait":
        return {"do": "wait", "until": post["until"]} if _is_moment(post.get("until", "")) else None
    if what == "start" and post.get("node") in trial.graph.starts:
        return {
            "do": "start",
            "node": post["node"],
            "person": person,
            "answers": _raw(request, trial, post["node"], ""),
        }
    number = post.get("what", "")
    if not number.isdecimal() or what not in running.DEEDS:
        return None
    if what != "complete":
        return {"do": what, "what": int(number), "person": person, "answers": _values(post.get("values", ""))}
    return _completion(request, trial, int(number), person)


def _completion(request: HttpRequest, trial: running.Trial, seat: int, person: str) -> running.Step | None:
    found = trial.seat(seat)
    if found is None:
        return None
    decision = request.POST.get("decision", "approve")
    return {
        "do": "complete",
        "seat": seat,
        "person": person,
        "answers": _raw(request, trial, found[0].node, found[1].key),
        "decision": decision if decision in {"approve", "reject", "abstain"} else "approve",
        "opinion": request.POST.get("opinion", "")[:2000],
    }


def _raw(request: HttpRequest, trial: running.Trial, node: str, seat_key: str) -> dict[str, Any]:
    form = trial.form_at(node, seat_key)
    return parse_post(form, dict(request.POST.lists())) if form is not None else {}


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _values(text: str) -> dict[str, Any]:
    """Return variables that were written as JSON; nothing where they are not."""
    try:
        found = json.loads(text) if text.strip() else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


@require_POST
@requires("owner")
def try_state(request: HttpRequest, key: str) -> JsonResponse:
    """Answer the form of a trial while somebody types: what each field shows now."""
    draft = _drawing(request, key)
    trial = _trial(draft, _state(request, draft))
    node, number = request.POST.get("node", ""), request.POST.get("what", "")
    found = trial.seat(int(number)) if trial and number.isdecimal() else None
    if trial is None or (found is None and node not in trial.graph.starts):
        return JsonResponse({})
    node, seat_key = (found[0].node, found[1].key) if found else (node, "")
    form = trial.form_at(node, seat_key)
    if form is None:
        return JsonResponse({})
    raw = parse_post(form, dict(request.POST.lists()))
    person = request.POST.get("person") or request.user.get_username()
    with clock.frozen(trial.now):
        return JsonResponse(states_for_page(form, raw, trial.context(person), trial.rights_at(node)))
