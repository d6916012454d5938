"""Carrying letters: those that are due at the same time go together, one mail a person and one message a channel."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shuli.apps.cases.wording import OTHERS
from shuli.apps.directory import queries as directory
from shuli.apps.monitoring.alerting import words
from shuli.apps.monitoring.alerting.models import Alert, Channel, Letter
from shuli.apps.monitoring.alerting.raising import facts
from shuli.kit import clock, jobs, limits

MAIL = "shuli.apps.monitoring.alerting.jobs.send_alert_mail"
MESSAGE = "shuli.apps.monitoring.alerting.jobs.send_alert_message"


def hand_over() -> int:
    """Give what is due to whoever carries it; what is over by then is not told any more. Return how many letters."""
    now = clock.now()
    with transaction.atomic():
        rows = Letter.objects.select_for_update(skip_locked=True, of=("self",)).select_related("alert")
        due = list(rows.filter(handed_at=None, not_before__lte=now).order_by("pk")[: limits.PAGE_ROWS])
        alive = [row for row in due if row.alert.cleared_at is None]
        for person, letters in _by(alive, "person").items():
            jobs.later(MAIL, person=person, alerts=letters)
        for channel, letters in _by(alive, "channel_id").items():
            jobs.later(MESSAGE, channel=channel, alerts=letters)
        Letter.objects.filter(pk__in=[row.pk for row in due]).update(handed_at=now)
    return len(due)


def _by(letters: Iterable[Letter], name: str) -> dict[str | int, list[int]]:
    found: dict[str | int, list[int]] = defaultdict(list)
    for letter in letters:
        if getattr(letter, name):
            found[getattr(letter, name)].append(letter.alert_id)
    return found


def mail(username: str, alert_keys: list[int]) -> None:
    """Send one person's alerts as one mail in their language; without an address they stay in the app only."""
    person = directory.person(username)
    if person is None or not person.email:
        return
    with translation.override(person.language):
        subject, body = letter_words(_alerts(alert_keys))
    EmailMessage(subject=subject, body=body, to=[person.email]).send()


def notice_mail(username: str, code: str, params: Mapping[str, Any]) -> None:
    """Send the mail of a notification that is about no case, in its reader's language."""
    person = directory.person(username)
    if person is None or not person.email:
        return
    with translation.override(person.language):
        told = OTHERS[code](params)
    lines = [told.title, told.detail, str(params.get("text", "")), f"{settings.SHULI_ADDRESS}{told.url}"]
    EmailMessage(subject=told.title, body="\n".join(filter(None, lines)), to=[person.email]).send()


def message(channel_key: int, alert_keys: list[int]) -> None:
    """Send alerts to a channel in the company's language."""
    from shuli.apps.monitoring.alerting import channels

    channel = Channel.objects.get(pk=channel_key)
    if channel.is_active:
        with translation.override(settings.LANGUAGE_CODE):
            subject, body = letter_words(_alerts(alert_keys))
        channels.deliver(channel, subject, body)


def _alerts(keys: list[int]) -> list[Alert]:
    return list(Alert.objects.select_related("rule").filter(pk__in=keys).order_by("pk"))


def letter_words(alerts: list[Alert]) -> tuple[str, str]:
    """Return subject and body: of one alert its own words, of several how many and all of them."""
    lines = [_paragraph(alert) for alert in alerts]
    link = f"{settings.SHULI_ADDRESS}{reverse('monitoring:alerts')}"
    count = len(alerts)
    if count == 1:
        return words.told(facts(alerts[0])).title, f"{lines[0]}\n\n{link}"
    subject = ngettext("%(n)s alert", "%(n)s alerts", count) % {"n": count}
    return subject, "\n\n".join([*lines, _("All alerts: %(link)s") % {"link": link}])


def _paragraph(alert: Alert) -> str:
    told = facts(alert)
    address = f"{settings.SHULI_ADDRESS}{words.address(told)}"
    return "\n".join([words.sentence(told), words.place_words(told), words.rule_name(alert.rule), address])
