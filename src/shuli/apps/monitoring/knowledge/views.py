"""The pages of what is known of problems."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from shuli.apps.directory.answering import put_on
from shuli.apps.monitoring.alerting.models import AlertRule
from shuli.apps.monitoring.goals.forms import text_field
from shuli.apps.monitoring.indicators import BY_KEY, INDICATORS
from shuli.apps.monitoring.knowledge import editing, queries
from shuli.apps.monitoring.knowledge.models import Entry
from shuli.kit.components.values import Action, Option
from shuli.kit.errors import Refusal
from shuli.kit.permissions import requires

TEXTS = ("problem", "problem_en", "causes", "causes_en", "solution", "solution_en", "source")
KINDS = (AlertRule.Kind.LATENESS, AlertRule.Kind.OVERLOAD)


def sign_choices() -> list[tuple[str, Any]]:
    """Return what an entry may fit: indicators, and the alerts that have none."""
    return [*((one.key, one.name) for one in INDICATORS), *((kind.value, kind.label) for kind in KINDS)]


class EntryForm(forms.Form):
    problem = forms.CharField(label=gettext_lazy("Problem"), max_length=200)
    problem_en = forms.CharField(label=gettext_lazy("Problem (English)"), max_length=200, required=False)
    causes = text_field(gettext_lazy("Causes"))
    causes_en = text_field(gettext_lazy("Causes (English)"), required=False)
    solution = text_field(gettext_lazy("Solution"))
    solution_en = text_field(gettext_lazy("Solution (English)"), required=False)
    signs = forms.MultipleChoiceField(
        label=gettext_lazy("Shown with alerts of"),
        required=False,
        choices=sign_choices,
        widget=forms.SelectMultiple(attrs={"class": "form-select", "size": "8"}),
    )
    source = forms.CharField(label=gettext_lazy("Where it comes from"), max_length=100, required=False)
    is_active = forms.BooleanField(label=pgettext_lazy("knowledge", "In use"), required=False, initial=True)


@require_GET
@requires("member")
def knowledge(request: HttpRequest) -> HttpResponse:
    text, sign = request.GET.get("q", "").strip(), request.GET.get("sign", "")
    may_edit = queries.may_edit(request.user.get_username())
    new = Action(
        label=pgettext("knowledge", "New entry"),
        icon="plus",
        is_primary=True,
        url=reverse("monitoring:entry_new"),
    )
    context = {
        "title": _("Problems and solutions"),
        "text": text,
        "signs": [Option(value=key, label=str(name), is_chosen=key == sign) for key, name in sign_choices()],
        "items": [entry_words(one) for one in queries.found(text, sign)],
        "may_edit": may_edit,
        "actions": [new] if may_edit else [],
    }
    return render(request, "monitoring/knowledge.html", context)


def entry_words(entry: Entry) -> dict[str, Any]:
    """Return an entry in the active language."""
    kinds = {kind.value: str(kind.label) for kind in KINDS}
    return {
        "row": entry,
        "title": pgettext("knowledge", "%(n)s. %(problem)s")
        % {"n": entry.number, "problem": entry.said("problem")},
        "causes": entry.said("causes"),
        "solution": entry.said("solution"),
        "source": entry.source or ("" if entry.changed_by else _("Handbook 2, section 4 (3)")),
        "signs": [str(BY_KEY[one].name) if one in BY_KEY else kinds.get(one, one) for one in entry.signs],
        "url": f"{reverse('monitoring:knowledge')}#entry-{entry.number}",
    }


@require_http_methods(["GET", "POST"])
@requires("owner")
def entry_form(request: HttpRequest, entry: int | None = None) -> HttpResponse:
    person = request.user.get_username()
    if not queries.may_edit(person):
        raise Refusal("entry_of_others", status=403)
    row = Entry.objects.filter(pk=entry).first() if entry else None
    if entry and row is None:
        raise Http404
    initial = {name: getattr(row, name) for name in (*TEXTS, "signs", "is_active")} if row else {}
    form = EntryForm(request.POST or None, initial=initial)
    if form.is_valid():
        made = editing.save(person, entry, form.cleaned_data)
        if put_on(form, made) and isinstance(made, Entry):
            messages.success(request, _("Saved."))
            return redirect(f"{reverse('monitoring:knowledge')}#entry-{made.number}")
    context = {
        "form": form,
        "title": row.said("problem") if row else pgettext("knowledge", "New entry"),
        "back": reverse("monitoring:knowledge"),
    }
    return render(request, "monitoring/entry_form.html", context)
