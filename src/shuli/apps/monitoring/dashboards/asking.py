"""What somebody asks to see: of whom, of which process, for which period; and where the cases behind it are."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from shuli.apps.cases.behind import Behind
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import queries as directory
from shuli.apps.monitoring import counting, words
from shuli.apps.monitoring.models import DayCount
from shuli.apps.monitoring.periods import KINDS, Kind, Period, period_of
from shuli.apps.monitoring.queries import days, scope_of
from shuli.apps.monitoring.scopes import Scope
from shuli.kit import clock

TILES = 8  # at most


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Of whom, of which process, for which period."""

    person: str
    scope: Scope
    period: Period
    process: str = ""
    department: str = ""
    stamp: int = 0  # of the counts before anything was read of them
    tiles: tuple[str, ...] = ()  # indicators that are shown large; nothing: the usual ones

    @property
    def narrowed(self) -> dict[str, str]:
        asked_for = {"process_key": self.process, "department": self.department}
        return {name: value for name, value in asked_for.items() if value}


def asked(request: HttpRequest, process: str = "", department: str = "") -> Asked:
    stamp = counting.stamp()
    person = request.user.get_username()
    named = request.GET.get("period", "")
    kind: Kind = next((one for one in KINDS if one == named), "month")
    return Asked(
        person=person,
        scope=scope_of(person),
        period=period_of(kind, _day(request)),
        process=process,
        department=department,
        stamp=stamp,
        tiles=tuple(dict.fromkeys(request.GET.getlist("tile")))[:TILES],
    )


def _day(request: HttpRequest) -> date:
    """Return the day whose period is asked for; today where none is named."""
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return today()


def today() -> date:
    return timezone.localtime(clock.now()).date()


def rows_of(want: Asked, period: Period | None = None) -> QuerySet[DayCount]:
    return days(want.scope, period or want.period, **want.narrowed)


def drill(want: Asked, figure: str, **place: str) -> str:
    """Return the address of the cases behind a figure."""
    day = "" if want.period.first <= today() <= want.period.last else want.period.first.isoformat()
    named = {
        "figure": figure,
        "period": want.period.kind,
        "day": day,
        "process": want.process,
        "department": want.department,
        **place,
    }
    return (
        reverse("monitoring:cases") + "?" + urlencode({name: value for name, value in named.items() if value})
    )


def node_names(version: int) -> dict[str, str]:
    language = get_language() or "zh"
    return {
        key: node.name.in_language(language) or key for key, node in catalogue.graph(version).nodes.items()
    }


def process_names() -> dict[str, str]:
    language = get_language() or "zh"
    return {key: name.in_language(language) for key, name in catalogue.names().items()}


def department_names() -> dict[str, str]:
    return directory.labels(get_language() or "zh-hans", "department")


def place_words(behind: Behind, period: Period) -> list[str]:
    """Return where and when what is listed happened."""
    version = next(iter(catalogue.version_numbers(behind.process)), None) if behind.process else None
    node = node_names(version[0]).get(behind.node, behind.node) if version else behind.node
    department = department_names().get(behind.department, behind.department)
    process = process_names().get(behind.process, behind.process)
    return [word for word in (process, node, department, words.period_words(period)) if word]
