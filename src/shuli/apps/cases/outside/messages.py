"""Messages and signals: kept when they are sent, matched with whoever waits, delivered once, one case a transaction.

A message reaches every case that waits for its name and correlation value; where none does, it starts a case of each
process in force that begins with it; where there is none either, it is kept for a while. A signal reaches every case that
waits for it and starts every process that begins with it, now or never.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q, QuerySet

from shuli.apps.cases import execution, notices
from shuli.apps.cases.models import Case, Delivery, Message, Subscription
from shuli.apps.cases.outside.keeping import PASSING, Sending, keep
from shuli.apps.cases.world import CompanyWorld
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import queries as directory
from shuli.core.engine import Refused
from shuli.core.engine import commands as c
from shuli.kit import clock, jobs, limits
from shuli.kit.failpoints import failpoint

LIVE = (Case.Status.RUNNING, Case.Status.SUSPENDED)
ROUNDS = 5  # how often a message looks for somebody else when its case no longer waited


def send(sending: Sending) -> Message:
    """Send a message from outside of all cases, in the caller's transaction.

    What concerns one case only is done here and now. Several cases are never changed in one transaction: they follow at once.
    """
    message = keep(sending, clock.now())
    found = route(message.pk)
    if len(found) == 1:
        deliver(found[0])
        settle(message.pk)
    message.refresh_from_db()
    if message.state != Message.State.DELIVERED and pending(message.pk):
        jobs.later(PASSING, message=message.pk)
    return message


def pass_on(message_id: int) -> None:
    """Bring a message to whom it is for: each case in a transaction of its own; doing it twice does it once."""
    for earlier in [*kept_before(message_id), message_id]:
        for _ in range(ROUNDS):
            for delivery in route(earlier):
                deliver(delivery)
            if not settle(earlier):
                break


def kept_before(message_id: int) -> list[int]:
    """Return the messages of the same name and correlation that are still kept: they are older, so they go first."""
    message = Message.objects.get(pk=message_id)
    same = Message.objects.filter(kind=message.kind, name=message.name, correlation=message.correlation)
    kept = same.filter(state=Message.State.WAITING, pk__lt=message_id, expires_at__gt=clock.now())
    return list(kept.order_by("pk").values_list("pk", flat=True))


# Who is meant -------------------------------------------------------------------------------------------


def route(message_id: int) -> list[int]:
    """Write down whom a waiting message is for; return the deliveries that are still to be made."""
    with transaction.atomic():
        message = Message.objects.select_for_update().get(pk=message_id)
        if message.state == Message.State.WAITING:
            found = [*_to_cases(message), *_to_starts(message)]
            if not found and message.kind == "message":
                return []
            Delivery.objects.bulk_create(found)
            # A signal that nobody hears is over.
            message.state = Message.State.ON_ITS_WAY if found else Message.State.EXPIRED
            message.save(update_fields=["state"])
            failpoint("message.routed")
        return pending(message_id)


def pending(message_id: int) -> list[int]:
    rows = Delivery.objects.filter(message_id=message_id, state=Delivery.State.PENDING)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _to_cases(message: Message) -> list[Delivery]:
    """Return one delivery a case that waits: to whatever of it has waited longest."""
    rows = waiting(message).order_by("case_id", "pk").distinct("case_id")
    return [
        Delivery(message=message, case_id=case_id, subscription=number)
        for case_id, number in rows.values_list("case_id", "number")
    ]


def waiting(message: Message) -> QuerySet[Subscription]:
    """Return what waits for the message in other cases; one without a correlation takes whatever comes of its name."""
    fits = Q(correlation=message.correlation) | Q(correlation="")
    if message.only_case_id is not None:
        fits = Q(case_id=message.only_case_id)
    rows = Subscription.objects.filter(
        fits, kind=message.kind, name=message.name, closed_at=None, held_at=None, case__status__in=LIVE
    )
    return rows.exclude(case_id=message.thrower_id) if message.thrower_id is not None else rows


def _to_starts(message: Message) -> list[Delivery]:
    """Return one delivery a process that the message starts; where a case waits, a message starts none."""
    is_for_cases = message.kind == "message" and waiting(message).exists()
    if message.only_case_id is not None or is_for_cases:
        return []
    return [
        Delivery(message=message, process_key=key, node=node)
        for key, node in catalogue.starts_by(message.kind, message.name)
    ]


# Delivering ---------------------------------------------------------------------------------------------


def deliver(delivery_id: int) -> None:
    """Bring a message to one case, or start one with it; a delivery that is made is not made again."""
    with transaction.atomic():
        delivery = Delivery.objects.select_for_update().select_related("message").get(pk=delivery_id)
        if delivery.state != Delivery.State.PENDING:
            return
        delivery.done_at = clock.now()
        answer = _start(delivery) if delivery.process_key else _bring(delivery)
        delivery.state = Delivery.State.MISSED if answer is None else Delivery.State.DONE
        delivery.case_id = answer or delivery.case_id
        delivery.save(update_fields=["state", "case", "done_at"])
        failpoint("message.delivered")


def _bring(delivery: Delivery) -> int | None:
    if delivery.case_id is None or delivery.subscription is None:
        return None
    command = c.Deliver(subscription=delivery.subscription, data=delivery.message.data)
    answer = execution.execute(delivery.case_id, command)
    return None if isinstance(answer, Refused) else delivery.case_id


def _start(delivery: Delivery) -> int | None:
    message = delivery.message
    command = c.Start(actor=message.person or c.SYSTEM, variables=message.data, start=delivery.node)
    try:
        case_id, answer = execution.start(delivery.process_key, command)
    except catalogue.NotInForceError:
        return None
    return None if isinstance(answer, Refused) else case_id


def settle(message_id: int) -> bool:
    """Say what has become of a message; return whether it has to look for somebody else."""
    with transaction.atomic():
        message = Message.objects.select_for_update().get(pk=message_id)
        if message.state != Message.State.ON_ITS_WAY or pending(message_id):
            return False
        arrived = message.deliveries.filter(state=Delivery.State.DONE).exists()
        gave_up = message.kind == "signal"
        message.state = Message.State.DELIVERED if arrived or gave_up else Message.State.WAITING
        message.save(update_fields=["state"])
        return message.state == Message.State.WAITING


# Messages that came first -------------------------------------------------------------------------------


def look_for(case_id: int, number: int) -> None:
    """Pass on what was kept for a case that has begun to wait, the oldest first."""
    row = Subscription.objects.filter(case_id=case_id, number=number, closed_at=None).first()
    if row is None:
        return
    kept = Message.objects.filter(
        kind=row.kind, name=row.name, state=Message.State.WAITING, expires_at__gt=clock.now()
    ).exclude(thrower_id=case_id)
    if row.correlation:
        kept = kept.filter(Q(correlation=row.correlation) | Q(only_case_id=case_id))
    for message_id in list(kept.order_by("pk").values_list("pk", flat=True)[: limits.PAGE_ROWS]):
        pass_on(message_id)
        if not Subscription.objects.filter(pk=row.pk, closed_at=None, held_at=None).exists():
            return


def expire() -> int:
    """Let go of messages for which nobody came; the thrower's process owner is told. Return how many."""
    now = clock.now()
    with transaction.atomic():
        late = Message.objects.select_for_update(skip_locked=True, of=("self",)).filter(
            state=Message.State.WAITING, expires_at__lte=now
        )
        rows = list(late.select_related("thrower")[: limits.PAGE_ROWS])
        Message.objects.filter(pk__in=[row.pk for row in rows]).update(state=Message.State.EXPIRED)
        _tell_owners(row for row in rows if row.kind == "message" and row.thrower is not None)
    return len(rows)


def _tell_owners(rows: Iterable[Message]) -> None:
    world = CompanyWorld(now=clock.local_now())
    for row in rows:
        if row.thrower is not None:
            notice = notices.Notice(
                code="message_lost", people=(), node=row.node, params={"message": row.name}
            )
            notices.tell(row.thrower.pk, notice, owners_of(row.thrower), world)


def owners_of(case: Case) -> list[str]:
    post = catalogue.owner_post(case.process_key)
    return list(directory.members(f"post:{post}")) if post else []
