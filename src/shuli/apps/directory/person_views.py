"""People as administrators change them, and what people change about themselves."""

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from shuli.apps.directory import forms, listing, operations, pages, person_pages, queries
from shuli.apps.directory.answering import put_on, tell, tell_errors
from shuli.apps.directory.models import Person
from shuli.apps.directory.operations import PersonFacts
from shuli.kit.permissions import requires


@requires("administrator")
@require_http_methods(["GET", "HEAD", "POST"])
def person_new(request: HttpRequest) -> HttpResponse:
    form = forms.NewPersonForm(
        request.POST or None, initial={"department": request.GET.get("department", "")}
    )
    if form.is_valid():
        entered, by = form.cleaned_data, request.user.get_username()
        answer = operations.create_person(
            by, entered["username"], form.facts(), entered["department"], entered["post"]
        )
        if put_on(form, answer):
            messages.success(
                request,
                _("The account is there. Make a sign-in link so that its owner can choose a password."),
            )
            return redirect("directory:person", entered["username"].strip().lower())
    context = {"title": _("New person"), "form": form, "back": reverse("directory:people")}
    return render(request, "directory/form.html", context)


@requires("administrator")
@require_http_methods(["GET", "HEAD", "POST"])
def person_edit(request: HttpRequest, username: str) -> HttpResponse:
    card = queries.person(username)
    if card is None:
        raise Http404
    initial = {key: getattr(card, key) for key in PersonFacts.__slots__}
    form = forms.PersonForm(request.POST or None, initial=initial)
    if form.is_valid() and put_on(
        form, operations.edit_person(request.user.get_username(), username, form.facts())
    ):
        return redirect("directory:person", username)
    context = {"title": card.display_name(), "form": form, "back": pages.person_url(username)}
    return render(request, "directory/form.html", context)


@requires("administrator")
@require_POST
def person_move(request: HttpRequest, username: str) -> HttpResponse:
    form, url = forms.PlaceForm(request.POST), pages.person_url(username)
    if not form.is_valid():
        return tell_errors(request, form, url)
    answer = operations.move_person(request.user.get_username(), username, **form.cleaned_data)
    return tell(request, answer, _("Moved. The rights of the new place hold from now on."), url)


@requires("administrator")
@require_POST
def place_add(request: HttpRequest, username: str) -> HttpResponse:
    form, url = forms.PlaceForm(request.POST), pages.person_url(username)
    if not form.is_valid():
        return tell_errors(request, form, url)
    answer = operations.add_place(request.user.get_username(), username, **form.cleaned_data)
    return tell(request, answer, _("The further place holds from now on."), url)


@requires("administrator")
@require_POST
def place_end(request: HttpRequest, username: str, posting: int) -> HttpResponse:
    answer = operations.end_place(request.user.get_username(), username, posting)
    return tell(request, answer, _("The place has ended."), pages.person_url(username))


@requires("administrator")
@require_POST
def person_calendar(request: HttpRequest, username: str) -> HttpResponse:
    form, url = forms.PersonCalendarForm(request.POST), pages.person_url(username)
    if not form.is_valid():
        return tell_errors(request, form, url)
    answer = operations.use_own_calendar(request.user.get_username(), username, form.cleaned_data["calendar"])
    return tell(request, answer, _("Due dates that are set from now on follow this calendar."), url)


@requires("administrator")
@require_POST
def person_disable(request: HttpRequest, username: str) -> HttpResponse:
    answer = operations.disable_person(request.user.get_username(), username)
    done = _("The account is disabled. What the person did stays on record.")
    return tell(request, answer, done, pages.person_url(username))


@requires("administrator")
@require_POST
def person_enable(request: HttpRequest, username: str) -> HttpResponse:
    answer = operations.enable_person(request.user.get_username(), username)
    return tell(request, answer, _("The account is enabled."), pages.person_url(username))


@requires("administrator")
@never_cache
@require_POST
def person_link(request: HttpRequest, username: str) -> HttpResponse:
    """Show a link, once, with which the person chooses a password; it works for a few days and one time."""
    row = Person.objects.filter(username=username, is_active=True).first()
    if row is None:
        raise Http404
    operations.note_link(request.user.get_username(), username)
    key = f"{user_pk_to_url_str(row)}-{default_token_generator.make_token(row)}"
    uidb36, _dash, token = key.partition("-")
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": uidb36, "key": token})
    context = {
        "title": row.display_name(),
        "link": request.build_absolute_uri(path),
        "days": settings.PASSWORD_RESET_TIMEOUT // 86_400,
        "back": pages.person_url(username),
    }
    return render(request, "directory/link.html", context)


# About oneself ------------------------------------------------------------------------------------------


@requires("member")
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    request.nav = "profile"  # type: ignore[attr-defined]  # no entry of the navigation
    username = request.user.get_username()
    card = queries.person(username)
    if card is None:
        raise Http404
    form = forms.ProfileForm(request.POST or None, initial={"language": card.language, "phone": card.phone})
    if form.is_valid() and put_on(form, operations.edit_profile(username, **form.cleaned_data)):
        return _in_language(redirect("directory:profile"), form.cleaned_data["language"])
    return render(request, "directory/profile.html", _profile(username, form))


def _profile(username: str, form: Any) -> dict[str, Any]:
    card = queries.person(username)
    assert card is not None  # noqa: S101 -- the caller has looked
    return {
        **person_pages.person_page(card),
        "form": form,
        "substitute_form": forms.SubstituteForm(),
        "own": [(row, person_pages.scope_words(row)) for row in listing.substitutions_of(username)],
        "for_others": [(row, person_pages.scope_words(row)) for row in listing.substitutions_by(username)],
    }


def _in_language(response: HttpResponse, language: str) -> HttpResponse:
    """Let the pages follow the language that the person chose, as the language button does."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


@requires("member")
@require_POST
def substitute_new(request: HttpRequest) -> HttpResponse:
    form, username, url = (
        forms.SubstituteForm(request.POST),
        request.user.get_username(),
        reverse("directory:profile"),
    )
    if not form.is_valid():
        return tell_errors(request, form, url)
    answer = _arranged(username, username, form.cleaned_data)
    return tell(request, answer, _("The substitution is recorded."), url)


def _arranged(by: str, username: str, entered: dict[str, Any]) -> object:
    return operations.arrange_substitute(
        by,
        username,
        entered["substitute"],
        entered["since"],
        entered["until"],
        entered["note"],
        processes=entered["processes"],
        sweep=entered["sweep"],
    )


@requires("administrator")
@require_POST
def person_substitute(request: HttpRequest, username: str) -> HttpResponse:
    """Arrange a substitute for somebody who cannot, such as whoever is ill."""
    form, url = forms.SubstituteForm(request.POST), pages.person_url(username)
    if not form.is_valid():
        return tell_errors(request, form, url)
    answer = _arranged(request.user.get_username(), username, form.cleaned_data)
    return tell(request, answer, _("The substitution is recorded."), url)


@requires("member")
@require_POST
def substitute_end(request: HttpRequest, pk: int) -> HttpResponse:
    answer = operations.revoke_substitute(request.user.get_username(), pk)
    return tell(request, answer, _("The substitution has ended."), reverse("directory:profile"))
