"""`script/bench engine|scale|feel|worktime`: rows of the design's table, ours beside the peer's.

Every figure is a median of several alternating runs in one process run; absolute figures belong to this machine.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
MILLION, FEW = 1_000_000, 100_000
sys.path.insert(0, str(HERE))


def arguments() -> argparse.Namespace:
    ask = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    ask.add_argument("what", choices=["engine", "scale", "feel", "worktime"])
    ask.add_argument(
        "--cases", "--size", type=int, help="open cases, for scale (default 1000000; monitoring: 0)"
    )
    ask.add_argument(
        "--closed", type=int, help="closed cases beside them (default 100000; monitoring: 1000000)"
    )
    ask.add_argument("--json", type=Path, metavar="FILE", help="also write the rows as JSON")
    ask.add_argument(
        "--only", choices=["memory", "durable", "bulk", "open", "monitoring"], help="one part of it"
    )
    return ask.parse_args()


def engine(only: str | None) -> list[dict[str, Any]]:
    rows = _in_memory() if only in {None, "memory"} else []
    if only != "memory":
        rows += _durable(only)
    return rows


def _in_memory() -> list[dict[str, Any]]:
    import engine as in_process

    return in_process.in_memory()


def feel() -> list[dict[str, Any]]:
    import feel as expressions

    return expressions.feel()


def worktime() -> list[dict[str, Any]]:
    import worktime as working_time

    return working_time.worktime()


def _one_by_one() -> list[dict[str, Any]]:
    import durable

    return durable.durable("limin")


def _durable(only: str | None) -> list[dict[str, Any]]:
    """Measure on a PostgreSQL of its own, with fsync on, in a folder that is removed afterwards."""
    with tempfile.TemporaryDirectory(dir=HERE.parent / "build") as folder:
        os.environ["SHULI_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "shuli.server.settings"
        os.environ["PYTHONPATH"] = str(HERE)
        from shuli.server.postgres import Lease
        from shuli.server.postgres.folder import Folder

        lease = Lease(Folder(path=Path(folder) / "postgres"))
        os.environ["DATABASE_URL"] = lease.url
        try:
            import django

            django.setup()
            from django.core.management import call_command

            call_command("migrate", verbosity=0)
            from shuli.apps.directory.example_company import load_example_company

            load_example_company()
            import bulk

            if only == "durable":
                return _one_by_one()
            return ([] if only == "bulk" else _one_by_one()) + bulk.bulk("limin")
        finally:
            from django.db import connections

            connections.close_all()
            lease.release()


def scale(cases: int | None, closed: int | None, only: str | None) -> list[dict[str, Any]]:
    """Measure the work on open cases and the figures of closed ones, each with a company of its own."""
    import monitoring
    import scale as company

    found: list[dict[str, Any]] = []
    if only != "monitoring":
        many, few = MILLION if cases is None else cases, FEW if closed is None else closed
        found = _alone(company.measured_anew, many, few)
        cases, closed = 0, None
    if only == "open":
        return found
    return found + _alone(monitoring.measured_anew, cases or 0, MILLION if closed is None else closed)


def _alone(
    measure: Callable[[int, int], list[dict[str, Any]]], cases: int, closed: int
) -> list[dict[str, Any]]:
    """Measure in a process that ends afterwards: Django knows one database for as long as it lives."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(measure, cases, closed).result()


def show(rows: list[dict[str, Any]]) -> None:
    print(f"{'row':<60} {'ours':>9} {'peer':>9} {'ratio':>7} {'limit':>9}  unit")
    for row in rows:
        shown = {name: f"{value:,}" if isinstance(value, int | float) else "–" for name, value in row.items()}
        print(
            f"{row['row']:<60} {shown['ours']:>9} {shown['peer_value']:>9} {shown['ratio']:>6}× {shown['limit_value']:>9}"
            f"  {row['unit']} ({row['peer']})"
        )


def main() -> int:
    asked = arguments()
    kinds = {
        "engine": lambda: engine(asked.only),
        "scale": lambda: scale(asked.cases, asked.closed, asked.only),
        "feel": feel,
        "worktime": worktime,
    }
    rows = kinds[asked.what]()
    show(rows)
    if asked.json:
        asked.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
