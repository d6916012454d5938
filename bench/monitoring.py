"""Monitoring of a company with a million closed cases: pages over HTTP, counting, the monthly sample, the export of the log.

Pages as in `scale.py`: the 95th percentile of one client's waits in milliseconds. The company grows: a tenth of all is
measured, then all. What is done once a period (drawing, counting a lot) is a median of a few runs. The export is a process of its
own, as an operator starts it; its memory is the process's peak, which must not grow with the number of events.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import history
import population
import scale
from serving import environment, installation, served

OWNER, SUPERVISOR, ORDINARY = scale.OWNER, "luotao", scale.ORDINARY
PAGE_LIMIT, DRAW_LIMIT, EXPORT_LIMIT = 300, 2_000, 60.0  # ms, ms, seconds for ten million events
WHOLE_EXPORT = 10_000_000
BYTES_A_CASE = 12_000  # with room for the export
LOT = 500  # cases that end between two counts
RUNS = 5
PROCESS = history.PROCESSES[0]


def pages(port: int) -> Iterator[tuple[str, scale.Waits]]:
    """Measure every page of monitoring, each as somebody who reads it."""
    owner, supervisor = scale.Browser(port, OWNER), scale.Browser(port, SUPERVISOR)
    head, ordinary = scale.Browser(port, _head()), scale.Browser(port, ORDINARY)
    office = scale.Browser(port, _office())
    for name, browser, path in (
        ("company", owner, ""),
        ("company, of a quarter", owner, "?period=quarter"),
        ("company, of a day", owner, "?period=day"),
        ("process", owner, f"processes/{PROCESS}/"),
        ("process, of a quarter", owner, f"processes/{PROCESS}/?period=quarter"),
        ("department", head, "departments/service/"),
        ("a department's day", head, "departments/today/"),
        ("one's own", ordinary, "mine/"),
        ("figures as Excel, a file", owner, "figures.xlsx"),
        *((f"cases behind: {figure}", owner, f"cases/?period=quarter&figure={figure}") for figure in BEHIND),
        ("cases behind, of a step", owner, f"cases/?period=quarter&figure=timeout_rate&process={PROCESS}&node=work"),
        ("cases behind, of a head", head, "cases/?period=quarter&figure=timeout_rate&department=service"),
        ("appraisal", head, "appraisal/"),
        ("audits", supervisor, "audits/"),
        ("violations", supervisor, "violations/"),
        ("alerts", owner, "alerts/"),
        ("reports", owner, "reports/"),
        ("a report", office, f"reports/{_report()}/"),
        ("outliers", owner, "outliers/"),
        ("complaints by weight", office, "complaints/"),
        ("surveys", owner, "surveys/"),
    ):  # fmt: skip
        yield f"page: {name}", scale.p95(lambda b=browser, p=path: b.page(f"/monitor/{p}"), scale.FEW)


BEHIND = (
    "on_time_rate",
    "timeout_rate",
    "volume",
    "throughput",
    "handling_time",
    "return_rate",
    "violations",
)


def _head() -> str:
    from shuli.apps.directory import queries as directory

    return str(directory.organisation().departments["service"].head)


def _office() -> str:
    """Return somebody of the office that keeps the processes, who reads the company's report."""
    from shuli.apps.catalogue.register.rights import OFFICE
    from shuli.apps.directory import queries as directory

    return str(next(iter(directory.members(OFFICE))))


def _report() -> int:
    """Return the monthly report of the whole company, made now if it was not."""
    from django.utils import timezone

    from shuli.apps.monitoring.models import reporting
    from shuli.apps.monitoring.reporting import making
    from shuli.kit import clock

    with clock.frozen(timezone.now().replace(hour=12)):
        making.make_due()
    found = reporting.Report.objects.filter(plan__process_key="").order_by("-first").first()
    if found is None:
        raise RuntimeError("Expected a report of the company but none was made.")
    return int(found.pk)


def drawing(cases: int) -> scale.Waits:
    """Return how long the sample of a month takes in which all these cases ended, seed to rows."""
    from django.db import transaction
    from django.utils import timezone

    from shuli.apps.monitoring.auditing import sampling

    first = (timezone.localtime() - timedelta(days=history.DAYS)).replace(day=1)

    def draw() -> None:
        with transaction.atomic():
            sample = sampling.draw_month(first, timezone.now(), "bench")
            if sample.population < cases:
                raise RuntimeError(f"Expected {cases} cases to draw from but found {sample.population}.")
            transaction.set_rollback(True)

    return _times(draw, 3)


def month_drawn() -> scale.Waits:
    """Return how long the sample of the last month takes, as the first of a month draws it; one of them stays."""
    from django.utils import timezone

    from shuli.apps.cases.reviewing import month_before
    from shuli.apps.monitoring.auditing import sampling

    first, end = month_before(timezone.localtime())
    return _times(lambda: sampling.draw_month(first, end, "bench"), 1)


def _times(call: Callable[[], Any], runs: int) -> scale.Waits:
    """Return the longest, the median and the shortest time of some runs, in milliseconds."""
    found = []
    for _ in range(runs):
        began = time.perf_counter()
        call()
        found.append(1000 * (time.perf_counter() - began))
    return max(found), statistics.median(found), min(found)


