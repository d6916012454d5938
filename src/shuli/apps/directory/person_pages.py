"""What the pages about people show, in the kit's parts."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from shuli.apps.directory import listing, pages, queries
from shuli.apps.directory.cards import PersonCard
from shuli.apps.directory.listing import PeopleFilter
from shuli.apps.directory.models import Posting, Substitute
from shuli.kit.components import Action, Cell, Column, Option, Pair, Table, TableRow
from shuli.kit.components.moments import form_date
from shuli.kit.components.words import joined
from shuli.kit.forms.sources import sources

LANGUAGES = {"zh-hans": "中文", "en": "English"}


class _Workload:
    """What apps further up tell about a person's work, because this one may not ask them."""

    count: Callable[[str], int] | None = None
    url_name = ""  # of the page on which a person's work is handed over


def count_work_with(count: Callable[[str], int], url_name: str = "") -> None:
    """Say how many open tasks a person holds, and where they are handed over; shown before an account is disabled."""
    _Workload.count, _Workload.url_name = staticmethod(count), url_name


def people_filter(query: QueryDict) -> PeopleFilter:
    """Read the filter of the list of people from the address."""
    return PeopleFilter(
        text=query.get("q", "")[:200],
        department=query.get("department", ""),
        role=query.get("role", ""),
        state=query.get("state", "active"),
        sort=query.get("sort", "name"),
    )


def filter_choices(wanted: PeopleFilter) -> dict[str, list[Option]]:
    states = {"disabled": pgettext("people", "Left"), "all": _("All")}
    roles = {"administrator": _("Administrators"), "analyst": _("Analysts")}
    return {
        "departments": _options(dict(queries.choices("department")), wanted.department),
        "states": _options(states, wanted.state),
        "roles": _options(roles, wanted.role),
    }


def _options(labels: dict[str, str], chosen: str) -> list[Option]:
    return [Option(value=key, label=label, is_chosen=key == chosen) for key, label in labels.items()]


def people_table(people: Iterable[PersonCard], query: QueryDict) -> Table:
    sort = query.get("sort", "name")
    columns = [
        _sorted_column(_("Full name"), "name", sort, query, phone="first"),
        _sorted_column(_("Department"), "department", sort, query, phone="key"),
        Column(label=pgettext("organisation", "Post")),
        _sorted_column(_("Username"), "username", sort, query, phone="hidden"),
        Column(label=_("Telephone"), phone="hidden"),
    ]
    rows = [
        TableRow(
            cells=[
                Cell(
                    value=card.display_name(),
                    url=pages.person_url(card.username),
                    note="" if card.is_active else pgettext("person", "left"),
                ),
                card.department_name() or "–",
                card.post_name() or "–",
                card.username,
                card.phone or "–",
            ]
        )
        for card in people
    ]
    return Table(columns=columns, rows=rows, caption=pgettext("organisation", "People"))


def _sorted_column(label: str, key: str, current: str, query: QueryDict, phone: str) -> Column:
    values = query.copy()
    values["sort"] = f"-{key}" if current == key else key
    values.pop("page", None)
    state = {key: "ascending", f"-{key}": "descending"}.get(current, "")
    return Column(label=label, sort=key, sorted=state, sort_url=f"?{values.urlencode()}", phone=phone)


def person_page(card: PersonCard) -> dict[str, Any]:
    """Return what the page of a person shows to everybody."""
    return {
        "card": card,
        "title": card.display_name(),
        "verdict": _place_line(card),
        "details": _facts(card),
        "reach": _reach(card),
        "places": _places_table(listing.places_of(card.username)),
        "substitutes": [
            {
                "name": row.substitute.display_name(),
                "url": pages.person_url(row.substitute.username),
                "row": row,
                "what": scope_words(row),
            }
            for row in listing.substitutions_of(card.username)
        ],
    }


def scope_words(row: Substitute) -> str:
    """Return in which processes a substitution holds, and whether for what is open already too."""
    names = dict(sources.processes())
    where = joined([names.get(key, key) for key in row.processes]) or _("all processes")
    return _("%(where)s, also what is open already") % {"where": where} if row.sweep else where


