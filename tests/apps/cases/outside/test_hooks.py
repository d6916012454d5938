"""Webhooks: what comes in is signed, fresh and taken once; what goes out is signed, tried again and never lost."""

import json
import time
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from apps.cases.outside.conftest import END, START, begin, li_min, person_does, publish, run_all, where
from shuli.apps.cases import execution
from shuli.apps.cases.models import Dispatch, HookIn, HookOut, HookReceipt, Message
from shuli.apps.cases.outside import dispatching, hooks
from shuli.core.engine import commands as c
from shuli.kit import clock, failpoints, limits, signing
from shuli.kit.errors import Denied, Refusal
from shuli.kit.failpoints import FailpointError
from shuli.kit.outgoing import Answer, Failure


@pytest.fixture
def boss(company):
    from shuli.apps.directory.models import Person

    Person.objects.filter(username=li_min()).update(is_administrator=True)
    return li_min()


# In -----------------------------------------------------------------------------------------------------


@pytest.fixture
def secret(boss, waiting_process):
    facts = hooks.FactsIn(
        name="erp",
        message="order.packed",
        correlation="body.order",
        variables="{weight: body.weight}",
        person=boss,
    )
    return hooks.new_in(boss, facts).secret


def post(secret, body, *, name="erp", at=None, signature=None):
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    stamp = str(int(at if at is not None else time.time()))
    signed = signature or f"sha256={signing.signature(secret, stamp, content)}"
    headers = {"Shuli-Timestamp": stamp, "Shuli-Signature": signed}
    return Client(enforce_csrf_checks=True).post(
        f"/hooks/{name}", content, content_type="application/json", headers=headers
    )


def test_what_is_posted_becomes_a_message_for_the_case_that_waits(secret):
    case = begin("P-WAIT", order="A1")

    answer = post(secret, {"order": "A1", "weight": 3})

    assert (answer.status_code, answer.json()["code"]) == (200, "taken")
    assert (where(case), case.variables["weight"]) == (["file"], 3)
    assert HookReceipt.objects.get().message.source == "hook:erp"


def test_the_same_request_is_taken_once(secret):
    now = time.time()
    first, again = (post(secret, {"order": "A1", "weight": 3}, at=now) for _ in range(2))

    assert (first.status_code, again.status_code, again.json()["code"]) == (200, 409, "replayed")
    assert Message.objects.count() == 1


@pytest.mark.parametrize("away", [-301, 360])
def test_a_time_that_is_far_from_ours_is_refused(secret, away):
    answer = post(secret, {"order": "A1"}, at=time.time() + away)

    assert (answer.status_code, answer.json()["code"]) == (401, "time_wrong")


@pytest.mark.parametrize("signature", ["sha256=00", "", "投诉".encode().decode("latin-1"), "sha1=x"])
def test_a_wrong_signature_is_refused_and_looks_like_a_webhook_that_is_not_there(secret, signature):
    wrong = post(secret, {"order": "A1"}, signature=signature or "none")
    absent = post(secret, {"order": "A1"}, name="nothing")

    assert (wrong.status_code, wrong.json()) == (401, absent.json())
    assert Message.objects.count() == 0


def test_a_signature_of_another_body_or_time_is_wrong(secret):
    stamp = str(int(time.time()))
    signed = f"sha256={signing.signature(secret, stamp, b'{}')}"

    assert post(secret, {"order": "A1"}, signature=signed).status_code == 401
    assert post(secret, b"{}", at=time.time() - 60, signature=signed).status_code == 401


@pytest.mark.parametrize(
    ("body", "code"),
    [(b"{", "not_json"), (b"\xff", "not_json"), (b'{"order": NaN}', "not_json"), (b"[" * 5_000, "not_json"),
     ({"weight": 1}, "correlation_missing")],
)  # fmt: skip
def test_a_body_that_does_not_fit_is_told_what_is_wrong(secret, body, code):
    answer = post(secret, body)

    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert Message.objects.count() == 0


def test_a_body_that_is_too_large_is_refused_unread(secret):
    assert post(secret, b"x" * (limits.MESSAGE_BYTES + 1)).status_code == 413


def test_more_than_the_rate_is_told_to_wait(secret, monkeypatch):
    monkeypatch.setattr(limits, "HOOK_RATE", 2)

    answers = [post(secret, {"order": "A1", "n": n}) for n in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2]["Retry-After"] == "60"


def test_a_flood_of_unsigned_requests_fills_no_table(secret):
    for _ in range(25):
        post(secret, {}, signature="none")

    assert HookReceipt.objects.count() == 20
    assert post(secret, {"order": "A1"}).status_code == 200


def test_a_webhook_that_is_off_or_has_another_secret_takes_nothing(secret, boss):
    hooks.switch(boss, "in", "erp", on=False)
    assert post(secret, {"order": "A1"}).status_code == 401
    hooks.switch(boss, "in", "erp", on=True)
    other = hooks.new_secret(boss, "in", "erp").secret

    assert post(secret, {"order": "A1"}).status_code == 401
    assert post(other, {"order": "A1"}).status_code == 200


def test_the_secret_stands_in_no_table(secret):
    row = HookIn.objects.get()

    assert secret not in str(vars(row))
    assert signing.secret_of(row.salt) == secret


