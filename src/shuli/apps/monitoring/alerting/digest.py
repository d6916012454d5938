"""A head's morning: what is overdue, what was escalated, who has how much to do; by mail at a set time, and as a page."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import msgspec
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from msgspec import Struct

from shuli.apps.directory import queries as directory
from shuli.apps.monitoring.alerting import habits, words
from shuli.apps.monitoring.alerting.loads import Late, Load, escalated, load, overdue
from shuli.apps.monitoring.alerting.models import HeadDigest
from shuli.kit import clock, jobs
from shuli.kit.components.moments import moment

SEND = "shuli.apps.monitoring.alerting.jobs.send_digest"
LISTED = 10  # of each kind in a mail; the page has all


class Standing(Struct, frozen=True, kw_only=True):
    """How it stands in the departments that somebody leads."""

    departments: list[str]
    overdue: list[Late]
    escalated: list[Late]
    load: list[Load]

    @property
    def is_empty(self) -> bool:
        return not (self.overdue or self.escalated or self.load)


def standing(person: str, since: datetime, now: datetime) -> Standing:
    """Return how it stands in somebody's departments, with what was escalated to them since a moment."""
    departments = directory.departments_led(person)
    people = {member for code in departments for member in directory.members(f"department:{code}")}
    return Standing(
        departments=departments,
        overdue=overdue(departments, now),
        escalated=escalated(person, since, now),
        load=load(sorted(people), now),
    )


def send_due() -> int:
    """Write and send today's digests once their time has come; return how many."""
    now = clock.now()
    if not habits.is_time(now, habits.habits().digest_at):
        return 0
    day = timezone.localtime(now).date()
    told = set(HeadDigest.objects.filter(day=day).values_list("person", flat=True))
    return sum(_write(head, now) for head in _heads() if head not in told)


def _heads() -> Iterator[str]:
    """Give everybody who heads a department, once; an executive reads the page."""
    yield from dict.fromkeys(
        unit.head for unit in directory.departments().values() if unit.head and directory.acting(unit.head)
    )


def _write(head: str, now: datetime) -> int:
    former = HeadDigest.objects.filter(person=head).order_by("-day").values_list("sent_at", flat=True).first()
    found = standing(head, max(former or now - timedelta(days=1), now - timedelta(days=7)), now)
    if found.is_empty:
        return 0
    with transaction.atomic():
        row, is_new = HeadDigest.objects.get_or_create(
            day=timezone.localtime(now).date(),
            person=head,
            defaults={"content": msgspec.to_builtins(found), "sent_at": now},
        )
        if is_new:
            jobs.later(SEND, key=row.pk)
    return int(is_new)


def send(key: int) -> None:
    """Send one digest as mail in its reader's language."""
    row = HeadDigest.objects.get(pk=key)
    person = directory.person(row.person)
    if person is not None and person.email:
        with translation.override(person.language):
            subject, body = mail_words(msgspec.convert(row.content, Standing))
        EmailMessage(subject=subject, body=body, to=[person.email]).send()


def mail_words(found: Standing) -> tuple[str, str]:
    """Return subject and body."""
    subject = _("Today: %(overdue)s overdue, %(escalated)s escalated, %(open)s open tasks") % {
        "overdue": len(found.overdue),
        "escalated": len(found.escalated),
        "open": sum(one.open for one in found.load),
    }
    parts = [
        _part(_("Overdue"), [late_words(one) for one in found.overdue]),
        _part(_("Escalated to you"), [late_words(one) for one in found.escalated]),
        _part(_("Load"), [load_words(one) for one in found.load]),
        f"{settings.SHULI_ADDRESS}{reverse('monitoring:department_day')}",
    ]
    return subject, "\n\n".join(part for part in parts if part)


def _part(head: str, lines: list[str]) -> str:
    more = [_("and %(n)s more") % {"n": len(lines) - LISTED}] if len(lines) > LISTED else []
    return "\n".join([f"{head} ({len(lines)})", *lines[:LISTED], *more]) if lines else ""


def late_words(one: Late) -> str:
    facts = [one.number, one.title, words.node_name(one.process, one.node), moment(one.at)]
    return words.DETAIL.join(part for part in facts if part)


def load_words(one: Load) -> str:
    said: dict[str, Any] = {
        "who": directory.display_names([one.person]),
        "open": one.open,
        "late": one.overdue,
    }
    return _("%(who)s: %(open)s open, %(late)s overdue") % said
