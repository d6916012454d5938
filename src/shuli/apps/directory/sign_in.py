"""The door of the example company: a page of people to sign in as. A real installation has allauth's pages."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.contrib.auth import login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shuli.apps.directory import listing, queries
from shuli.apps.directory.example_company import company
from shuli.apps.directory.models import Person
from shuli.kit import installation
from shuli.kit.permissions import requires
from shuli.kit.shell import Banner

SUPERVISOR = "supervisor"  # the post in the example company's data


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """Somebody to sign in as."""

    username: str
    name: str
    post: str
    roles: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    code: str
    name: str
    people: list[Candidate]


@requires("demo_entrance")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Show everybody of the example company, or sign in as the one who was chosen."""
    if installation.kind() != installation.DEMO:
        raise PermissionDenied
    if request.method != "POST":
        after = request.GET.get("next", "")
        return render(request, "directory/enter.html", {"groups": groups(), "next": after})
    person = Person.objects.filter(username=request.POST.get("person", ""), is_active=True).first()
    if person is None:
        raise PermissionDenied
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect(_safe(request, request.POST.get("next", "")))


def _safe(request: HttpRequest, address: str) -> str:
    fits = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if fits else str(settings.LOGIN_REDIRECT_URL)


def groups() -> list[Group]:
    """Return all people by department, with the roles that make somebody worth trying."""
    roles = _roles()
    found: dict[str, list[Candidate]] = {}
    for row in listing.people(listing.PeopleFilter(sort="department")):
        card = queries.card_of(row)
        own = [_("Administrator")] * card.is_administrator + [_("Analyst")] * card.is_analyst
        one = Candidate(
            username=card.username,
            name=card.display_name(),
            post=card.post_name(),
            roles=(*roles.get(card.username, ()), *own),
        )
        found.setdefault(card.main_department_code or "", []).append(one)
    units = [unit for unit in queries.departments().values() if unit.code in found]
    return [Group(code=unit.code, name=unit.display_name(), people=found[unit.code]) for unit in units]


def _roles() -> dict[str, list[str]]:
    """Return what people are in the organisation, by username, the most telling first."""
    found: dict[str, list[str]] = {}
    units = queries.departments().values()
    named = [(unit.executive, _("Executive in charge")) for unit in units]
    named += [(unit.head, _("Head")) for unit in units]
    held = listing.holders()
    owners = [post["code"] for post in company()["process_posts"]]
    named += [(name, _("Process owner")) for code in owners for name in held.get(code, [])]
    named += [(name, pgettext("organisation", "Supervisor")) for name in held.get(SUPERVISOR, [])]
    named += [(unit.liaison, _("Liaison")) for unit in units]
    for username, role in named:
        if username and role not in found.setdefault(username, []):
            found[username].append(role)
    return found


def demo_banner(_request: HttpRequest) -> Banner | None:
    """Say on every page that all of this is invented, and where to become somebody else."""
    if not settings.SHULI_DEMO:
        return None
    banner = Banner(text=_("This is the example company: its people and cases are invented."), icon="flask")
    if not settings.SHULI_DEMO_SIGN_IN:
        return banner
    return replace(banner, url=reverse("directory:enter"), link=_("Sign in as somebody else"))