def exported(folder: Path, url: str) -> tuple[int, float, int]:
    """Export all events as Parquet, a file a month; return how many, the seconds, and the peak of memory in bytes."""
    out = folder / "log"
    words = [sys.executable, "-m", "shuli.server.command_line", "log", "export", "--format", "parquet"]
    began = time.perf_counter()
    started = subprocess.Popen(
        [*words, "-o", str(out), "--data", str(folder)],
        env=environment(folder, url),
        stdout=subprocess.PIPE,
        text=True,
    )
    said = (started.stdout or sys.stdin).read()
    _, status, used = os.wait4(started.pid, 0)
    seconds = time.perf_counter() - began
    if status:
        raise RuntimeError(f"Expected the export to end well but found {status}: {said}")
    shutil.rmtree(out)
    return int(said.split()[0]), seconds, used.ru_maxrss * 1024


class Company:
    """A company whose years of closed cases grow, and what was measured of it at each size."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.first, self.people, self.size = folder, population.FIRST, 0, 0
        self.played: list[int] = []

    def grow(self, closed: int, open_cases: int) -> None:
        from shuli.server.postgres import Durability

        # Django is not asked for the time: it would read its settings before they name the database.
        began, until = time.perf_counter(), datetime.now(UTC)
        with installation(self.folder, Durability.NONE):
            if not self.played:
                history.found(until)
                self.played = history.play(until)
            wanted = 10 + (closed + self.size) // history.CASES_A_PERSON
            population.hire(self.people, wanted)
            self.people = wanted
            self.first = history.copy(self.played, closed, self.first, (0, wanted))
            self.first = population.populate(open_cases, 0, self.first, (0, wanted))
            self.size += closed
            population.settle()
            scale.sample()
        scale.say(f"{closed:,} closed cases built in {time.perf_counter() - began:.0f} s")

    def measured(self) -> dict[str, Any]:
        """Measure everything at the company's present size."""
        from shuli.server.postgres import Durability

        found: dict[str, Any] = {}
        with installation(self.folder, Durability.FULL) as url:
            from shuli.apps.monitoring import counting
            from shuli.apps.monitoring.appraisal import reckoning

            _note(found, "counting all days", _times(counting.count_again, 1))
            _note(found, f"counting {LOT} cases that ended since", self._counted())
            _note(found, "drawing from all closed cases", drawing(self.size))
            _note(found, "drawing the month's sample", month_drawn())
            _note(found, "scorecards of a month and a quarter", _times(reckoning.reckon_what_is_over, 1))
            _note(found, "export", exported(self.folder, url))
            population.settle()
            with served(self.folder, url) as (port, _start):
                for name, waits in pages(port):
                    _note(found, name, waits)
        return found

    def _counted(self) -> scale.Waits:
        """Return how long counting takes after a lot of cases has ended, the whole day among them."""
        from django.utils import timezone

        from shuli.apps.monitoring import counting

        dice, found = history.Random(2), []
        for _ in range(RUNS):
            case = history.closed(PROCESS, "service", timezone.now(), dice, in_no_time=True)
            population.copy(case, self.first, LOT, (0, self.people))
            self.first += LOT
            found.append(_times(counting.count_up, 1)[0])
        return max(found), statistics.median(found), min(found)


def _note(found: dict[str, Any], name: str, value: Any) -> None:
    found[name] = value
    scale.say(f"{name}: {' '.join(f'{one:,.1f}' for one in value)}")


def rows(closed: int, tenth: dict[str, Any], full: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows of the table, each beside what it was with a tenth of the cases."""
    found = [
        scale.row(f"{name}, {closed:,} closed cases", _limit(name), value, tenth[name], "of the cases")
        for name, value in full.items()
        if name != "export"
    ]
    return [*found, *_export_rows(tenth["export"], full["export"])]


def _limit(name: str) -> int | None:
    if name.startswith("drawing"):
        return DRAW_LIMIT
    return PAGE_LIMIT if name.startswith("page:") else None


def _export_rows(tenth: tuple[int, float, int], full: tuple[int, float, int]) -> list[dict[str, Any]]:
    (few, short, small), (events, seconds, peak) = tenth, full
    what = f"{few:,} events"
    speed, slow = events / seconds, few / short
    return [
        _export_row(f"export of {events:,} events to Parquet", "s", seconds, short, what, EXPORT_LIMIT),
        _export_row("the same, of ten million at this speed", "s", WHOLE_EXPORT / speed, WHOLE_EXPORT / slow, what, EXPORT_LIMIT),
        _export_row("the same, events a second", "events/s", speed, slow, what, None),
        _export_row("the same, peak of memory", "MB", peak / 2**20, small / 2**20, what, None),
    ]  # fmt: skip


def _export_row(
    name: str, unit: str, ours: float, tenth: float, what: str, limit: float | None
) -> dict[str, Any]:
    return {
        "row": name, "unit": unit, "ours": round(ours, 1), "peer": what, "peer_value": round(tenth, 1),
        "ratio": round(ours / tenth, 2), "limit_value": limit, "runs": [round(ours, 1)],
    }  # fmt: skip


def measured_anew(open_cases: int, closed: int) -> list[dict[str, Any]]:
    """Build and measure the company in a folder that is removed afterwards."""
    needed, free = BYTES_A_CASE * (open_cases + closed), shutil.disk_usage(scale.BUILD).free
    if free < needed:
        raise SystemExit(f"Expected {needed >> 30} GB of free disk but found {free >> 30}.")
    from shuli.server.data_folder import make_secret

    with tempfile.TemporaryDirectory(dir=scale.BUILD) as name:
        folder = Path(name)
        os.environ["SHULI_DATA"] = name
        os.environ["DJANGO_SETTINGS_MODULE"] = "shuli.server.settings"
        make_secret(folder)
        company = Company(folder)
        company.grow(closed // 10, open_cases // 10)
        tenth = company.measured()
        company.grow(closed - closed // 10, open_cases - open_cases // 10)
        full = company.measured()
    return rows(closed, tenth, full)
