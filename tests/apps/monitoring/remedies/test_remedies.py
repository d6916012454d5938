"""An action from its diagnosis to its verification, and what cannot be closed without one."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from msgspec.structs import replace
from openpyxl import load_workbook

from apps.monitoring.goals.conftest import at, by_the_clock, count
from shuli.apps.cases.models import Notification
from shuli.apps.directory.models import Person
from shuli.apps.monitoring.knowledge.models import Entry
from shuli.apps.monitoring.measuring import Where
from shuli.apps.monitoring.remedies import pages, recording, rights
from shuli.apps.monitoring.remedies.models import Remedy
from shuli.apps.monitoring.remedies.recording import Action, Diagnosis, Verdict
from shuli.kit import clock
from shuli.kit.errors import Denied

pytestmark = pytest.mark.django_db
TODAY, DUE, VERIFY = date(2026, 11, 17), date(2026, 11, 27), date(2026, 12, 27)
REMIND = "shuli.apps.monitoring.remedies.jobs.remind_of_actions"


@pytest.fixture
def action(people):
    return Action(kind="training", action="培训填表", person=people["starter"], due=DUE, verify_on=VERIFY)


@pytest.fixture
def found(people):
    return Diagnosis(
        problem="明细总是超时", nature="skill", severity="high", diagnosis="新人不会填", indicator="on_time_rate",
        where=Where(process="P-PURCHASE", node="detail"), expected=0.9, entry=Entry.objects.get(number=1).pk,
    )  # fmt: skip


@pytest.fixture
def recorded(people, found, action):
    count(TODAY - timedelta(days=5), closed=10, due=10, on_time=5)
    count(TODAY - timedelta(days=40), closed=90, due=90, on_time=0)  # too long ago to count
    with at(TODAY):
        row = recording.record(people["owner"], found, action)
    assert isinstance(row, Remedy), row
    return row


@pytest.fixture
def done(people, recorded):
    with at(DUE):
        assert isinstance(recording.finish(people["starter"], recorded.pk, "培训了两次"), Remedy)
    return Remedy.objects.get(pk=recorded.pk)


@pytest.mark.accepts("H1-69", "H1-70")
def test_a_diagnosis_and_an_action_of_one_of_three_kinds_are_recorded_and_its_doer_is_told(people, recorded):
    assert (recorded.nature, recorded.severity, recorded.kind) == ("skill", "high", "training")
    assert set(Remedy.Kind.values) == {"process", "resources", "training"}
    assert recorded.before == pytest.approx(0.5)
    assert Notification.objects.filter(code="remedy", person=people["starter"]).exists()


def test_only_who_oversees_the_place_records(people, found, action):
    head = replace(found, where=Where(department="finance"))

    assert isinstance(recording.record(people["starter"], found, action), Denied)
    assert isinstance(recording.record(people["money"], found, action), Denied)
    with at(TODAY):
        assert isinstance(recording.record(people["money"], head, action), Remedy)


@pytest.mark.accepts("H1-71")
def test_nothing_is_closed_that_was_not_done_or_whose_effect_cannot_show_yet(people, recorded):
    verdict = Verdict(judgement="effective", why="看数据")

    assert recording.verify(people["owner"], recorded.pk, verdict).code == "remedy_not_done"
    with at(DUE):
        recording.finish(people["starter"], recorded.pk, "培训了")
        assert recording.verify(people["owner"], recorded.pk, verdict).code == "remedy_verified_from"
        assert isinstance(recording.verify(people["starter"], recorded.pk, verdict), Denied)


@pytest.mark.accepts("H1-71")
def test_an_action_is_closed_with_the_figure_before_and_after_reckoned_from_the_counts(people, done):
    count(DUE + timedelta(days=9), closed=20, due=20, on_time=19)
    with at(VERIFY):
        assert recording.verify(people["owner"], done.pk, Verdict(judgement="effective", why=" ")).code
        recording.verify(people["owner"], done.pk, Verdict(judgement="effective", why="从 50% 到 95%"))
        done.refresh_from_db()
        page = pages.remedy_page(people["owner"], done)

    assert (done.before, done.after) == (pytest.approx(0.5), pytest.approx(0.95))
    assert (done.after_first, done.after_last) == (date(2026, 11, 28), VERIFY)
    assert (page["state"][0], page["may_verify"]) == ("ok", False)


@pytest.mark.accepts("H1-71")
def test_what_did_not_help_is_closed_only_with_the_next_action(people, done, action):
    verdict = Verdict(judgement="ineffective", why="没有变化")
    further = replace(action, kind="process", due=date(2027, 1, 10), verify_on=date(2027, 2, 10))
    with at(VERIFY):
        assert recording.verify(people["owner"], done.pk, verdict).code == "further_action_missing"
        recording.verify(people["owner"], done.pk, replace(verdict, further=further))

    after = Remedy.objects.get(follows=done)
    assert (after.kind, after.problem, after.indicator) == ("process", "明细总是超时", "on_time_rate")
    assert after.verified_at is None


def test_the_database_itself_closes_nothing_without_a_result(done):
    with pytest.raises(IntegrityError), transaction.atomic():
        Remedy.objects.filter(pk=done.pk).update(verified_at=clock.now())


@pytest.mark.accepts("H1-71")
def test_reminders_come_by_the_clock_once_each(people, recorded):
    told = []
    for day in range(9, 20):  # from the day before it is due
        with at(TODAY + timedelta(days=day)):
            by_the_clock(REMIND)
        told.append(Notification.objects.filter(code__startswith="remedy_", person=people["starter"]).count())

    assert told == [1, 1, 2, 2, 2, 2, 2, 2, 2, 3, 3]  # due soon, overdue, and a week later again
    assert Notification.objects.filter(code="remedy_overdue", person=people["owner"]).count() == 2


def test_who_recorded_it_is_reminded_on_the_day_of_verification(people, done):
    with at(VERIFY - timedelta(days=1)):
        by_the_clock(REMIND)
        assert not Notification.objects.filter(code="remedy_to_verify").exists()
    with at(VERIFY):
        by_the_clock(REMIND)

    assert Notification.objects.get(code="remedy_to_verify").person == people["owner"]


def test_the_list_as_an_excel_file_has_what_the_person_may_see(people, recorded):
    with at(TODAY):
        own, others = (load_workbook(BytesIO(pages.workbook(people[who]))) for who in ("owner", "tech"))

    rows = [[cell.value for cell in row] for row in own.worksheets[0]]
    assert recorded.number in rows[1]
    assert len(list(others.worksheets[0])) == 1
    assert not rights.visible(people["tech"]).exists()


ENTERED = {
    "problem": "明细慢", "place": "P-PURCHASE/detail", "department": "", "nature": "process", "severity": "low",
    "diagnosis": "表太长", "entry": "", "kind": "process", "action": "删字段", "due": "2026-11-27", "indicator": "on_time_rate",
    "expected": "90", "days": "30", "verify_on": "2026-12-27", "source": "figure", "source_key": "",
}  # fmt: skip


def test_the_pages_go_from_recording_to_the_next_action(client, people):
    with at(TODAY):
        client.force_login(Person.objects.get(username=people["owner"]))
        client.post("/monitor/actions/new/", {**ENTERED, "person": people["owner"]})
        row = Remedy.objects.get()
        client.post(f"/monitor/actions/of/{row.pk}/done/", {"done": "删了三个", "done_on": ""})
    with at(VERIFY):
        assert client.get(f"/monitor/actions/of/{row.pk}/verify/").status_code == 403  # one's own
        Remedy.objects.update(person=people["starter"])
        address = f"/monitor/actions/of/{row.pk}/verify/"
        assert client.post(address, {"judgement": "ineffective", "why": "没变"}).status_code == 200
        further = {"kind": "resources", "action": "加人", "person": people["starter"], "due": "2027-01-10"}
        client.post(
            address, {"judgement": "ineffective", "why": "没变", **further, "verify_on": "2027-02-10"}
        )

    row.refresh_from_db()
    assert (row.judgement, row.followed_by.get().kind) == ("ineffective", "resources")
