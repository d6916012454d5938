"""A small year of the example company: whole, repeatable, at hours at which people work."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from apps.monitoring.recount import differences
from shuli.apps.cases.audit_chain import Audited, verify_audit
from shuli.apps.cases.verification import verify_state
from shuli.apps.directory import queries as directory
from shuli.apps.monitoring import counting
from shuli.apps.monitoring.counting import SUMS
from shuli.apps.monitoring.periods import Period
from shuli.apps.monitoring.queries import EVERYTHING, sums_of
from shuli.core.worktime import is_open
from shuli.kit import clock
from shuli.server.commands.demo import load_a_year_ago
from shuli.server.year.loading import load_year

pytestmark = pytest.mark.django_db

LAST = datetime(2026, 11, 20, 10, tzinfo=UTC)
CASES = 16
OF_OTHERS = {"violations", "documents_due", "documents_there", "partner_rated", "partner_points"}


@pytest.fixture
def company(shipped_rows):
    assert load_a_year_ago(LAST) == []


def asked(question):
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall()


def test_nothing_is_wrong_with_any_case_of_the_year(company):
    loaded = load_year(CASES, 3, LAST)

    assert loaded.cases >= CASES - 5
    with clock.frozen(LAST):
        assert list(verify_state()) == []
    audited = Audited()
    assert list(verify_audit(audited)) == []
    assert audited.events == loaded.events


def test_the_same_seed_plays_the_same_year(company):
    said = "SELECT c.number, e.seq, e.at, e.type, e.actor FROM cases_event e JOIN cases_case c ON c.id = e.case_id ORDER BY 1, 2"
    found = []
    for seed in (5, 5, 6):
        with transaction.atomic():
            load_year(CASES, seed, LAST)
            found.append(asked(said))
            transaction.set_rollback(True)

    assert found[0] == found[1]
    assert found[0] != found[2]


def test_people_work_when_they_are_at_work(company):
    load_year(CASES, 3, LAST)

    done = asked("SELECT at, actor FROM cases_event WHERE type = 'TaskClaimed'")
    assert len(done) > CASES
    calendars = {
        person: directory.calendar_for(directory.main_department(person), person) for _, person in done
    }
    assert all(is_open(calendars[person], at) for at, person in done)


def test_forms_are_kept_with_what_searches_find(company):
    load_year(CASES, 3, LAST)

    assert asked("SELECT count(*) > 40 FROM cases_formrecord") == [(True,)]
    assert asked("SELECT count(*) > 8 FROM cases_searchfield") == [(True,)]
    assert asked("SELECT count(*) FROM cases_formrecord WHERE answers::text LIKE '%速达物流%'")[0][0] > 0


def test_every_figure_of_the_year_equals_a_recomputation_from_the_raw_events(company):
    loaded = load_year(60, 4, LAST)
    with clock.frozen(LAST):
        counting.count_again()

    first, last = (LAST - timedelta(days=400)).date(), LAST.date()
    assert list(differences(first, last, [name for name in SUMS if name not in OF_OTHERS])) == []
    sums = sums_of(EVERYTHING, Period(kind="day", first=first, last=last))
    assert sums["started"] == loaded.cases
    assert {
        name
        for name in ("handling_seconds", "comments", "complaints", "points", "money_cents", "reworked")
        if not sums[name]
    } == set()
