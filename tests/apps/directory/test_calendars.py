"""Working calendars: China's days, own days, inheritance, and that every edit is seen at once."""

import json
import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import transaction

from shuli.apps.directory import operations, queries
from shuli.apps.directory.models import Calendar, CalendarDay, Department
from shuli.apps.directory.working_time import china_years, ensure_company_calendar
from shuli.core.worktime import STANDARD_DAY, add_working_days, spans_on, year_is_covered
from shuli.kit.errors import Refusal

pytestmark = pytest.mark.usefixtures("company")

DATA = Path(__file__).parents[3] / os.environ.get("SHULI_TEST_DATA", "../shared/data")


def test_imported_days_agree_with_the_published_data():
    path = DATA / "analytic" / "cn_workdays_2024_2026.json"
    if not path.exists():
        pytest.skip(
            f"Expected the public test data at {path} but found none. Set SHULI_TEST_DATA to its folder."
        )
    calendar = queries.calendar_for(None)

    for year, facts in json.loads(path.read_text()).items():
        days = [
            date.fromordinal(n)
            for n in range(date(int(year), 1, 1).toordinal(), date(int(year) + 1, 1, 1).toordinal())
        ]
        working = [day for day in days if spans_on(calendar, day)]
        assert len(working) == facts["working_days"], year
        assert {day.isoformat() for day in working if day.weekday() > 4} == set(
            facts["makeup_workdays_on_weekend"]
        )


def test_a_make_up_saturday_is_worked_and_a_holiday_is_not():
    calendar = queries.calendar_for("service")

    assert spans_on(calendar, date(2026, 10, 10)) == STANDARD_DAY
    assert spans_on(calendar, date(2026, 10, 1)) == ()


def test_all_years_that_are_known_are_covered_and_the_next_is_not():
    calendar = queries.calendar_for(None)

    assert all(year_is_covered(calendar, year) for year in china_years())
    assert not year_is_covered(calendar, max(china_years()) + 1)


def test_importing_again_keeps_what_people_entered(administrator):
    operations.set_day(administrator, "company", date(2026, 10, 1), "make_up", words="值班")
    before = CalendarDay.objects.count()

    operations.import_china_calendar(administrator)

    assert CalendarDay.objects.count() == before
    assert CalendarDay.objects.get(date="2026-10-01", calendar__code="company").note == "值班"


def test_a_calendar_takes_over_holidays_and_has_its_own_hours():
    plant = queries.calendar_for("production")

    assert spans_on(plant, date(2026, 11, 14)) == ((480, 720), (780, 1020))
    assert spans_on(plant, date(2026, 10, 1)) == ()
    assert spans_on(plant, date(2026, 10, 10)) == ((480, 720), (780, 1020))


def test_a_section_works_by_the_calendar_of_its_department():
    assert queries.calendar_for("quality") is queries.calendar_for("production")
    assert queries.calendar_for("service") is queries.calendar_for(None)


def test_an_edit_is_seen_at_once_and_a_rolled_back_one_never(administrator):
    wednesday = datetime(2026, 11, 11, 2, tzinfo=UTC)
    before = add_working_days(queries.calendar_for(None), wednesday, 3)

    with transaction.atomic():
        operations.set_day(administrator, "company", date(2026, 11, 12), "holiday")
        within = add_working_days(queries.calendar_for(None), wednesday, 3)
        transaction.set_rollback(True)

    assert within > before
    assert add_working_days(queries.calendar_for(None), wednesday, 3) == before


def test_an_edit_by_sql_is_seen_too():
    CalendarDay.objects.filter(calendar__code="company", date="2026-10-10").delete()

    assert spans_on(queries.calendar_for(None), date(2026, 10, 10)) == ()


def test_a_department_gets_another_calendar_for_itself_and_its_parts(administrator):
    operations.use_calendar(administrator, "production", "")

    assert queries.calendar_for("quality") is queries.calendar_for(None)
    assert isinstance(operations.use_calendar(administrator, "production", "moon"), Refusal)


@pytest.mark.parametrize(
    ("zone", "week", "code"),
    [
        ("Mars/Olympus", (STANDARD_DAY,) * 7, "zone_unknown"),
        ("Asia/Shanghai", ((),) * 7, "never_open"),
        ("Asia/Shanghai", (((720, 540),),) + ((),) * 6, "hours_unusable"),
        ("Asia/Shanghai", (((540, 1500),),) + ((),) * 6, "hours_unusable"),
    ],
)
def test_hours_that_make_no_calendar_are_refused(administrator, zone, week, code):
    answer = operations.save_calendar(administrator, "company", name="x", name_en="", zone=zone, week=week)

    assert isinstance(answer, Refusal)
    assert answer.code == code
    assert queries.calendar_for(None).zone == "Asia/Shanghai"


def test_a_second_company_calendar_cannot_exist(administrator):
    operations.save_calendar(
        administrator, "second", name="二", name_en="", zone="UTC", week=(STANDARD_DAY,) * 7, is_new=True
    )

    assert Calendar.objects.get(code="second").scope == Calendar.Scope.DEPARTMENT
    assert Calendar.objects.filter(scope="company").count() == 1


def test_without_any_calendar_the_standard_week_counts():
    Department.objects.update(calendar=None)
    CalendarDay.objects.all().delete()
    Calendar.objects.exclude(follows=None).delete()
    Calendar.objects.all().delete()

    assert spans_on(queries.calendar_for("service"), date(2026, 11, 11)) == STANDARD_DAY
    assert ensure_company_calendar().code == "company"
    assert spans_on(queries.calendar_for(None), date(2026, 10, 1)) == ()