def test_only_an_administrator_arranges_anything(boss, secret):
    from shuli.apps.directory.models import Person

    Person.objects.filter(username=boss).update(is_administrator=False)

    answers = [
        hooks.new_out(boss, hooks.FactsOut(name="x", url="https://93.184.216.34/", events=["case.ended"])),
        hooks.switch(boss, "in", "erp", on=False),
        hooks.new_secret(boss, "in", "erp"),
        hooks.send_again(boss, "x"),
        hooks.new_token(boss, "x", boss, ["jobs"], [], 30),
    ]

    assert [type(answer) for answer in answers] == [Denied] * 5


# Out ----------------------------------------------------------------------------------------------------


@pytest.fixture
def told(boss, monkeypatch):
    """A webhook out, and what its address was told."""
    publish("P-TOLD", START, person_does("file"), END)
    events = ["case.started", "case.ended", "task.opened", "task.overdue", "task.closed"]
    made = hooks.new_out(boss, hooks.FactsOut(name="bi", url="https://93.184.216.34/in", events=events))

    class Told:
        secret, answers, calls = made.secret, [Answer(status=204, headers={}, body=b"")], []

        def call(self, asked):
            self.calls.append(asked)
            return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

        @property
        def events(self):
            return [asked.headers["Shuli-Event"] for asked in self.calls]

    found = Told()
    found.calls = []
    monkeypatch.setattr(dispatching, "call", found.call)
    return found


def due():
    Dispatch.objects.filter(state="pending").update(next_at=timezone.now() - timedelta(seconds=1))
    dispatching.send_due()


def test_an_address_is_told_what_it_asked_for_signed(told):
    case = begin("P-TOLD")
    run_all()

    assert told.events == ["case.started", "task.opened"]
    sent = told.calls[1]
    body = json.loads(sent.body)
    assert (body["case"]["number"], body["node"]) == (case.number, "file")
    stamp, signed = sent.headers["Shuli-Timestamp"], sent.headers["Shuli-Signature"]
    assert signing.is_signed(told.secret, stamp, sent.body, signed)


def test_nothing_is_written_for_what_did_not_happen(told):
    from django.db import transaction

    with transaction.atomic():
        begin("P-TOLD")
        transaction.set_rollback(True)

    assert Dispatch.objects.count() == 0


def test_overdue_and_the_end_are_told(told):
    case = begin("P-TOLD")
    clock.advance(days=4)
    from shuli.apps.cases import timers

    timers.fire_due()
    execution.execute(case.pk, c.Terminate(reason="over"))
    run_all()

    assert told.events == ["case.started", "task.opened", "task.overdue", "task.closed", "case.ended"]
    assert json.loads(told.calls[-1].body)["status"] == "terminated"


def test_a_failed_delivery_is_tried_again_with_the_same_words(told):
    told.answers = [Failure(code="timeout"), Answer(status=500, headers={}, body=b""), told.answers[0]]
    begin("P-TOLD")
    row = Dispatch.objects.order_by("pk").first()
    dispatching.send(row.pk)
    row.refresh_from_db()
    assert (row.state, row.error, row.attempts) == ("pending", "timeout", 1)
    assert timedelta(seconds=7) < row.next_at - timezone.now() < timedelta(seconds=13)

    for _ in range(2):
        Dispatch.objects.filter(pk=row.pk).update(next_at=timezone.now())
        dispatching.send(row.pk)

    row.refresh_from_db()
    assert (row.state, row.attempts, row.status) == ("sent", 3, 204)
    assert len({asked.body for asked in told.calls}) == 1
    assert {asked.headers["Shuli-Delivery"] for asked in told.calls} == {str(row.pk)}


def test_what_is_given_up_can_be_sent_again(told, boss):
    told.answers = [Failure(code="not_reached")]
    begin("P-TOLD")
    for _ in range(limits.DISPATCH_ATTEMPTS + 2):
        due()
    assert set(Dispatch.objects.values_list("state", "attempts")) == {("dead", limits.DISPATCH_ATTEMPTS)}
    told.answers = [Answer(status=200, headers={}, body=b"")]

    assert hooks.send_again(boss, "bi", Dispatch.objects.first().pk) == 1
    assert hooks.send_again(boss, "bi") == 1
    run_all()

    assert set(Dispatch.objects.values_list("state", flat=True)) == {"sent"}


@pytest.mark.parametrize(("point", "calls"), [("dispatch.begun", 1), ("dispatch.sent", 2)])
def test_a_sender_that_dies_loses_nothing(told, point, calls):
    begin("P-TOLD")
    row = Dispatch.objects.order_by("pk").first()
    failpoints.switch(f"{point}=raise")
    with pytest.raises(FailpointError):
        dispatching.send(row.pk)
    failpoints.switch("")

    Dispatch.objects.exclude(pk=row.pk).update(state="sent")
    dispatching.send_due()
    assert Dispatch.objects.get(pk=row.pk).state == "pending"  # somebody may still be at it
    due()

    assert Dispatch.objects.get(pk=row.pk).state == "sent"
    assert len(told.calls) == calls


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1/", "https://localhost/", "http://93.184.216.34/", "https://[::1]/", "nonsense"]
)
def test_an_inner_address_is_refused_when_it_is_entered(boss, url):
    answer = hooks.new_out(boss, hooks.FactsOut(name="x", url=url, events=["case.ended"]))

    assert isinstance(answer, Refusal)
    assert HookOut.objects.count() == 0


def test_a_webhook_of_one_process_hears_nothing_of_others(told):
    HookOut.objects.update(process_key="P-OTHER")

    begin("P-TOLD")

    assert Dispatch.objects.count() == 0
