"""The time after a change in which limits are longer, so that people can learn the new way (缓冲期)."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from shuli.apps.catalogue import queries
from shuli.apps.catalogue.models import ProcessVersion
from shuli.kit.errors import Denied, Refusal

MOST = Decimal(9)


@transaction.atomic
def set_buffer(
    person: str, process: str, factor: Decimal, since: date | None, until: date | None
) -> ProcessVersion | Refusal:
    """Multiply the limits of steps that begin between two days, by the process owner; without days, no longer.

    What is open already keeps its due date.
    """
    if process not in queries.owned_keys(person):
        return Denied("process_owner_only")
    row = (
        ProcessVersion.objects.select_for_update()
        .filter(process__key=process, status=ProcessVersion.Status.PUBLISHED)
        .first()
    )
    if row is None:
        return Refusal("no_version_in_force", status=404)
    if (since is None) != (until is None) or (since and until and until < since):
        return Refusal("buffer_days_unusable")
    if not 1 <= factor <= MOST:
        return Refusal("buffer_unusable", most=MOST)
    row.buffer, row.buffer_since, row.buffer_until = factor if since else Decimal(1), since, until
    row.save(update_fields=["buffer", "buffer_since", "buffer_until"])
    return row
