"""Print every indicator with its grain, period and value: of the company, each process, version, node and department."""

import json
from argparse import ArgumentParser, Namespace
from datetime import date
from typing import Any

NEEDS_DATA = True
KINDS = ("day", "week", "month", "quarter")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print a list of objects")
    parser.add_argument("--period", choices=KINDS, default="month", help="default %(default)s")
    parser.add_argument(
        "--day", metavar="YYYY-MM-DD", type=date.fromisoformat, help="a day of the period; default today"
    )
    parser.add_argument("--process", metavar="KEY", help="of this process only")


def run(asked: Namespace) -> int:
    from shuli.server.installation import installation

    with installation():
        from shuli.apps.monitoring import counting

        counting.count_up()
        found = list(_figures(asked))
    if asked.json:
        print(json.dumps(found, ensure_ascii=False))
        return 0
    for one in found:
        place = " · ".join(
            str(one[name]) for name in ("process", "version", "node", "department") if name in one
        )
        print(
            f"{one['indicator']}\t{place or '-'}\t{one['from']}..{one['to']}\t{one['value']}\t{one['unit']}"
        )
    return 0


def _figures(asked: Namespace) -> Any:
    from django.utils import timezone

    from shuli.apps.monitoring.periods import period_of
    from shuli.apps.monitoring.queries import EVERYTHING, figures
    from shuli.kit import clock

    period = period_of(asked.period, asked.day or timezone.localtime(clock.now()).date())
    narrowed = {"process_key": asked.process} if asked.process else {}
    for one in figures(EVERYTHING, period, **narrowed):
        yield {
            "indicator": one.indicator.key,
            "name": str(one.indicator.name),
            "grain": "+".join(one.place) or "company",
            **one.place,
            "period": period.kind,
            "from": period.first.isoformat(),
            "to": period.last.isoformat(),
            "value": None if one.value is None else float(one.value),
            "exact": None if one.value is None else str(one.value),
            "unit": one.indicator.unit,
            "target": None if one.indicator.target is None else float(one.indicator.target),
        }
