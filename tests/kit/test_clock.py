"""The clock of a demo moves for everybody, forward only."""

from datetime import UTC, datetime, timedelta

import pytest

from shuli.kit import clock

NOON = datetime(2026, 9, 20, 4, 0, tzinfo=UTC)


def test_a_frozen_clock_stands_until_it_is_moved():
    with clock.frozen(NOON):
        clock.advance(hours=2)

        assert clock.now() == NOON + timedelta(hours=2)


def test_a_frozen_clock_does_not_go_back():
    with clock.frozen(NOON), pytest.raises(clock.ClockRunsForwardError, match="Expected a moment after"):
        clock.move_to(NOON - timedelta(seconds=1))


def test_the_clock_of_a_real_installation_is_fixed(settings):
    settings.SHULI_MOVABLE_CLOCK = False

    with pytest.raises(clock.ClockIsFixedError):
        clock.advance(days=1)


@pytest.mark.django_db
def test_a_moved_clock_goes_on_from_where_it_was_moved():
    target = datetime.now(UTC) + timedelta(days=3)

    clock.move_to(target)

    assert target <= clock.now() < target + timedelta(seconds=5)


@pytest.mark.django_db
def test_a_request_reads_the_offset_once(django_assert_num_queries):
    clock.advance(hours=1)

    with django_assert_num_queries(1), clock.one_reading():
        assert clock.now() <= clock.now()
        assert clock.offset() >= timedelta(hours=1)


@pytest.mark.django_db
def test_a_real_installation_asks_the_database_nothing(settings, django_assert_num_queries):
    settings.SHULI_MOVABLE_CLOCK = False

    with django_assert_num_queries(0):
        assert clock.now() - datetime.now(UTC) < timedelta(seconds=1)
