"""What administrators see and enter about other programs: webhooks in and out with their logs, programs' tokens."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Page
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuli.apps.cases import wording
from shuli.apps.cases.models import Dispatch, HookIn, HookOut, HookReceipt
from shuli.apps.cases.outside import hooks
from shuli.apps.cases.outside.announcing import EVENTS
from shuli.apps.cases.people import Names
from shuli.apps.cases.presentation import words
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory.widgets import Choice, PersonPicker, Ticks
from shuli.kit import tokens
from shuli.kit.components.moments import moment
from shuli.kit.components.values import Cell, Column, Pair, Table, TableRow
from shuli.kit.components.words import joined

NAME_HELP = gettext_lazy("Small letters, digits and hyphens; it stays.")


def _process_choices() -> list[tuple[str, str]]:
    names = catalogue.names()
    return [("", _("All processes")), *((key, f"{words(name)} {key}") for key, name in names.items())]


class InForm(forms.Form):
    name = forms.SlugField(label=gettext_lazy("Name in the address"), max_length=64, help_text=NAME_HELP)
    message = forms.CharField(
        label=gettext_lazy("Message"),
        max_length=200,
        help_text=gettext_lazy("The name for which cases wait, or with which processes begin."),
    )
    correlation = forms.CharField(
        label=gettext_lazy("Correlation value (FEEL)"),
        max_length=2_000,
        required=False,
        help_text=gettext_lazy("By which a case knows that it is meant: body.order.number"),
    )
    variables = forms.CharField(
        label=gettext_lazy("Variables (FEEL)"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("A context; without one nothing is taken over: {weight: body.weight}"),
    )
    person = forms.CharField(
        label=gettext_lazy("Acts for"),
        widget=PersonPicker,
        help_text=gettext_lazy("Counts as the starter of cases that begin with it."),
    )

    def facts(self) -> hooks.FactsIn:
        return hooks.FactsIn(**self.cleaned_data)


class OutForm(forms.Form):
    name = forms.SlugField(label=gettext_lazy("Name"), max_length=64, help_text=NAME_HELP)
    url = forms.CharField(
        label=gettext_lazy("Address"), max_length=2_000, help_text=gettext_lazy("It begins with https://")
    )
    events = forms.MultipleChoiceField(
        label=gettext_lazy("Is told when"), choices=list(EVENTS.items()), widget=Ticks
    )
    process_key = forms.ChoiceField(
        label=gettext_lazy("Process"), choices=_process_choices, widget=Choice, required=False
    )

    def facts(self) -> hooks.FactsOut:
        return hooks.FactsOut(**self.cleaned_data)


class ProgramForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Which program"), max_length=100)
    person = forms.CharField(
        label=gettext_lazy("Acts for"),
        widget=PersonPicker,
        help_text=gettext_lazy("Counts as the starter of cases that begin with it."),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("May"),
        choices=[
            ("messages", gettext_lazy("send messages and signals")),
            ("jobs", gettext_lazy("fetch and complete work")),
        ],
        widget=Ticks,
    )
    topics = forms.CharField(
        label=gettext_lazy("Topics"),
        required=False,
        max_length=1_000,
        help_text=gettext_lazy("Separated by commas; empty: all."),
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("Works for"),
        coerce=int,
        initial=90,
        widget=Choice,
        choices=[(30, gettext_lazy("30 days")), (90, gettext_lazy("90 days")), (365, gettext_lazy("a year"))],
    )

    def facts(self) -> dict[str, Any]:
        topics = [topic.strip() for topic in self.cleaned_data["topics"].split(",") if topic.strip()]
        return {**self.cleaned_data, "topics": topics}


# Pages --------------------------------------------------------------------------------------------------


def overview() -> dict[str, Any]:
    """Return everything that is arranged with other programs."""
    programs = tokens.with_scopes()
    names = Names(token.person for token in programs)
    return {
        "hooks_in": _hooks_in(),
        "hooks_out": _hooks_out(),
        "programs": [
            {
                "token": token,
                "scopes": [_scope_words(scope) for scope in token.scopes],
                "person": names.full(token.person),
            }
            for token in programs
        ],
    }


def _state(row: HookIn | HookOut) -> str:
    return _("on") if row.is_active else _("off")


def _hooks_in() -> list[dict[str, Any]]:
    return [
        {
            "url": reverse("cases:hook_in", args=[row.name]),
            "name": row.name,
            "note": row.message,
            "state": _state(row),
        }
        for row in HookIn.objects.all()
    ]


def _hooks_out() -> list[dict[str, Any]]:
    return [
        {
            "url": reverse("cases:hook_out", args=[row.name]),
            "name": row.name,
            "note": row.url,
            "state": _state(row),
            "dead": Dispatch.objects.filter(hook=row, state=Dispatch.State.DEAD).count(),
        }
        for row in HookOut.objects.all()
    ]


def _scope_words(scope: str) -> str:
    kind, _colon, topic = scope.partition(":")
    if kind == "messages":
        return _("send messages and signals")
    return _("work on “%(topic)s”") % {"topic": topic} if topic else _("fetch and complete work")


TITLES = {
    "in": gettext_lazy("New webhook in"),
    "out": gettext_lazy("New webhook out"),
    "program": gettext_lazy("New program"),
}


def form_page(kind: str, form: forms.Form) -> dict[str, Any]:
    return {"title": TITLES[kind], "form": form, "back": reverse("cases:connections")}


def secret_page(kind: str, made: hooks.Made) -> dict[str, Any]:
    """Return the page that shows a secret, once."""
    page: dict[str, Any] = {"title": made.name, "secret": made.secret, "back": reverse("cases:connections")}
    if kind == "in":
        page["address"] = address_of(made.name)
    return page


def address_of(name: str) -> str:
    return f"{settings.SHULI_ADDRESS}{reverse('cases:receive', args=[name])}"


def hook_page(direction: str, row: HookIn | HookOut, page: Page[Any]) -> dict[str, Any]:
    """Return one webhook with what came or went."""
    is_in = isinstance(row, HookIn)
    dead = 0 if is_in else Dispatch.objects.filter(hook_id=row.pk, state=Dispatch.State.DEAD).count()
    return {
        "row": row,
        "title": row.name,
        "direction": direction,
        "facts_table": _facts_in(row) if isinstance(row, HookIn) else _facts_out(row),
        "page": page,
        "table": _receipts(page.object_list) if is_in else _dispatches(page.object_list),
        "dead": dead,
        "dead_rows": [] if is_in else _dead(row),
    }


def _dead(row: HookIn | HookOut) -> list[dict[str, Any]]:
    rows = Dispatch.objects.filter(hook_id=row.pk, state=Dispatch.State.DEAD).select_related("case")
    return [
        {
            "pk": one.pk,
            "words": _("%(event)s, case %(case)s") % {"event": EVENTS[one.event], "case": one.case.number},
            "note": _said(one),
        }
        for one in rows[:50]
    ]


def _facts_in(row: HookIn) -> list[Pair]:
    names = Names([row.person])
    return [
        Pair(label=_("Address"), value=address_of(row.name), is_wide=True),
        Pair(label=_("Message"), value=row.message),
        Pair(label=_("Acts for"), value=names.full(row.person)),
        Pair(label=_("Correlation value (FEEL)"), value=row.correlation or _("none")),
        Pair(label=_("Variables (FEEL)"), value=row.variables or _("none"), is_wide=True),
    ]


def _facts_out(row: HookOut) -> list[Pair]:
    return [
        Pair(label=_("Address"), value=row.url, is_wide=True),
        Pair(
            label=_("Is told when"), value=joined([str(EVENTS[event]) for event in row.events]), is_wide=True
        ),
        Pair(label=_("Process"), value=row.process_key or _("All processes")),
    ]


def log_of(row: HookIn | HookOut, *, failed_only: bool) -> QuerySet[Any]:
    """Return what came or went, the newest first."""
    if isinstance(row, HookIn):
        came = HookReceipt.objects.filter(hook=row)
        return came.exclude(status=200) if failed_only else came
    went = Dispatch.objects.filter(hook=row).select_related("case")
    return went.filter(state=Dispatch.State.DEAD) if failed_only else went


def _receipts(rows: Any) -> Table:
    columns = [
        Column(label=_("When"), phone="first"),
        Column(label=_("Answer"), is_number=True),
        Column(label=_("What"), phone="wide"),
    ]
    lines = [
        TableRow(cells=[moment(row.at), row.status, wording.hook_log_words(row.code or "taken")])
        for row in rows
    ]
    return Table(columns=columns, rows=lines, caption=_("What came"))


def _dispatches(rows: Any) -> Table:
    columns = [
        Column(label=_("When"), phone="first"),
        Column(label=_("What")),
        Column(label=_("Case")),
        Column(label=_("State")),
        Column(label=_("Attempts"), is_number=True),
    ]
    lines = [
        TableRow(
            cells=[
                moment(row.created_at),
                EVENTS[row.event],
                row.case.number,
                Cell(value=row.get_state_display(), note=_said(row)),
                row.attempts,
            ]
        )
        for row in rows
    ]
    return Table(columns=columns, rows=lines, caption=_("What went"))


def _said(row: Dispatch) -> str:
    """Return what the other side answered last, or why there was no answer."""
    if row.status is not None:
        return _("answered %(status)s") % {"status": row.status}
    return str(wording.OUTGOING.get(row.error, row.error))
