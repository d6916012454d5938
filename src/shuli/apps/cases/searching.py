"""Cases that say something somewhere: in their number, their title or an answer that a form lets be searched.

Two ways, because one index serves rare words and the other frequent ones. What few cases say is gathered by the index over
pairs of signs (migration 0016); what many say is met soon while one goes from the newest case back.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, Exists, Lookup, Max, OuterRef, Q, QuerySet
from django.db.models.lookups import IContains

from shuli.apps.cases import rights
from shuli.apps.cases.models import Case, SearchField

MANY = 5_000  # cases that say it, from which on going back from the newest is faster
NEWEST = 50_000  # cases in which a single sign is looked for


@CharField.register_lookup
class Says(Lookup):
    """`__says`: contains, whatever the case of the letters, by the index over pairs of signs."""

    lookup_name = "says"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, _none = self.process_lhs(compiler, connection)
        contains, params = IContains(self.lhs, self.rhs).as_sql(compiler, connection)
        return f"(shuli_pairs({column}) @> shuli_pairs(%s) AND {contains})", (self.rhs, *params)


def saying(person: str, text: str) -> QuerySet[Case]:
    """Return the visible cases that say the text somewhere; a whole number means that case, and is found at once."""
    visible = rights.visible_cases(person)
    named = visible.filter(number__in={text, text.upper()})
    if named.exists():
        return named
    own = rights.few_cases(person)
    if own is not None:
        return _among(own, text)
    if len(text) == 1:
        newest = Case.objects.aggregate(newest=Max("pk"))["newest"] or 0
        return visible.filter(_says(text), pk__gt=newest - NEWEST)
    found = _gathered(text)
    return visible.filter(_says(text)) if found is None else visible.filter(pk__in=found)


def _among(cases: Iterable[int], text: str) -> QuerySet[Case]:
    hits = SearchField.objects.filter(case_id__in=cases, text__icontains=text)
    said = Q(number__icontains=text) | Q(title__icontains=text) | Q(pk__in=hits.values("case_id"))
    return Case.objects.filter(said, pk__in=cases)


def _says(text: str) -> Q:
    """Return the condition as it is asked of one case after the other."""
    hits = SearchField.objects.filter(case_id=OuterRef("pk"), text__icontains=text)
    return Q(number__icontains=text) | Q(title__icontains=text) | Q(Exists(hits))


def _gathered(text: str) -> set[int] | None:
    """Return all cases that say it, seen or not; None where they are many."""
    found: set[int] = set()
    for hits, name in (
        (Case.objects.filter(title__says=text), "pk"),
        (SearchField.objects.filter(text__says=text), "case_id"),
        (Case.objects.filter(number__says=text), "pk"),
    ):
        found |= set(hits.values_list(name, flat=True)[: MANY + 1])
        if len(found) > MANY:
            return None
    return found
