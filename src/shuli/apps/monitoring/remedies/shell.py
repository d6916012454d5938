"""What actions and knowledge add to other rooms: beside an alert, what fits it and a way to act."""

from collections.abc import Mapping
from typing import Any

from shuli.apps.monitoring.alerting import pages
from shuli.apps.monitoring.alerting.models import Alert
from shuli.apps.monitoring.knowledge.queries import fitting
from shuli.apps.monitoring.knowledge.views import entry_words
from shuli.apps.monitoring.measuring import Where
from shuli.apps.monitoring.places import action_url
from shuli.apps.monitoring.remedies.beginning import indicator_of
from shuli.apps.monitoring.remedies.models import Remedy


def connect() -> None:
    """Show with every alert what is known of such problems; called once when the app is ready."""
    pages.BESIDE.append(_beside)


def _beside(person: str, alert: Alert) -> Mapping[str, Any]:
    where = Where(process=alert.process_key, node=alert.node, department=alert.department)
    entries = fitting(indicator_of(alert), alert.rule.kind)
    return {
        "known": [entry_words(one) for one in entries],
        "action_url": action_url(person, Remedy.Source.ALERT, alert.pk, where),
    }
