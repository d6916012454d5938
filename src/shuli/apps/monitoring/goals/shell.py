"""What goals add to other rooms: an alert where a status gets worse, a way from My work."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shuli.apps.cases.pages import mine
from shuli.apps.monitoring.alerting import recipients, watching
from shuli.apps.monitoring.alerting import words as alerting
from shuli.apps.monitoring.alerting.models import AlertRule
from shuli.apps.monitoring.goals import following, rights, words


def connect() -> None:
    """Let goals be watched, and reached from My work; called once when the app is ready."""
    kind = AlertRule.Kind.GOAL.value
    watching.WATCHERS[kind] = following.readings
    alerting.SENTENCES[kind] = words.alert_sentence
    alerting.ADDRESSES[kind] = words.alert_address
    alerting.VALUES[kind] = words.alert_value
    recipients.FURTHER.append(following.setter_of)
    mine.BESIDE.append(_my_goals)


def _my_goals(person: str) -> Iterator[mine.Beside]:
    """Yield the way to one's own goals, for whom any goal concerns."""
    found = list(rights.mine(person).values_list("state", flat=True))
    if found:
        risky = sum(state in following.BAD for state in found)
        note = ngettext("%(n)s goal", "%(n)s goals", len(found)) % {"n": len(found)}
        if risky:
            note = _("%(n)s at risk or missed") % {"n": risky}
        yield mine.Beside(label=_("My goals"), icon="flag", url=reverse("monitoring:my_goals"), note=note)
