"""Candidate groups and sites: for everybody to read, for administrators to change."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shuli.apps.directory import forms, group_pages, listing, operations, pages, queries
from shuli.apps.directory.answering import put_on, tell
from shuli.kit.permissions import requires


def _is_administrator(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_administrator", False))


@requires("member")
@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    table = group_pages.groups_table()
    context = {
        "tabs": pages.tabs("groups"),
        "count": len(table.rows),
        "table": table,
        "may_edit": _is_administrator(request),
    }
    return render(request, "directory/groups.html", context)


@requires("member")
@require_safe
def group(request: HttpRequest, code: str) -> HttpResponse:
    found = queries.groups().get(code)
    if found is None:
        raise Http404
    context: dict[str, Any] = group_pages.group_page(found)
    if _is_administrator(request):
        initial = {"name": found.name, "name_en": found.name_en}
        context |= {
            "may_edit": True,
            "form": forms.GroupForm(initial=initial),
            "member_form": forms.GroupMemberForm(),
            "changes": pages.changes_table(listing.changes_of(code)),
        }
    return render(request, "directory/group.html", context)


@requires("administrator")
@require_http_methods(["GET", "HEAD", "POST"])
def group_new(request: HttpRequest) -> HttpResponse:
    form = forms.NewGroupForm(request.POST or None)
    if form.is_valid() and put_on(
        form, operations.save_group(request.user.get_username(), **form.cleaned_data, is_new=True)
    ):
        return redirect("directory:group", form.cleaned_data["code"])
    context = {"title": _("New candidate group"), "form": form, "back": reverse("directory:groups")}
    return render(request, "directory/form.html", context)


@requires("administrator")
@require_POST
def group_edit(request: HttpRequest, code: str) -> HttpResponse:
    form, url = forms.GroupForm(request.POST), reverse("directory:group", args=[code])
    if not form.is_valid():
        return redirect(url)
    answer = operations.save_group(request.user.get_username(), code, **form.cleaned_data)
    return tell(request, answer, _("Saved."), url)


@requires("administrator")
@require_POST
def group_join(request: HttpRequest, code: str) -> HttpResponse:
    """Take in whatever the form names: a person, a post, a department."""
    url, by = reverse("directory:group", args=[code]), request.user.get_username()
    named = [(kind, request.POST.get(kind, "")) for kind in ("people", "posts", "departments")]
    wanted = [(kind, member) for kind, member in named if member] or [("people", "")]
    answers = [operations.join_group(by, code, kind, member) for kind, member in wanted]
    refused = next((one for one in answers if isinstance(one, Exception)), answers[0])
    return tell(request, refused, _("The group has a new member."), url)


@requires("administrator")
@require_POST
def group_leave(request: HttpRequest, code: str) -> HttpResponse:
    kind, member = request.POST.get("kind", ""), request.POST.get("member", "")
    answer = operations.leave_group(request.user.get_username(), code, kind, member)
    url = reverse("directory:group", args=[code])
    return tell(request, answer, _("The member is no longer in the group."), url)


@requires("administrator")
@require_POST
def group_close(request: HttpRequest, code: str) -> HttpResponse:
    answer = operations.close_group(request.user.get_username(), code)
    return tell(request, answer, _("The group is closed."), reverse("directory:group", args=[code]))


# Sites --------------------------------------------------------------------------------------------------


@requires("administrator")
@require_http_methods(["GET", "HEAD", "POST"])
def site_new(request: HttpRequest) -> HttpResponse:
    form = forms.NewSiteForm(request.POST or None)
    if form.is_valid() and put_on(
        form, operations.save_site(request.user.get_username(), **form.cleaned_data, is_new=True)
    ):
        return redirect("directory:calendars")
    context = {"title": _("New site"), "form": form, "back": reverse("directory:calendars")}
    return render(request, "directory/form.html", context)


@requires("administrator")
@require_http_methods(["GET", "HEAD", "POST"])
def site_edit(request: HttpRequest, code: str) -> HttpResponse:
    row = listing.site_row(code)
    if row is None:
        raise Http404
    initial = {
        "name": row.name,
        "name_en": row.name_en,
        "calendar": row.calendar.code if row.calendar else "",
    }
    form = forms.SiteForm(request.POST or None, initial=initial)
    if form.is_valid() and put_on(
        form, operations.save_site(request.user.get_username(), code, **form.cleaned_data)
    ):
        return redirect("directory:calendars")
    context = {"title": row.display_name(), "form": form, "back": reverse("directory:calendars")}
    return render(request, "directory/form.html", context)
