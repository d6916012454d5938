"""What the pages of own indicators show."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shuli.apps.monitoring import words
from shuli.apps.monitoring.alerting.words import process_name
from shuli.apps.monitoring.counting import BEGINNING, only_value
from shuli.apps.monitoring.own import scope
from shuli.apps.monitoring.own.figures import indicator
from shuli.apps.monitoring.own.models import OwnIndicator
from shuli.kit.components.values import Action, Tab

SHOWN = 60  # fields of forms


def list_page(process: str) -> dict[str, Any]:
    """Return the own indicators of a process, and how far each is counted."""
    new = reverse("monitoring:own_new", args=[process])
    return {
        "key": process,
        "process": process_name(process),
        "actions": [Action(label=pgettext("indicator", "New"), icon="plus", is_primary=True, url=new)],
        "items": [_item(row) for row in OwnIndicator.objects.filter(process_key=process, is_active=True)],
    }


def _item(row: OwnIndicator) -> dict[str, Any]:
    shown = indicator(row)
    return {
        "row": row,
        "name": shown.name,
        "formula": shown.formula,
        "target": words.target_words(shown),
        "grain": row.get_grain_display(),
        "counted": counted_words(row),
    }


def counted_words(row: OwnIndicator) -> str:
    """Return how far an indicator is counted; nothing once it is counted to the first case."""
    if row.back_to is None:
        return _("Counting begins within seconds.")
    beginning = only_value(BEGINNING)
    if beginning is None or row.back_to <= timezone.localtime(beginning).date():
        return ""
    return _("Counted back to %(day)s; the rest follows.") % {"day": row.back_to.isoformat()}


def form_page(process: str, grain: str, row: OwnIndicator | None) -> dict[str, Any]:
    """Return what stands beside the form: what the expression may read."""
    names = scope.scope(process, grain)
    facts = len(scope.FACTS[grain])
    return {
        "key": process,
        "process": process_name(process),
        "row": row,
        "name": indicator(row).name if row else "",
        "grain": OwnIndicator.Grain(grain).label,
        "grains": [] if row else _grains(process, grain),
        "scope": names,
        "fact_names": names[:facts],
        "field_names": names[facts : facts + SHOWN],
        "steps": list(scope.steps(process)) if grain == OwnIndicator.Grain.VISIT else [],
        "back": reverse("monitoring:own", args=[process]),
    }


def _grains(process: str, chosen: str) -> list[Tab]:
    url = reverse("monitoring:own_new", args=[process])
    return [
        Tab(label=str(label), url=f"{url}?grain={grain}", is_current=grain == chosen)
        for grain, label in OwnIndicator.Grain.choices
    ]
