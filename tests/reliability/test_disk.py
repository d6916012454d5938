"""A disk that is full, and one that fails: what was acknowledged is there, and the server recovers by itself."""

import os
import random
import shutil
import subprocess
import time
from contextlib import contextmanager, suppress
from functools import cache

import pytest

from conftest import BUILD
from reliability.load import SEED, all_of, at_work, check_everything, told
from reliability.served import Served, crowdedness
from shuli.kit import limits
from shuli.server.postgres import postmaster

ACKNOWLEDGED = 400
DISK_MB = 900
SECONDS_TO_BE_WELL = 30

pytestmark = pytest.mark.nightly


@cache
def why_no_disk():
    """Return why no small disk can be made here, or nothing."""
    folder = BUILD / f"probe-{os.getpid()}"
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "none", folder], check=False, capture_output=True
    )
    if done.returncode == 0:
        subprocess.run(["umount", folder], check=True)
    folder.rmdir()
    return done.stderr.decode().strip()


@pytest.fixture
def small_disk():
    folder = BUILD / f"disk-{os.getpid()}"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "none", folder], check=True)
    made = Served(folder / "data")
    made.output = BUILD / f"disk-{os.getpid()}.log"  # who writes down that the disk is full needs room for it
    yield made
    made.end()
    subprocess.run(["umount", "-l", folder], check=True)
    folder.rmdir()
    made.output.unlink(missing_ok=True)


@pytest.fixture
def served():
    data = BUILD / f"failing-{os.getpid()}"
    made = Served(data)
    yield made
    made.end()
    shutil.rmtree(data, ignore_errors=True)
    made.output.unlink(missing_ok=True)


@contextmanager
def full(served):
    """Leave no room on the disk while the block runs."""
    ballast = served.data.parent / "ballast"
    with ballast.open("wb") as file:
        while (free := shutil.disk_usage(served.data.parent).free) > 64 * limits.KB:
            with suppress(OSError):  # others took some of it meanwhile
                os.posix_fallocate(file.fileno(), 0, file.seek(0, os.SEEK_END) + free - 64 * limits.KB)
    yield
    ballast.unlink()


def seconds_until_ready(served):
    began = time.monotonic()
    while not served.is_ready():
        assert time.monotonic() - began < 120, why_not(served)
        time.sleep(0.1)
    return (time.monotonic() - began) / crowdedness()


def why_not(served):
    """Return why the server is not ready: PostgreSQL's words, and what it wrote down itself."""
    postgres = (served.data / "postgres" / "postgres.log").read_text(encoding="utf-8", errors="replace")
    return f"{postgres[-3000:]}\n{failures(served)}\n{served.log()}"


def failures(served):
    """Return what the server wrote down of the answers that say that something is broken."""
    lines = served.output.read_text(encoding="utf-8", errors="replace").splitlines()
    wrong = [line for line in lines if '"level": "error"' in line and '"status_code": 503' not in line]
    wrong.sort(key=lambda line: '"endpoint failed"' not in line)  # what the answer 500 came from
    return "\n".join(line[:5000] for line in wrong[:5])


def check(served, programs, seconds):
    answers = told(programs)
    done = len(all_of(programs, "ok"))
    story = f"SHULI_SEED={SEED}, {done} acknowledged, well again after {[round(s, 1) for s in seconds]} s, answers {dict(answers)}"
    print(story)  # noqa: T201 -- the figures of docs/reliability.md

    assert done >= ACKNOWLEDGED, story
    assert answers[503] > 0, f"nothing failed: {story}"
    assert set(answers) <= {0, 200, 503}, f"{story}\n{failures(served)}"
    assert max(seconds) <= SECONDS_TO_BE_WELL, story
    check_everything(served, programs)


@pytest.mark.skipif(bool(why_no_disk()), reason=why_no_disk() or "possible")
def test_what_was_acknowledged_is_there_after_the_disk_was_full(small_disk):
    dice, seconds = random.Random(SEED), []
    small_disk.start()
    with at_work(small_disk, dice) as programs:
        while len(seconds) < 3 or len(all_of(programs, "ok")) < ACKNOWLEDGED:
            time.sleep(dice.uniform(4, 8))
            with full(small_disk):
                time.sleep(dice.uniform(4, 8))
                assert not small_disk.is_ready(), "a full disk must show"
            seconds.append(seconds_until_ready(small_disk))

    check(small_disk, programs, seconds)


@contextmanager
def failing(served, call, error):
    """Let every fifth of PostgreSQL's calls fail while the block runs."""
    found = postmaster.processes_of(served.data / "postgres" / "cluster")
    words = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}"]
    tracer = subprocess.Popen(
        [*words, "-e", f"inject={call}:error={error}:when=5+5", *(f"-p{pid}" for pid in found)],
        stderr=subprocess.DEVNULL,
    )
    yield
    tracer.terminate()
    tracer.wait(20)


@pytest.mark.skipif(shutil.which("strace") is None, reason="the program strace is not installed")
@pytest.mark.parametrize(
    ("call", "error"), [("fdatasync", "EIO"), ("pwrite64", "EIO"), ("pwrite64", "ENOSPC")]
)
def test_what_was_acknowledged_is_there_after_the_disk_failed(served, call, error):
    dice, seconds = random.Random(SEED), []
    served.start()
    with at_work(served, dice) as programs:
        while len(seconds) < 3 or len(all_of(programs, "ok")) < ACKNOWLEDGED:
            time.sleep(dice.uniform(4, 8))
            with failing(served, call, error):
                time.sleep(3)
            seconds.append(seconds_until_ready(served))

    check(served, programs, seconds)
