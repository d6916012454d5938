"""Numbers by a pattern: TS{yyyymmdd}{seq}, NB{yyyy}{seq}, PRJ{yyyy}{nnn}.

The counter's row is locked until the caller's transaction ends: a rolled-back case gives its number back, so a
series has neither gaps nor doubles. Cases of one process are therefore begun one after another.
"""

from datetime import datetime

from django.db import connection
from django.utils import timezone

from shuli.core.forms.numbering import format_number, number_scope, pattern_problem
from shuli.kit.failpoints import failpoint

# Of one day there are few, of one year many: TS20261110004 but NB20260021.
DIGITS_WITHIN_A_DAY, DIGITS_OTHERWISE = 3, 4

# The first of a period waits for another first one at the unique constraint, the later ones at the row.
TAKE_NEXT = """
    INSERT INTO documents_numberseries AS counter (series, period, last) VALUES (%s, %s, %s)
    ON CONFLICT (series, period) DO UPDATE SET last = counter.last + excluded.last
    RETURNING last
"""


class NumberPatternError(ValueError):
    """A pattern cannot number anything."""


class NoTransactionError(RuntimeError):
    """A number was asked for outside a transaction, so a failure could not give it back."""


def issue_number(pattern: str, now: datetime, series: str) -> str:
    """Take the next number of a series, within the caller's transaction."""
    return issue_numbers(pattern, now, series, 1)[0]


def issue_numbers(pattern: str, now: datetime, series: str, count: int) -> list[str]:
    """Take the next numbers of a series, one after the other, within the caller's transaction.

    Raises NumberPatternError for a pattern that `core.forms` would refuse, NoTransactionError outside atomic().
    """
    if problem := pattern_problem(pattern):
        raise NumberPatternError(
            f"Expected dates and one sequence, such as TS{{yyyymmdd}}{{seq}}, but found {pattern!r} ({problem})."
        )
    if not connection.in_atomic_block:
        raise NoTransactionError(
            "Expected an open transaction but found none. Call issue_numbers within atomic()."
        )
    day, whole = timezone.localdate(now), with_width(pattern)
    with connection.cursor() as cursor:
        cursor.execute(TAKE_NEXT, [series, number_scope(whole, day), count])
        (last,) = cursor.fetchone()
    failpoint("number.taken")
    return [format_number(whole, day, sequence) for sequence in range(last - count + 1, last + 1)]


def with_width(pattern: str) -> str:
    """Say how many digits {seq} has at least: three where the pattern counts within a day, else four."""
    digits = DIGITS_WITHIN_A_DAY if "dd}" in pattern else DIGITS_OTHERWISE
    return pattern.replace("{seq}", "{" + "n" * digits + "}")
