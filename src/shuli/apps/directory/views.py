"""The organisation as everybody sees it, and its departments and posts as administrators change them."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shuli.apps.directory import forms, listing, operations, pages, person_pages, queries
from shuli.apps.directory.answering import put_on, tell, tell_errors
from shuli.kit.components import Action
from shuli.kit.components.words import person_words
from shuli.kit.permissions import requires

PAGE = 50  # rows
FOUND = 10  # people that the picker offers


def _is_administrator(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_administrator", False))


# For everybody ------------------------------------------------------------------------------------------


@requires("member")
@require_safe
def departments(request: HttpRequest) -> HttpResponse:
    context = {
        "tabs": pages.tabs("departments"),
        "branches": pages.tree(),
        "may_edit": _is_administrator(request),
    }
    return render(request, "directory/departments.html", context)


@requires("member")
@require_safe
def department(request: HttpRequest, code: str) -> HttpResponse:
    row = listing.department_row(code)
    if row is None:
        raise Http404
    context = pages.department_page(row)
    if _is_administrator(request):
        context |= _department_forms(row)
    return render(request, "directory/department.html", context)


def _department_forms(row: Any) -> dict[str, Any]:
    holders = {role: getattr(row, role) for role in ("head", "executive", "liaison")}
    people = {role: one.username if one else "" for role, one in holders.items()}
    merge = Action(label=_("Merge into another one"), icon="arrows-transfer-up", opens="merge", is_rare=True)
    close = Action(label=_("Close the department"), icon="ban", opens="close", is_rare=True, is_grave=True)
    return {
        "may_edit": True,
        "actions": [
            Action(label=_("Appoint"), icon="user-check", opens="appoint", is_primary=True),
            Action(label=_("Edit"), icon="edit", url=reverse("directory:department_edit", args=[row.code])),
            Action(label=_("Choose a calendar"), icon="calendar", opens="calendar", is_rare=True),
            *([merge, close] if row.is_active else []),
        ],
        "merge_form": forms.MergeForm(),
        "appointment_form": forms.AppointmentForm(initial=people),
        "calendar_form": forms.DepartmentCalendarForm(
            initial={
                "calendar": row.calendar.code if row.calendar else "",
                "site": row.site.code if row.site else "",
            }
        ),
        "changes": pages.changes_table(listing.changes_of(row.code)),
    }


@requires("member")
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    wanted = person_pages.people_filter(request.GET)
    page = Paginator(listing.people(wanted), PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": pages.tabs("people"),
        "wanted": wanted,
        "page": page,
        "table": person_pages.people_table([queries.card_of(row) for row in page], request.GET),
        "may_edit": _is_administrator(request),
        **person_pages.filter_choices(wanted),
    }
    return render(request, "directory/people.html", context)


@requires("member")
@require_safe
def find_people(request: HttpRequest) -> JsonResponse:
    """Answer the person picker: ?q=li → [{"value", "label", "note"}]."""
    text, department = request.GET.get("q", "")[:100], request.GET.get("department") or None
    found = queries.search_people(text, department, FOUND) if text.strip() else []
    answer = [
        {
            "value": card.username,
            "label": person_words(card.display_name(), card.department_name()),
            "note": card.post_name(),
        }
        for card in found
    ]
    return JsonResponse(answer, safe=False)


@requires("member")
@require_safe
def person(request: HttpRequest, username: str) -> HttpResponse:
    card = queries.person(username)
    if card is None:
        raise Http404
    context = person_pages.person_page(card)
    if _is_administrator(request):
        own = forms.PersonCalendarForm(initial={"calendar": listing.own_calendar_of(username)})
        context |= {
            "may_edit": True,
            "place_form": forms.PlaceForm(auto_id="move_%s"),
            "further_form": forms.PlaceForm(auto_id="further_%s"),
            "calendar_form": own,
            "substitute_form": forms.SubstituteForm(),
            **person_pages.admin_part(card),
        }
    return render(request, "directory/person.html", context)


@requires("member")
@require_safe
def posts(request: HttpRequest) -> HttpResponse:
    rows = [post for post in queries.posts().values() if post.is_active]
    context = {
        "tabs": pages.tabs("posts"),
        "count": len(rows),
        "table": pages.posts_table(rows, with_department=True),
        "may_edit": _is_administrator(request),
    }
    return render(request, "directory/posts.html", context)


@requires("member")
@require_safe
def post(request: HttpRequest, code: str) -> HttpResponse:
    found = queries.posts().get(code)
    if found is None:
        raise Http404
    people = queries.people_by_username(queries.members(f"post:{code}"))
    context: dict[str, Any] = {
        "post": found,
        "title": found.display_name(),
        "department": pages.department_link(found.department),
        "people": [pages.person_link(card) for card in people.values()],
    }
    if _is_administrator(request):
        initial = {"name": found.name, "name_en": found.name_en, "department": found.department}
        context |= {"may_edit": True, "form": forms.PostForm(initial=initial)}
    return render(request, "directory/post.html", context)


# For administrators -------------------------------------------------------------------------------------


@requires("administrator")
@require_http_methods(["GET", "HEAD", "POST"])
def department_new(request: HttpRequest) -> HttpResponse:
    form = forms.NewDepartmentForm(request.POST or None)
    if form.is_valid():
        code = form.cleaned_data["code"]
        answer = operations.save_department(request.user.get_username(), code, form.facts(), is_new=True)
        if put_on(form, answer):
            return redirect("directory:department", code)
    context = {"title": _("New department"), "form": form, "back": reverse("directory:departments")}
    return render(request, "directory/form.html", context)


@requires("administrator")
@require_http_methods(["GET", "HEAD", "POST"])
def department_edit(request: HttpRequest, code: str) -> HttpResponse:
    row = listing.department_row(code)
    if row is None:
        raise Http404
    parent = row.parent.code if row.parent else ""
    initial = {"name": row.name, "name_en": row.name_en, "kind": row.kind, "parent": parent}
    form = forms.DepartmentForm(request.POST or None, initial=initial)
    if form.is_valid() and put_on(
        form, operations.save_department(request.user.get_username(), code, form.facts())
    ):
        return redirect("directory:department", code)
    context = {"title": row.display_name(), "form": form, "back": pages.department_url(code)}
    return render(request, "directory/form.html", context)


@requires("administrator")
@require_POST
def department_appoint(request: HttpRequest, code: str) -> HttpResponse:
    form, url = forms.AppointmentForm(request.POST), pages.department_url(code)
    if not form.is_valid():
        return tell_errors(request, form, url)
    answer = operations.appoint(request.user.get_username(), code, **form.cleaned_data)
    return tell(request, answer, _("The appointments are in force from now on."), url)


@requires("administrator")
@require_POST
def department_calendar(request: HttpRequest, code: str) -> HttpResponse:
    form, url = forms.DepartmentCalendarForm(request.POST), pages.department_url(code)
    if not form.is_valid():
        return tell_errors(request, form, url)
    entered = form.cleaned_data
    answer = operations.use_calendar(request.user.get_username(), code, entered["calendar"], entered["site"])
    return tell(request, answer, _("Due dates that are set from now on follow this calendar."), url)


@requires("administrator")
@require_POST
def department_close(request: HttpRequest, code: str) -> HttpResponse:
    answer = operations.close_department(request.user.get_username(), code)
    return tell(request, answer, _("The department is closed."), pages.department_url(code))


@requires("administrator")
@require_POST
def department_merge(request: HttpRequest, code: str) -> HttpResponse:
    form, url = forms.MergeForm(request.POST), pages.department_url(code)
    if not form.is_valid():
        return tell_errors(request, form, url)
    answer = operations.merge_department(request.user.get_username(), code, form.cleaned_data["into"])
    return tell(request, answer, _("The department is closed; the other one does its work."), url)


@requires("administrator")
@require_http_methods(["GET", "HEAD", "POST"])
def post_new(request: HttpRequest) -> HttpResponse:
    form = forms.NewPostForm(request.POST or None, initial={"department": request.GET.get("department", "")})
    if form.is_valid() and put_on(
        form, operations.save_post(request.user.get_username(), **form.cleaned_data, is_new=True)
    ):
        return redirect("directory:posts")
    context = {"title": _("New post"), "form": form, "back": reverse("directory:posts")}
    return render(request, "directory/form.html", context)


@requires("administrator")
@require_POST
def post_edit(request: HttpRequest, code: str) -> HttpResponse:
    form, url = forms.PostForm(request.POST), reverse("directory:post", args=[code])
    if not form.is_valid():
        return tell_errors(request, form, url)
    answer = operations.save_post(request.user.get_username(), code, **form.cleaned_data)
    return tell(request, answer, _("Saved."), url)


@requires("administrator")
@require_POST
def post_close(request: HttpRequest, code: str) -> HttpResponse:
    answer = operations.close_post(request.user.get_username(), code)
    return tell(request, answer, _("The post is closed."), reverse("directory:post", args=[code]))
