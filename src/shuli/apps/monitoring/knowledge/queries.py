"""Finding what is known: by words, and by what an alert or a figure is about."""

from django.db.models import Q, QuerySet

from shuli.apps.catalogue import queries as catalogue
from shuli.apps.catalogue.register.rights import may_keep
from shuli.apps.monitoring.knowledge.models import Entry

SEARCHED = ("problem", "problem_en", "causes", "causes_en", "solution", "solution_en")


def may_edit(person: str) -> bool:
    """Say whether somebody may write entries: the process office, administrators and owners of processes."""
    return may_keep(person) or bool(catalogue.owned_keys(person))


def found(text: str, sign: str = "") -> QuerySet[Entry]:
    """Return the entries in which all the words stand, and which fit an indicator or a kind of alert."""
    rows = Entry.objects.filter(is_active=True)
    for word in text.split():
        anywhere = Q()
        for name in SEARCHED:
            anywhere |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(anywhere)
    return rows.filter(signs__contains=[sign]) if sign else rows


def fitting(*signs: str) -> list[Entry]:
    """Return the entries that fit one of these signs: the indicator of an alert, or its kind."""
    wanted = [sign for sign in signs if sign]
    return list(Entry.objects.filter(is_active=True, signs__overlap=wanted)) if wanted else []
