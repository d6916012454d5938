"""Own indicators are counted from the records: each visit and case once, a changed definition anew."""

import random
from datetime import timedelta
from fractions import Fraction

import pytest

from apps.cases.conftest import MONDAY
from apps.monitoring.conftest import start, step
from apps.monitoring.recount import ZONE
from shuli.apps.cases.models import Case, Visit
from shuli.apps.directory import queries as directory
from shuli.apps.monitoring.own import counting, figures
from shuli.apps.monitoring.own.models import OwnDayCount, OwnIndicator
from shuli.apps.monitoring.periods import Period
from shuli.apps.monitoring.queries import EVERYTHING
from shuli.kit import clock

pytestmark = pytest.mark.django_db


def value(row, played, by=(), **narrowed):
    period = Period(kind="day", first=MONDAY.astimezone(ZONE).date(), last=played.astimezone(ZONE).date())
    found = figures.own_sums(EVERYTHING, period, by, process_key="P-PURCHASE", **narrowed)
    shown = figures.indicator(row)
    return {place: shown.value(sums) for place, sums in found.items()}


def visits():
    return [one for one in Visit.objects.exclude(closed_at=None) if one.outcome != "cancelled"]


def test_the_mean_of_a_duration_is_that_of_the_visits(define, played):
    found = value(define(), played)

    seconds = [one.waiting_seconds for one in visits()]
    assert found[()] == Fraction(sum(seconds), len(seconds))


def test_a_share_is_found_by_step_and_what_has_no_date_is_not_counted(define, played):
    row = define(source='on_time and waiting < duration("PT4H")', together="share", unit="share")

    for (node,), share in value(row, played, ("node",)).items():
        own = [one for one in visits() if one.node == node]
        fits = [one.closed_at <= one.due_at and one.waiting_seconds < 14_400 for one in own if one.due_at]
        fits += [False for one in own if not one.due_at and one.waiting_seconds >= 14_400]
        assert share == (Fraction(sum(fits), len(fits)) if fits else None)


def test_form_fields_of_a_case_are_read_as_they_stood_when_it_ended(define, played):
    row = define(grain="case", source="amount", together="sum", unit="money")

    ended = Case.objects.exclude(ended_at=None)
    written = [float(case.form_records.get(form_key="request").answers["amount"]) for case in ended]
    assert value(row, played)[()] == sum(written)
    assert len(written) > 1


def test_an_expression_that_reads_where_the_performer_sits_finds_it(define, people, played):
    somebody_elses = Visit.objects.filter(department="finance").exclude(closed_at=None).first()
    Visit.objects.filter(pk=somebody_elses.pk).update(person=people["tech"])
    row = define(source='performer_department = "finance"', together="count", unit="number")

    sits = [directory.main_department(one.person) or one.department for one in visits()]
    assert value(row, played)[()] == sits.count("finance")
    assert sits.count("finance") < sum(one.department == "finance" for one in visits())


def test_a_changed_definition_is_counted_from_the_records_and_a_changed_name_is_not(define, played):
    row = define(together="sum")
    before = set(OwnDayCount.objects.values_list("pk", flat=True))
    define(row, name="等待时长", together="sum")
    assert set(OwnDayCount.objects.values_list("pk", flat=True)) == before

    changed = define(row, source="handling + waiting", together="sum")

    assert not before & set(OwnDayCount.objects.values_list("pk", flat=True))
    assert value(changed, played)[()] == sum(one.waiting_seconds + one.handling_seconds for one in visits())


def test_a_day_that_is_as_it_was_is_left_alone_and_a_new_visit_is_counted(define, people, played):
    row = define(source="true", together="count", unit="number")
    before = set(OwnDayCount.objects.values_list("pk", flat=True))
    with clock.frozen(played):
        counting.count_up()
    assert set(OwnDayCount.objects.values_list("pk", flat=True)) == before

    with clock.frozen(played + timedelta(minutes=5)):
        start(people, 99)
        counting.count_up()

    assert value(OwnIndicator.objects.get(pk=row.pk), played)[()] == len(visits())


def test_counting_little_by_little_gives_what_counting_at_once_gives(define, people, played):
    row = define(source="waiting + handling", together="sum", unit="days")
    now, chance = played, random.Random(3)
    for _ in range(12):
        now += timedelta(hours=5)
        with clock.frozen(now):
            step(people, chance)
            counting.count_up()
    kept = sorted(OwnDayCount.objects.values_list("day", "node", "department", "known", "unknown", "total"))

    with clock.frozen(now):
        fresh = OwnIndicator.objects.get(pk=row.pk)
        counting.begin_anew(fresh)
        fresh.save()
        counting.count_all()

    assert (
        sorted(OwnDayCount.objects.values_list("day", "node", "department", "known", "unknown", "total"))
        == kept
    )
