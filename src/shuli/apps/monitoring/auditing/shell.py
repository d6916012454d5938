"""What the registers add to other rooms: P-AUDIT is followed, evidence has readers, cases a way to record a violation."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from shuli.apps.cases.pages import case_verbs
from shuli.apps.documents import queries as documents
from shuli.apps.monitoring.auditing import following, recording, rights, wording
from shuli.kit.components.values import Action
from shuli.kit.errors import register_sentences


def connect() -> None:
    """Follow P-AUDIT, and offer the register on the pages of cases; called once when the app is ready."""
    following.connect()
    register_sentences(wording.REFUSALS)
    documents.register_owner(recording.FILES, _may_see_violation)
    case_verbs.FURTHER.append(_recording)


def _may_see_violation(person: str, violation: int) -> bool:
    return rights.visible_violations(person).filter(pk=violation).exists()


def _recording(person: str, case: Any) -> Iterator[Action]:
    """Yield the way to record a violation, on the page of a case that the reader supervises or audits."""
    if rights.may_record(person, case.process_key, case.pk):
        url = reverse("monitoring:record_violation", args=[case.number])
        yield Action(label=_("Record a violation"), icon="flag", url=url)
