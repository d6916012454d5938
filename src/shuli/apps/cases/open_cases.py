"""The open cases that somebody oversees or has to do with: late, stopped, due first; never by way of the closed ones."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from msgspec import Struct

from shuli.apps.cases import rights
from shuli.apps.cases.models import Case, Incident, Visit
from shuli.apps.cases.queries import OPEN
from shuli.apps.catalogue import queries as catalogue
from shuli.kit import clock


class Due(Struct, frozen=True, kw_only=True):
    """An open case, and when the first of its open steps is due."""

    case: Case
    due: datetime | None


def open_cases(person: str, process: str = "") -> QuerySet[Case]:
    """Return the open cases that the person may see, of one process or all."""
    # All processes are named, so that the index by process and state leads to the open ones among a million.
    keys = [process] if process else list(catalogue.names())
    return rights.visible_cases(person).filter(process_key__in=keys, status__in=OPEN)


def late(person: str, process: str = "") -> QuerySet[Case]:
    """Return those of which a step is overdue, the newest first."""
    waiting = Visit.objects.filter(case_id=OuterRef("pk"), closed_at=None, due_at__lt=clock.now())
    return open_cases(person, process).filter(Exists(waiting)).order_by("-started_at", "-pk")


def stopped(person: str, process: str = "") -> QuerySet[Case]:
    """Return those that stand still until somebody mends them, the newest first."""
    rows = Incident.objects.filter(resolved_at=None)
    return open_cases(person, process).filter(pk__in=rows.values("case_id")).order_by("-started_at", "-pk")


def due_first(person: str, process: str, most: int) -> list[Due]:
    """Return those that are due first; what has no date comes last."""
    waiting = Visit.objects.filter(case_id=OuterRef("pk"), closed_at=None).order_by("due_at")
    # Keys first: sorting whole rows, with all that cases know, takes far longer.
    rows = open_cases(person, process).annotate(due=Subquery(waiting.values("due_at")[:1]))
    first = dict(rows.order_by(F("due").asc(nulls_last=True), "pk").values_list("pk", "due")[:most])
    cases = {case.pk: case for case in Case.objects.filter(pk__in=first)}
    return [Due(case=cases[pk], due=due) for pk, due in first.items()]
