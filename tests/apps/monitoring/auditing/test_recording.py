"""A supervisor records a violation at any time, with evidence and an order; who it concerns is told, few read the name."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from apps.monitoring.test_pages import page
from library.running import Running, member
from shuli.apps.cases import governing
from shuli.apps.cases.models import Case, Notification
from shuli.apps.directory import queries as directory
from shuli.apps.documents import queries as documents
from shuli.apps.monitoring.auditing import recording, register, rights
from shuli.apps.monitoring.auditing.recording import Facts
from shuli.apps.monitoring.models import Rectification, Violation
from shuli.kit.errors import Denied, Refusal

FACTS = Facts(kind="signatures", severity="serious", text="未经审批即发货", department="service", node="FB1")


@pytest.fixture
def case(company):
    return Running.start("P-FEEDBACK", member("department:tech"), feedback_title="审批慢").case


@pytest.fixture
def files(settings, tmp_path):
    settings.DATA = tmp_path
    settings.SHULI_ATTACHMENTS = settings.MEDIA_ROOT = tmp_path / "attachments"


def facts(**more):
    return Facts(**{name: getattr(FACTS, name) for name in FACTS.__struct_fields__} | more)


@pytest.mark.accepts("H2-119", "H2-13")
def test_a_violation_with_evidence_and_an_order_that_reminds_by_itself(case, auditor, files):
    letter = SimpleUploadedFile("照片.txt", "现场".encode())

    row = recording.record(
        auditor, case.number, facts(demand="补签", due=date(2026, 11, 20), person="limin"), [letter]
    )

    order = Rectification.objects.get()
    assert row.rectification == order
    assert (order.ordered_by, order.person, order.due_at.date()) == (
        auditor,
        directory.head("service"),
        date(2026, 11, 20),
    )
    assert [file.file_name for file in documents.attachments("violation", row.pk)] == ["照片.txt"]
    told = set(Notification.objects.filter(code="violation").values_list("person", flat=True))
    owners = set(governing.owners_of(case.pk))
    assert owners
    assert {directory.head("service"), "limin", *owners} <= told
    assert auditor not in told


def test_the_order_is_done_and_verified_like_one_of_an_audit(case, auditor):
    recording.record(auditor, case.number, facts(demand="补签"))
    audit = Running(Case.objects.get(process_key="P-AUDIT").pk)
    assert case.number in audit.case.title

    audit.do("N4").do("N5", rectified="yes")

    order = Rectification.objects.get()
    assert order.verified_by == auditor
    assert audit.case.status == "approved"


def test_several_orders_of_a_department_count_each(case, auditor):
    for _ in range(2):
        recording.record(auditor, case.number, facts(demand="补签"))

    (standing,) = register.by_department(rights.visible_violations(auditor), rights.visible_orders(auditor))

    assert (standing.violations, standing.open, standing.overdue) == (2, 2, 0)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"text": " "}, "violation_without_words"),
        ({"department": "nowhere"}, "violation_without_department"),
        ({"due": date(2026, 11, 1), "demand": "补签"}, "rectification_in_the_past"),
    ],
)
def test_what_is_missing_is_refused_and_nothing_written(case, auditor, more, code):
    assert recording.record(auditor, case.number, facts(**more)).code == code
    assert not Violation.objects.exists()


def test_who_only_works_on_a_case_records_nothing(case):
    starter = member("department:tech")

    assert isinstance(recording.record(starter, case.number, FACTS), Denied)
    assert recording.record(member("department:legal"), case.number, FACTS).status == 404


def test_the_name_is_for_few(case, auditor, client):
    row = recording.record(auditor, case.number, facts(person="limin"))
    owner = directory.members("post:owner-standing")[0]

    assert rights.may_see_person(directory.head("service"), row)
    assert rights.may_see_person("limin", row)
    assert not rights.may_see_person(owner, row)
    assert "李敏" not in page(client, owner, f"/monitor/violations/of/{row.pk}/").content.decode()


def test_a_violation_is_taken_back_with_a_reason_only(case, auditor):
    row = recording.record(auditor, case.number, FACTS)

    assert recording.void(auditor, row.pk, " ").code == "reason_missing"
    assert isinstance(recording.void(directory.head("service"), row.pk, "不对"), Refusal)
    assert recording.void(auditor, row.pk, "看错了").void_reason == "看错了"


@pytest.mark.accepts("H2-116")
def test_a_supervisor_finds_the_way_from_the_case_to_the_register(case, auditor, client):
    assert (
        f"/cases/{case.number}/violation/" in page(client, auditor, f"/cases/{case.number}/").content.decode()
    )
    body = {
        "kind": "order",
        "severity": "minor",
        "department": "service",
        "text": "跳过审批",
        "demand": "补走审批",
    }

    sent = client.post(f"/cases/{case.number}/violation/", body)

    assert sent.status_code == 302
    shown = client.get("/monitor/violations/").content.decode()
    assert "跳过审批" in shown
    assert Rectification.objects.get().number in shown
    assert "补走审批" in client.get(f"/monitor/orders/{Rectification.objects.get().pk}/").content.decode()