def _place_line(card: PersonCard) -> str:
    return " · ".join(part for part in (card.department_name(), card.post_name()) if part)


def _reach(card: PersonCard) -> list[Pair]:
    return [
        Pair(label=_("Mail"), value=card.email or "–"),
        Pair(label=_("Telephone"), value=card.phone or "–"),
        Pair(label=_("Language of mails"), value=LANGUAGES.get(card.language, card.language)),
        Pair(label=_("Username"), value=card.username),
    ]


def _facts(card: PersonCard) -> list[Pair]:
    people = queries.people_by_username(queries.superiors(card.username))
    above = [people[name].display_name() for name in queries.superiors(card.username) if name in people]
    labels = queries.labels(get_language() or "", "department")
    led = joined([labels[code] for code in queries.departments_led(card.username)])
    liaison = joined([labels[code] for code in listing.liaison_for(card.username)])
    rights = [_("Administrator")] * card.is_administrator + [_("Analyst")] * card.is_analyst
    pairs = [
        (_("Superiors, nearest first"), joined(above)),
        (_("Heads or is in charge of"), led),
        (_("Liaison of"), liaison),
        (_("Rights beside those of the posts"), joined([str(right) for right in rights])),
    ]
    return [Pair(label=label, value=value) for label, value in pairs if value]


def _places_table(places: Iterable[Posting]) -> Table:
    columns = [
        Column(label=_("Department"), phone="first"),
        Column(label=pgettext("organisation", "Post")),
        Column(label=_("Since")),
    ]
    rows = [
        TableRow(
            cells=[
                Cell(value=one.department.display_name(), url=pages.department_url(one.department.code)),
                Cell(
                    value=one.post.display_name() if one.post else "–",
                    note=_("main place") if one.is_main else "",
                ),
                form_date(one.since),
            ]
        )
        for one in places
    ]
    return Table(columns=columns, rows=rows, caption=_("Places"))


# For administrators -------------------------------------------------------------------------------------


def admin_part(card: PersonCard) -> dict[str, Any]:
    """Return what only administrators see of a person: actions, former places, the record, work still held."""
    further = [one for one in listing.places_of(card.username) if not one.is_main and one.until is None]
    return {
        "actions": _actions(card),
        "further": further,
        "former": _places_table(listing.former_places_of(card.username)),
        "changes": pages.changes_table(listing.changes_of(card.username)),
        "work": _work(card.username),
    }


def _actions(card: PersonCard) -> list[Action]:
    end = (
        Action(label=_("Disable the account"), icon="ban", opens="disable", is_rare=True, is_grave=True)
        if card.is_active
        else Action(label=_("Enable the account"), icon="user-check", opens="enable", is_rare=True)
    )
    url = _list_of(card.username)
    hand_over = [Action(label=_("Hand over"), icon="transfer", url=url, is_rare=True)] if url else []
    return [
        Action(
            label=_("Edit"),
            icon="edit",
            url=reverse("directory:person_edit", args=[card.username]),
            is_primary=True,
        ),
        Action(label=_("Move"), icon="arrows-transfer-up", opens="move"),
        Action(label=_("Add a place"), icon="plus", opens="place", is_rare=True),
        Action(label=_("Arrange a substitute"), icon="user-share", opens="substitute", is_rare=True),
        Action(label=_("Choose a calendar"), icon="calendar", opens="calendar", is_rare=True),
        Action(label=_("Make a sign-in link"), icon="key", opens="link", is_rare=True),
        *hand_over,
        end,
    ]


def _work(username: str) -> dict[str, str]:
    """Return how much open work somebody holds, in words, and where it can be handed over."""
    if _Workload.count is None:
        return {}
    count = _Workload.count(username)
    words = ngettext("%(n)s open task is held.", "%(n)s open tasks are held.", count) % {"n": count}
    return {"words": words, "url": _list_of(username) if count else ""}


def _list_of(username: str) -> str:
    try:
        return reverse(_Workload.url_name, args=[username]) if _Workload.url_name else ""
    except NoReverseMatch:
        return ""
