"""What cases add to every page: navigation, the bell, the search, the movable clock's banner."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuli.apps.cases import handover, publishing, queries, rights, todo, using, wording
from shuli.apps.catalogue.register import uses
from shuli.apps.directory import person_pages, saved_views
from shuli.apps.directory.person_pages import count_work_with
from shuli.apps.directory.substitution import when_substitution_changes
from shuli.apps.documents import queries as documents
from shuli.kit import clock, jobs, navigation
from shuli.kit import shell as kit_shell
from shuli.kit.components.moments import long_moment
from shuli.kit.errors import register_sentences
from shuli.kit.forms import sources

COUNTED = "shuli.todo"  # where a request keeps what was counted
FOLLOW_SUBSTITUTES = "shuli.apps.cases.jobs.follow_substitutes"


def connect() -> None:
    """Tell the kit and the documents app what they may not ask; called once when the app is ready."""
    register_sentences(wording.REFUSALS)
    register_sentences(wording.HOOK_REFUSALS)
    _add_ways()
    kit_shell.count_unread_with(_unread)
    kit_shell.add_banner("clock", _clock_banner)
    person_pages.count_work_with(queries.held_count, "cases:cases")
    sources.case = "cases:case"
    when_substitution_changes(lambda: jobs.later(FOLLOW_SUBSTITUTES))
    count_work_with(handover.count_held, "cases:handover")
    uses.ASKED.append(using.cases_of)
    publishing.connect()
    saved_views.may_be_kept("cases:cases")
    documents.register_owner("case", rights.may_see_case, rights.owns_case, _page_of_case)


def _add_ways() -> None:
    """Put the entries into the navigation."""
    navigation.add(
        navigation.Entry(
            key="my_work",
            label=gettext_lazy("My work"),
            icon="inbox",
            url_name="cases:my_work",
            order=10,
            count=_todo_count,
            go="w",
            on_phone=True,
        )
    )
    navigation.add(
        navigation.Entry(
            key="cases",
            label=gettext_lazy("Cases"),
            icon="folders",
            url_name="cases:cases",
            order=30,
            go="c",
            on_phone=True,
        )
    )
    navigation.add(
        navigation.Entry(
            key="connections",
            label=gettext_lazy("Connections"),
            icon="send",
            url_name="cases:connections",
            order=90,
            group=2,
            allowed=_is_administrator,
        )
    )
    places = {"home": "my_work", "start": "start_list", "search": "search", "notifications": "notifications"}
    for place, name in places.items():
        navigation.set_place(place, f"cases:{name}")


def _page_of_case(case_id: int) -> tuple[str, str]:
    number = queries.number_of(case_id)
    return number, reverse("cases:case", args=[number])


def _is_administrator(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_administrator", False))


def _todo_count(request: HttpRequest) -> int:
    return min(standing(request).todo, todo.MOST)


def standing(request: HttpRequest) -> todo.Standing:
    """Return how much the reader has to do, counted once for a page."""
    found = request.META.get(COUNTED)
    if not isinstance(found, todo.Standing):
        found = request.META[COUNTED] = todo.standing(request.user.get_username())
    return found


def _unread(request: HttpRequest) -> int:
    return queries.unread_count(request.user.get_username())


def _clock_banner(request: HttpRequest) -> kit_shell.Banner | None:
    if not settings.SHULI_MOVABLE_CLOCK or not request.user.is_authenticated:
        return None
    now = long_moment(clock.now())
    return kit_shell.Banner(
        text=_("The example company's clock shows %(now)s.") % {"now": now},
        icon="clock",
        url="/system/clock/",
        link=_("Move it"),
    )
