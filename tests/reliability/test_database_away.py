"""PostgreSQL ends again and again while twenty programs work: they are asked for patience, and nothing is lost.

SHULI_MINUTES says for how long (5 in the nightly run, 30 before a release), SHULI_SEED plays the same moments again.
"""

import os
import random
import shutil
import signal
import time

import pytest

from conftest import BUILD
from reliability.load import SEED, all_of, at_work, check_everything, told
from reliability.served import Served, crowdedness
from shuli.server.postgres import postmaster

MINUTES = float(os.environ.get("SHULI_MINUTES", "5"))
SECONDS_TO_RECOVER = 5
# As an administrator stops it, as one in a hurry does, and as nobody should.
ENDS = (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL)


@pytest.fixture
def served():
    data = BUILD / f"away-{os.getpid()}"
    made = Served(data)
    yield made
    made.end()
    shutil.rmtree(data, ignore_errors=True)
    made.output.unlink(missing_ok=True)


def end_postgres(served, number):
    """End PostgreSQL; return after how many seconds another one runs and the server is ready again."""
    cluster = served.data / "postgres" / "cluster"
    ended = postmaster.postmaster_of(cluster)
    os.kill(ended, number)
    began = time.monotonic()
    while postmaster.postmaster_of(cluster) in {None, ended} or not served.is_ready():
        assert time.monotonic() - began < 60 * crowdedness(), served.log()
        time.sleep(0.05)
    return time.monotonic() - began


def stop_again_and_again(served, minutes):
    dice = random.Random(SEED)
    served.start()
    seconds = []
    with at_work(served, dice) as programs:
        until = time.monotonic() + 60 * minutes
        while time.monotonic() < until:
            time.sleep(dice.uniform(5, 20))
            seconds.append(end_postgres(served, dice.choice(ENDS)) / crowdedness())
        time.sleep(1)
    return programs, seconds


def check(served, programs, seconds):
    answers = told(programs)
    story = f"SHULI_SEED={SEED}, {len(seconds)} stops, ready after {max(seconds):.1f} s at most, answers {dict(answers)}"
    print(story)  # noqa: T201 -- the figures of docs/reliability.md

    assert len(all_of(programs, "ok")) > 20 * len(seconds), story
    assert set(answers) == {200, 503}, story
    assert sum(program.impatient for program in programs) == 0, "a 503 without Retry-After"
    assert max(seconds) <= SECONDS_TO_RECOVER, story
    check_everything(served, programs)


def test_while_postgres_ends_again_and_again_nothing_is_lost_and_patience_is_asked_for(served):
    programs, seconds = stop_again_and_again(served, 0.4)

    check(served, programs, seconds)


@pytest.mark.nightly
def test_while_postgres_ends_for_minutes_nothing_is_lost(served):
    programs, seconds = stop_again_and_again(served, MINUTES)

    check(served, programs, seconds)
