"""Watching, telling and digests, by the clock."""

from typing import Any

from shuli.apps.monitoring.alerting import digest, raising, sending
from shuli.kit import jobs


@jobs.every(minutes=5)
def watch_rules() -> None:
    """Hold every rule against what is."""
    raising.watch()


@jobs.every(minutes=1)
def hand_over_letters() -> None:
    """Give what may be told by now to whoever carries it."""
    while sending.hand_over():
        pass


@jobs.every(minutes=5)
def write_digests() -> None:
    digest.send_due()


@jobs.job_once
def send_alert_mail(person: str, alerts: list[int]) -> None:
    sending.mail(person, alerts)


@jobs.job
def send_alert_message(channel: int, alerts: list[int]) -> None:
    sending.message(channel, alerts)


@jobs.job_once
def send_digest(key: int) -> None:
    digest.send(key)


@jobs.job_once
def send_exception_mail(person: str, code: str, params: dict[str, Any]) -> None:
    sending.notice_mail(person, code, params)
