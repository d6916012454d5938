"""The cases of a process, for whoever wants to delete it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shuli.apps.cases import queries
from shuli.apps.cases.models import Case
from shuli.apps.catalogue.register.uses import Use

NAMED = 20  # cases by their numbers; of more than these only how many there are


def cases_of(process: Any, person: str) -> list[Use]:
    """Return the cases that ran or run under the process: by number those that the person may see, the rest counted."""
    total = Case.objects.filter(process_key=process.key).count()
    seen = queries.cases(person, queries.CaseFilter(process=process.key))[:NAMED]
    named = [
        Use(
            words=_("Case %(number)s, %(state)s")
            % {"number": case.number, "state": case.get_status_display()},
            url=reverse("cases:case", args=[case.number]),
        )
        for case in seen
    ]
    rest = total - len(named)
    if not rest:
        return named
    words = (
        ngettext("%(n)s further case", "%(n)s further cases", rest)
        if named
        else ngettext("%(n)s case", "%(n)s cases", rest)
    )
    return [*named, Use(words=words % {"n": rest})]
