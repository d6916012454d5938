"""An alert is raised by the clock alone, once, told to whom the rule says, and goes away by itself."""

from datetime import timedelta

import pytest

from apps.monitoring.alerting.conftest import COUNT, HAND_OVER, WATCH, pass_time
from shuli.apps.cases.models import Notification
from shuli.apps.directory.models import Person
from shuli.apps.monitoring import queries
from shuli.apps.monitoring.alerting import raising
from shuli.apps.monitoring.alerting.models import Alert, AlertRule, Letter
from shuli.apps.monitoring.indicators import BY_KEY
from shuli.apps.monitoring.periods import period_of
from shuli.kit import clock

pytestmark = pytest.mark.django_db


def rate(moment):
    sums = queries.sums_of(queries.EVERYTHING, period_of("quarter", moment.date()), process_key="P-PURCHASE")
    return float(BY_KEY["on_time_rate"].value(sums))


@pytest.mark.accepts("H2-117")
def test_moving_the_clock_raises_an_alert_and_mails_the_owner(people, rule, played, mailoutbox):
    Person.objects.filter(username=people["owner"]).update(email="owner@example.com", language="en")
    daytime = played + timedelta(days=(7 - played.weekday()) % 7)

    with clock.frozen(daytime.replace(hour=3)):
        pass_time(COUNT, WATCH, HAND_OVER)

    alert = Alert.objects.get(rule=rule)
    assert (alert.process_key, alert.value) == ("P-PURCHASE", pytest.approx(rate(played)))
    assert Notification.objects.filter(person=people["owner"], code="alert").count() == 1
    [mail] = [one for one in mailoutbox if one.to == ["owner@example.com"] and "Alert" in one.subject]
    assert "below 100" in mail.body


def test_it_is_raised_once_until_it_clears(rule, counted):
    with clock.frozen(counted):
        assert raising.watch() == 1
        assert raising.watch() == 0
        AlertRule.objects.filter(pk=rule.pk).update(limit=0.0)
        raising.watch()
        assert Alert.objects.get(rule=rule).cleared_at == counted
        AlertRule.objects.filter(pk=rule.pk).update(limit=1.0)

        assert raising.watch() == 1


def test_with_too_little_behind_a_value_nothing_is_said_and_nothing_cleared(rule, counted):
    with clock.frozen(counted):
        raising.watch()
        AlertRule.objects.filter(pk=rule.pk).update(least=100_000)

        assert raising.watch() == 0

    assert Alert.objects.get(rule=rule).cleared_at is None


def test_in_the_night_the_mail_waits_for_the_morning(rule, counted):
    night = counted.replace(hour=16)  # midnight of the company
    with clock.frozen(night):
        raising.watch()
        pass_time(HAND_OVER)

    letter = Letter.objects.get()
    assert letter.handed_at is None
    assert letter.not_before > night


def test_what_is_over_before_the_morning_is_not_told(rule, counted, mailoutbox):
    with clock.frozen(counted):
        raising.watch()
        before = len(mailoutbox)
        Alert.objects.update(cleared_at=counted)
    with clock.frozen(counted + timedelta(days=4)):
        pass_time(HAND_OVER)

    assert Letter.objects.exclude(handed_at=None).exists()
    assert [one for one in mailoutbox[before:] if "Alert" in one.subject or "预警" in one.subject] == []


def test_a_rule_whose_indicator_is_not_measured_yet_finds_nothing(rule, counted):
    AlertRule.objects.filter(pk=rule.pk).update(indicator="not_yet")

    with clock.frozen(counted):
        assert raising.watch() == 0


def test_a_rule_that_breaks_does_not_silence_the_others(rule, counted):
    AlertRule.objects.create(name="坏", kind="threshold", indicator="on_time_rate", per="person", limit=1)
    AlertRule.objects.filter(name="坏").update(kind="unheard of")

    with clock.frozen(counted):
        assert raising.watch() == 1


def test_six_rules_ship(db):
    found = set(AlertRule.objects.values_list("kind", "indicator", "limit"))

    assert {
        ("threshold", "on_time_rate", 0.95),
        ("threshold", "satisfaction", 90.0),
        ("threshold", "violations", 2.0),
    } < found
