"""The pages of goals."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shuli.apps.directory.answering import put_on, tell
from shuli.apps.monitoring.goals import pages, rights, setting
from shuli.apps.monitoring.goals.forms import GoalForm, goal_values
from shuli.apps.monitoring.goals.models import Goal
from shuli.kit.errors import Refusal
from shuli.kit.permissions import requires


def _person(request: HttpRequest) -> str:
    return request.user.get_username()


def _goal(request: HttpRequest, key: int) -> Goal:
    row = rights.visible(_person(request)).filter(pk=key).first()
    if row is None:
        raise Http404
    return row


@require_GET
@requires("member")
def goals(request: HttpRequest) -> HttpResponse:
    return render(request, "monitoring/goals.html", pages.list_page(_person(request)))


@require_GET
@requires("member")
def my_goals(request: HttpRequest) -> HttpResponse:
    return render(request, "monitoring/my_goals.html", pages.my_page(_person(request)))


@require_GET
@requires("member")
def goal(request: HttpRequest, goal: int) -> HttpResponse:
    return render(request, "monitoring/goal.html", pages.goal_page(_person(request), _goal(request, goal)))


@require_http_methods(["GET", "POST"])
@requires("owner")
def goal_form(request: HttpRequest, goal: int | None = None) -> HttpResponse:
    """Set a goal, or change one that is not published."""
    person = _person(request)
    row = _goal(request, goal) if goal else None
    if not (rights.may_change(person, row) if row else rights.may_set_any(person)):
        raise Refusal("goal_of_others", status=403)
    initial: dict[str, Any] = goal_values(row) if row else {
        "place": request.GET.get("process", ""),
        "department": request.GET.get("department", ""),
        "indicator": request.GET.get("indicator", ""),
    }  # fmt: skip
    form = GoalForm(request.POST or None, initial=initial, person=person)
    if form.is_valid():
        made = setting.save(person, goal, form.facts())
        if put_on(form, made) and isinstance(made, Goal):
            messages.success(request, _("Saved. Publish it when it is as you want it."))
            return redirect("monitoring:goal", made.pk)
    context = {
        "form": form,
        "title": row.title if row else _("Set a goal"),
        "back": reverse("monitoring:goal", args=[goal]) if goal else reverse("monitoring:goals"),
    }
    return render(request, "monitoring/entry_form.html", context)


@require_POST
@requires("member")
def publish(request: HttpRequest, goal: int) -> HttpResponse:
    answer = setting.publish(_person(request), goal)
    return tell(request, answer, _("Published. Whom it concerns has been told."), _back(goal))


@require_POST
@requires("member")
def read(request: HttpRequest, goal: int) -> HttpResponse:
    return tell(request, setting.read(_person(request), goal), _("Thank you."), _back(goal))


@require_POST
@requires("member")
def withdraw(request: HttpRequest, goal: int) -> HttpResponse:
    answer = setting.withdraw(_person(request), goal, request.POST.get("reason", ""))
    return tell(request, answer, _("Withdrawn. Whom it concerned has been told."), _back(goal))


def _back(goal: int) -> str:
    return reverse("monitoring:goal", args=[goal])
