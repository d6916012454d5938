"""Plant one bug in a copy of the program and run the few tests that have to notice it."""

import argparse
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NoReturn

import hypothesis  # noqa: F401 — loaded once, for all runs
import msgspec  # noqa: F401
import pytest

from reliability.planted.bugs import BUGS, Bug
from shuli.server.postgres import Durability
from shuli.server.postgres.lease import lease

ROOT = Path(__file__).resolve().parents[3]
COPIED = ("src", "tests", "pyproject.toml", "docs", "requirements", "bench", "script", "frontend")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "node_modules", ".venv", "*.pyc")
SECONDS = 300  # for the tests of one bug, on a busy machine
FAILED = (1, 2)  # pytest's exit status where a test failed, or could not even be read
WORDS = ("-q", "-x", "--no-header", "--tb=no", "-p", "reliability.planted.quickly", "-p", "no:cacheprovider")
PURE = ("--noconftest", "-W", "ignore")
OURS = frozenset({"shuli", "reliability", "core", "conftest"})
CAUGHT_AT_LEAST = 0.95

Verdict = Literal["caught", "survived", "unclear"]


@dataclass(frozen=True, kw_only=True)
class Found:
    bug: Bug
    verdict: Verdict
    seconds: float
    said: str = ""  # what noticed it, or what went wrong


def is_current(bug: Bug) -> bool:
    """Say whether the bug can still be planted: its old text stands in the file exactly once."""
    return (ROOT / "src/shuli" / bug.file).read_text(encoding="utf-8").count(bug.old) == 1


@contextmanager
def copied_program() -> Iterator[Path]:
    """Give a copy of program and tests, whose database is that of the original."""
    with tempfile.TemporaryDirectory(prefix="shuli-planted-") as folder:
        copy = Path(folder)
        for name in COPIED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, copy / name, ignore=LEFT_OUT, symlinks=True)
            elif source.is_file():
                shutil.copy2(source, copy / name)
        (ROOT / "build").mkdir(exist_ok=True)
        (copy / "build").symlink_to(ROOT / "build")
        yield copy


@contextmanager
def database() -> Iterator[dict[str, str]]:
    """Keep one PostgreSQL running for all, and give what tells the tests of it; they get a database of their own in it."""
    with lease(ROOT / "build" / "test-postgres", durability=Durability.NONE) as held:
        # by this number the tests name their database; it is not that of a run that plants bugs itself
        data = os.environ.get("SHULI_TEST_DATA", str(ROOT.parent / "shared/data"))
        yield {"DATABASE_URL": held.url, "SHULI_TEST_RUN": str(os.getppid()), "SHULI_TEST_DATA": data}


@contextmanager
def planted(copy: Path, bug: Bug) -> Iterator[None]:
    """Let the copy have the bug for a while."""
    file = copy / "src/shuli" / bug.file
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace(bug.old, bug.new), encoding="utf-8")
    try:
        yield
    finally:
        file.write_text(good, encoding="utf-8")


def hunt(copy: Path, surroundings: dict[str, str], bug: Bug) -> Found:
    """Run the tests of one bug with the bug in the program."""
    began = time.monotonic()
    with planted(copy, bug):
        status, said = run_tests(copy, surroundings, bug.tests)
    verdict: Verdict = "caught" if status in FAILED else "survived" if status == 0 else "unclear"
    return Found(bug=bug, verdict=verdict, seconds=time.monotonic() - began, said=said)


def run_tests(copy: Path, around: dict[str, str], tests: Iterable[str]) -> tuple[int | None, str]:
    """Return pytest's exit status, None where it took too long, and the line that says most."""
    paths = [f"tests/{one}" for one in tests]
    out = copy / "said.txt"
    child = os.fork()
    if child == 0:
        in_child(copy, around, paths, out)
    status = waited(child)
    lines = [line for line in out.read_text(errors="replace").splitlines() if line.strip()]
    failed = [line for line in lines if line.startswith(("FAILED", "ERROR"))]
    return status, (failed or lines or [""])[-1][:200]


def in_child(copy: Path, around: dict[str, str], paths: list[str], out: Path) -> NoReturn:
    """Be a new run of the tests, over the copy; what is loaded already of other packages need not be loaded again."""
    status = 3
    try:
        with out.open("w") as file:
            os.dup2(file.fileno(), 1)
            os.dup2(file.fileno(), 2)
        os.chdir(copy)
        os.environ.update(around)
        for name in [name for name in sys.modules if name.partition(".")[0] in OURS]:
            del sys.modules[name]
        sys.path[:0] = [str(copy / "src"), str(copy / "tests")]
        # the core needs neither Django nor a database
        pure = [*PURE, "-p", "no:django"] if all(path.startswith("tests/core/") for path in paths) else []
        status = int(pytest.main([*WORDS, *pure, *paths]))
    finally:
        sys.stdout.flush()
        os._exit(status)


def waited(child: int) -> int | None:
    """Return a child's exit status; None, and its end, where it takes too long."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


def report(found: Iterable[Found]) -> str:
    """Return how many were caught, and every one that was not."""
    every = list(found)
    caught = sum(one.verdict == "caught" for one in every)
    lines = [f"{caught} of {len(every)} planted bugs were caught."]
    lines += [
        f"{one.verdict}: {one.bug.name} ({one.bug.file}): {one.said}"
        for one in every
        if one.verdict != "caught"
    ]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(
        description="Plant bugs in a copy of the program and see which the tests catch."
    )
    parser.add_argument("words", nargs="*", help="only bugs whose name or file has one of these words")
    asked = parser.parse_args()
    chosen = [
        bug
        for bug in BUGS
        if not asked.words or any(word in f"{bug.name} {bug.file}" for word in asked.words)
    ]
    found = []
    with copied_program() as copy, database() as around:
        for bug in chosen:
            found.append(hunt(copy, around, bug))
            print(
                f"{found[-1].verdict:9} {found[-1].seconds:5.1f} s  {bug.name}  {found[-1].said}", flush=True
            )
    print(report(found))
    return 0 if sum(one.verdict == "caught" for one in found) >= CAUGHT_AT_LEAST * len(found) else 1


if __name__ == "__main__":
    sys.exit(main())
