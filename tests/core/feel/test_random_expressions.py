"""Whatever is written, an expression gives a value or an ExpressionError, within its time and its room.

2,000 expressions in every run, 200,000 with `-m nightly`; SHULI_SEED plays others.
"""

import os
import random
import time
import tracemalloc

import pytest

from shuli.core.feel import ExpressionError, compile_expression, feel_text
from shuli.core.feel.functions.table import BUILTINS

SEED = int(os.environ.get("SHULI_SEED", "0"))
EVERY_RUN, AT_NIGHT, PARTS = 2_000, 200_000, 10
CONTEXT = {"a": 12, "b": "市场部", "列": [1, 2, 3], "c": {"d": 5, "e": [{"f": 1}, {"f": 2}]}}
ATOMS = ("1", "0.5", "-3", '"x"', '"市场部"', "true", "null", "a", "b", "列", "c.d", "c.e", "missing", "[]", "{}",
         'date("2026-03-01")', 'duration("P1D")', "[1..5]", "1e30", '"' + "y" * 200 + '"')  # fmt: skip
BINARY = ("+", "-", "*", "/", "**", "=", "!=", "<", ">=", "and", "or", "in")
SCRAPS = (
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    "..",
    ".",
    "if",
    "then",
    "for",
    "return",
    "@",
    "?",
    "＞",
    "\\",
    "\x00",
    "😀",
)
NAMES = tuple(BUILTINS)
# The plainest expression that uses up its whole budget: below 50 ms on an idle machine (script/bench feel).
# Others may take twice as long, whatever else the machine does meanwhile.
YARDSTICK = "for i in 1..100000 return missing"
MOST = 2.5
ROOM = 20 * 1024 * 1024


def expression(chance, depth=0):
    """Return the text of a random expression; one in twelve is broken."""
    if depth > 5 or chance.random() < 0.25:
        return chance.choice(ATOMS)
    made = chance.choice(MAKERS)(chance, depth + 1)
    if chance.random() < 0.08:
        at = chance.randrange(len(made) + 1)
        made = made[:at] + chance.choice(SCRAPS) + made[at:]
    return made


def call(chance, depth):
    given = ", ".join(expression(chance, depth) for _ in range(chance.randrange(4)))
    return f"{chance.choice(NAMES)}({given})"


MAKERS = (
    lambda c, d: f"{expression(c, d)} {c.choice(BINARY)} {expression(c, d)}",
    lambda c, d: f"if {expression(c, d)} then {expression(c, d)} else {expression(c, d)}",
    lambda c, d: f"for i in {expression(c, d)} return {expression(c, d)}",
    lambda c, d: f"some i in {expression(c, d)} satisfies {expression(c, d)}",
    lambda c, d: f"{expression(c, d)}[{expression(c, d)}]",
    lambda c, d: f"{{x: {expression(c, d)}, y: x}}.y",
    lambda c, d: f"for i in 1..{c.choice((3, 400, 100000))} return {expression(c, d)}",
    lambda c, d: f"(function(f) f(f))(function(f) {expression(c, d)})",
    call,
    call,
)


def outcome(source):
    try:
        return feel_text(compile_expression(source, tuple(CONTEXT)).evaluate(CONTEXT))
    except ExpressionError as error:
        return error


def cost(source):
    """Return the processor time of an expression, the least of three, as others disturb it."""
    times = []
    for _ in range(3):
        begun = time.process_time()
        outcome(source)
        times.append(time.process_time() - begun)
    return min(times)


def slowest_of(count, chance):
    """Evaluate as many random expressions; return the one that took longest."""
    slowest, most = "", 0.0
    for _ in range(count):
        source = expression(chance)
        begun = time.process_time()
        found = outcome(source)
        spent = time.process_time() - begun
        assert isinstance(found, str | ExpressionError), source
        slowest, most = (source, spent) if spent > most else (slowest, most)
    return slowest


def most_room(count, chance):
    """Return the most bytes that one of as many random expressions takes beyond what was there, and which one."""
    most, greediest = 0, ""
    tracemalloc.start()
    try:
        for _ in range(count):
            source = expression(chance)
            tracemalloc.reset_peak()
            before = tracemalloc.get_traced_memory()[0]
            outcome(source)
            taken = tracemalloc.get_traced_memory()[1] - before
            most, greediest = (taken, source) if taken > most else (most, greediest)
    finally:
        tracemalloc.stop()
    return most, greediest


@pytest.mark.parametrize("part", range(PARTS))
def test_a_random_expression_gives_a_value_or_says_why_not(part):
    slowest = slowest_of(EVERY_RUN // PARTS, random.Random(SEED + part))

    assert cost(slowest) < MOST * cost(YARDSTICK), slowest


@pytest.mark.nightly
@pytest.mark.parametrize("part", range(PARTS))
def test_none_of_200_000_random_expressions_goes_over_its_time(part, record_property):
    slowest = slowest_of(AT_NIGHT // PARTS, random.Random(SEED + 1_000 + part))
    spent = cost(slowest)
    record_property("milliseconds", round(spent * 1_000, 1))

    assert spent < MOST * cost(YARDSTICK), slowest


@pytest.mark.parametrize(
    "count", [EVERY_RUN // PARTS, pytest.param(AT_NIGHT // PARTS, marks=pytest.mark.nightly)]
)
def test_no_random_expression_takes_more_room_than_it_may(count, record_property):
    most, greediest = most_room(count, random.Random(SEED + 99))
    record_property("bytes", most)

    assert most < ROOM, greediest
