"""Issued numbers have neither gaps nor doubles, whoever asks at once and whatever is rolled back."""

import random
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connections, transaction

from shuli.apps.documents.models import NumberSeries
from shuli.apps.documents.numbering import NoTransactionError, NumberPatternError, with_width
from shuli.apps.documents.operations import issue_number

NOON = datetime(2026, 11, 10, 4, 0, tzinfo=UTC)
COMPLAINT, BUSINESS, PROJECT = "TS{yyyymmdd}{seq}", "NB{yyyy}{seq}", "PRJ{yyyy}{nnn}"


def issue(pattern=COMPLAINT, at=NOON, series="P"):
    with transaction.atomic():
        return issue_number(pattern, at, series)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        (COMPLAINT, "TS20261110004"),
        (BUSINESS, "NB20260004"),
        (PROJECT, "PRJ2026004"),
        ("Q{yy}{mm}{seq}", "Q26110004"),
    ],
)
def test_the_fourth_number_looks_as_the_handbooks_write_it(pattern, number):
    found = [issue(pattern) for _ in range(4)]

    assert found[-1] == number


@pytest.mark.django_db
def test_the_day_is_that_of_the_company_not_of_greenwich():
    evening = datetime(2026, 11, 10, 16, 30, tzinfo=UTC)

    assert issue(at=evening) == "TS20261111001"


@pytest.mark.django_db
def test_a_new_period_and_another_series_begin_at_one():
    issue()

    assert issue(at=datetime(2026, 11, 11, 4, tzinfo=UTC)) == "TS20261111001"
    assert issue(series="Q") == "TS20261110001"
    assert issue(BUSINESS, datetime(2027, 1, 1, 4, tzinfo=UTC)) == "NB20270001"


@pytest.mark.django_db
def test_the_width_is_the_least_and_grows():
    NumberSeries.objects.create(series="P", period="TS20261110{}", last=999)

    assert issue() == "TS202611101000"


@pytest.mark.django_db
def test_a_rolled_back_number_is_given_again():
    with transaction.atomic():
        lost = issue_number(COMPLAINT, NOON, "P")
        transaction.set_rollback(True)

    assert issue() == lost


@pytest.mark.django_db(transaction=True)
def test_a_number_without_a_transaction_is_our_mistake():
    with pytest.raises(NoTransactionError):
        issue_number(COMPLAINT, NOON, "P")


@pytest.mark.django_db
@pytest.mark.parametrize("pattern", ["TS", "TS{seq}{seq}", "TS{year}{seq}", "TS{seq", ""])
def test_a_pattern_that_cannot_number_is_our_mistake(pattern):
    with pytest.raises(NumberPatternError):
        issue(pattern)


def test_a_pattern_says_its_own_width():
    assert with_width("A{yyyy}{nnnnn}") == "A{yyyy}{nnnnn}"
    assert with_width(COMPLAINT) == "TS{yyyymmdd}{nnn}"
    assert with_width("X{yyyy}{mm}{dd}-{seq}").endswith("-{nnn}")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_of_many_at_once_with_failures_no_number_is_missing_or_double(seed):
    chance = random.Random(seed)
    fates = [chance.random() < 0.4 for _ in range(120)]

    def take(fails):
        try:
            with transaction.atomic():
                number = issue_number(COMPLAINT, NOON, "P")
                if fails:
                    transaction.set_rollback(True)
            return None if fails else number
        finally:
            connections.close_all()

    with ThreadPoolExecutor(12) as pool:
        kept = [number for number in pool.map(take, fates) if number]

    sequence = sorted(int(re.sub(r"^TS\d{8}", "", number)) for number in kept)
    assert sequence == list(range(1, fates.count(False) + 1))
    assert NumberSeries.objects.get().last == len(sequence)
