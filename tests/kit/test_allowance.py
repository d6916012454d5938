"""So many requests a minute, for each person alone."""

from datetime import UTC, datetime, timedelta

from shuli.kit.allowance import Allowance

NOON = datetime(2026, 11, 16, 4, 0, tzinfo=UTC)


def test_whoever_has_used_up_the_minute_waits_and_others_do_not():
    allowance = Allowance(per_minute=2)

    assert [allowance.take("ann", NOON) for _ in range(3)] == [True, True, False]
    assert allowance.take("bob", NOON)


def test_the_bucket_fills_evenly():
    allowance = Allowance(per_minute=2)
    for _ in range(3):
        allowance.take("ann", NOON)

    later = NOON + timedelta(seconds=30)

    assert [allowance.take("ann", later) for _ in range(2)] == [True, False]
