"""The server is killed while twenty programs work over REST: what it acknowledged is there, once."""

import os
import random
import shutil
import time

import pytest

from conftest import BUILD
from reliability.load import SEED, all_of, at_work, check_everything, told
from reliability.served import Served, crowdedness

SECONDS_TO_BE_READY = 10


@pytest.fixture
def served():
    data = BUILD / f"kills-{os.getpid()}"
    made = Served(data)
    yield made
    made.end()
    shutil.rmtree(data, ignore_errors=True)
    made.output.unlink(missing_ok=True)


def kill_again_and_again(served, times):
    """Return the programs with their histories, and how long each start took."""
    dice = random.Random(SEED)
    served.start()
    seconds = []
    with at_work(served, dice) as programs:
        for number in range(times):
            time.sleep(dice.uniform(0.5, 3.0))
            served.kill(postgres=number % 2 == 1)
            seconds.append(served.start() / crowdedness())
        time.sleep(1)
    return programs, seconds


def check(served, programs, seconds, times):
    found = told(programs)
    story = f"SHULI_SEED={SEED}, ready after {[round(one, 1) for one in seconds]} s, answers {dict(found)}"
    print(story)  # noqa: T201 -- the figures of docs/reliability.md

    assert len(all_of(programs, "ok")) > 10 * times, story
    assert found[0] > 0, f"no command was hit: {story}"
    assert set(found) <= {0, 200, 503}, story
    # What is stored first: a start that came late must not hide whether anything was lost.
    check_everything(served, programs)
    assert max(seconds) <= SECONDS_TO_BE_READY, story


def test_five_kills_lose_nothing_and_double_nothing(served):
    programs, seconds = kill_again_and_again(served, 5)

    check(served, programs, seconds, 5)


@pytest.mark.nightly
def test_a_hundred_kills_lose_nothing_and_double_nothing(served):
    programs, seconds = kill_again_and_again(served, 100)

    check(served, programs, seconds, 100)
