"""The sample of the month: by the clock alone, kept with its seed, read by its auditors, quick among many cases."""

import time
from datetime import timedelta

import pytest
from django.db import connection

from apps.monitoring.auditing.conftest import FIRST, MONDAY, closed
from library.running import member
from shuli.apps.cases import operations, rights, timers
from shuli.apps.cases.models import Case
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.monitoring.auditing import sampling
from shuli.apps.monitoring.auditing.drawing import Closed, draw
from shuli.apps.monitoring.models import AuditSample, SampledCase

MANY = """
    INSERT INTO cases_case (number, title, process_key, version_id, status, starter, starter_department, custodian, marking,
                            variables, seq, last_hash, incidents, started_at, ended_at)
    SELECT 'M' || n, '', CASE n %% 2 WHEN 0 THEN 'P-NEW' ELSE 'P-COMPLAINT' END, %s, 'approved', 'limin',
           CASE n %% 3 WHEN 0 THEN 'tech' ELSE 'service' END, '', '{}', '{}', 0, '', 0, %s, %s::timestamptz - n * interval '40 seconds'
      FROM generate_series(1, %s) AS n
"""


@pytest.mark.accepts("H2-116")
def test_on_the_first_of_the_month_a_sample_is_drawn_by_the_clock_alone(company, auditor):
    closed("P-COMPLAINT", 12, late=12)
    closed("P-NEW", 1)
    closed("P-PLAN", 3, MONDAY - timedelta(days=30))

    timers.advance_clock(FIRST)

    sample = AuditSample.objects.get()
    assert (str(sample.month), sample.draw, sample.population, sample.case.process_key) == (
        "2026-11-01",
        1,
        13,
        "P-AUDIT",
    )
    keys = list(sample.cases.values_list("process_key", flat=True))
    assert keys == ["P-COMPLAINT", "P-COMPLAINT", "P-NEW"]
    assert {row.proposed["check_on_time"] for row in sample.cases.filter(process_key="P-COMPLAINT")} == {
        "bad"
    }


def test_whoever_has_the_seed_draws_the_same_again(company):
    closed("P-COMPLAINT", 30)
    closed("P-COMPLAINT", 20, department="tech")

    sampling.audit_sample({"scheduled_at": FIRST.isoformat()})

    sample = AuditSample.objects.get()
    population = [
        Closed(number=case.number, process=case.process_key, department=case.starter_department)
        for case in Case.objects.all()
    ]
    assert sorted(row.case.number for row in sample.cases.all()) == draw(population, sample.seed)
    assert sample.cases.filter(department="tech").count() == 2


def test_a_second_draw_of_a_month_takes_other_cases(company):
    closed("P-COMPLAINT", 15)

    for _ in range(2):
        sampling.audit_sample({"scheduled_at": FIRST.isoformat()})

    assert list(AuditSample.objects.values_list("draw", "population")) == [(2, 13), (1, 15)]
    assert SampledCase.objects.values("case").distinct().count() == 4


def test_auditors_read_what_was_drawn_and_add_nothing(company, auditor, monkeypatch):
    monkeypatch.setattr(catalogue, "overseen_keys", lambda _person: [])
    drawn, other = closed("P-COMPLAINT", 1)[0], closed("P-COMPLAINT", 1, MONDAY - timedelta(days=40))[0]

    sampling.audit_sample({"scheduled_at": FIRST.isoformat()})

    assert rights.may_see_case(auditor, drawn.pk)
    assert not rights.may_see_case(auditor, other.pk)
    assert operations.comment(drawn.pk, auditor, "看过").code == "reads_only"
    assert not rights.may_see_case(member("department:legal"), drawn.pk)


def test_a_sample_among_many_cases_is_drawn_in_two_seconds(company):
    version = catalogue.version_in_force("P-NEW").pk
    with connection.cursor() as cursor:
        cursor.execute(MANY, [version, MONDAY - timedelta(days=300), MONDAY, 200_000])
        cursor.execute("ANALYZE cases_case")
    month = MONDAY.replace(day=1, hour=0, minute=0)

    began = time.process_time()
    sample = sampling.draw_month(month, FIRST, "seed")
    spent = time.process_time() - began

    assert sample.population > 20_000
    assert 0 <= sample.cases.count() * 10 - sample.population < 20
    assert spent < 10  # of the processor, because the machine may be busy; a test holds it to its order only
