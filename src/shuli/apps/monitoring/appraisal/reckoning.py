"""Reckoning the scorecards of a period: every night of the first days of a month, and when the appraisal begins."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from shuli.apps.cases import governing
from shuli.apps.cases.outside.functions import service
from shuli.apps.cases.reviewing import begun
from shuli.apps.directory import queries as directory
from shuli.apps.documents.operations import lock
from shuli.apps.monitoring import counting
from shuli.apps.monitoring.appraisal import gathering
from shuli.apps.monitoring.appraisal.causes import Closed, causes
from shuli.apps.monitoring.appraisal.passing import passed
from shuli.apps.monitoring.appraisal.scoring import Work, card
from shuli.apps.monitoring.models import PassedWork, Scorecard
from shuli.apps.monitoring.periods import Period, before, period_of
from shuli.apps.monitoring.words import period_words
from shuli.kit import clock

MOST_CAUSES = 12  # late steps that a scorecard names


def connect() -> None:
    """Let P-APPRAISAL begin with the scorecards; called once when the app is ready."""
    service("appraisal_figures")(appraisal_figures)


def reckon_what_is_over() -> None:
    """Reckon the month and the quarter that were over last, once each."""
    for kind in ("month", "quarter"):
        period = before(period_of(kind, directory.today()))
        if not Scorecard.objects.filter(kind=kind, first=period.first).exists():
            reckon(period)


def reckon(period: Period) -> list[Scorecard]:
    """Reckon the scorecards of a period anew, and note the work that was passed to and fro in it."""
    counting.count_up()
    with transaction.atomic():
        lock(f"scorecards {period.kind} {period.first}")
        found = gathering.gather(period)
        rows = [*_departments(period, found), *_posts(period, found)]
        Scorecard.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["kind", "first", "subject", "code"],
            update_fields=["figures", "causes", "reckoned_at"],
        )
        _note_passed(found)
    return rows


def _departments(period: Period, found: gathering.Gathered) -> list[Scorecard]:
    every = [closed for _, closed in found.closed]
    by_code: dict[str, list[Closed]] = {}
    for one in every:
        by_code.setdefault(one.department, []).append(one)
    work = gathering.work_of_departments(found)
    return [
        _card(period, "department", code, own, by_code.get(code, ()), every) for code, own in work.items()
    ]


def _posts(period: Period, found: gathering.Gathered) -> list[Scorecard]:
    every = [closed for _, closed in found.closed]
    by_code: dict[str, list[Closed]] = {}
    for visit, one in found.closed:
        for post in found.posts.get(visit.person, ()):
            by_code.setdefault(post, []).append(one)
    work = gathering.work_of_posts(found)
    return [_card(period, "post", code, own, by_code.get(code, ()), every) for code, own in work.items()]


def _card(
    period: Period, subject: str, code: str, work: Work, mine: Iterable[Closed], every: list[Closed]
) -> Scorecard:
    late = [
        {"process": one.process, "node": one.node, "late": one.late, "due": one.due, "people_late": one.people_late,
         "people": one.people, "is_process": one.is_process}
        for one in causes(mine, every)[:MOST_CAUSES]
    ]  # fmt: skip
    return Scorecard(
        kind=period.kind, first=period.first, subject=subject, code=code, figures=card(work), causes=late,
        reckoned_at=clock.now(),
    )  # fmt: skip


def _note_passed(found: gathering.Gathered) -> None:
    process = {one.case: one.process for one in found.visits}
    hops = gathering.hops_of_cases(found)
    unknown = [case for case in hops if case not in process]
    process |= governing.processes_of(unknown)
    PassedWork.objects.bulk_create(
        [
            PassedWork(
                case_id=case,
                process_key=process[case],
                one=one.one,
                other=one.other,
                hops=one.hops,
                last_at=one.last_at,
            )
            for case, own in hops.items()
            for one in passed(own)
        ],
        update_conflicts=True,
        unique_fields=["case", "one", "other"],
        update_fields=["hops", "last_at"],
    )


# What P-APPRAISAL begins with -----------------------------------------------------------------------------


def appraisal_figures(variables: Mapping[str, Any]) -> dict[str, Any]:
    """Return the scorecards of the quarter before the appraisal begins, as its variables (H2-117 to H2-119, H2-124)."""
    period = before(period_of("quarter", _day(variables)))
    rows = [row for row in reckon(period) if row.subject == "department"]
    cards = [{"department": row.code, **row.figures} for row in sorted(rows, key=lambda row: row.code)]
    return {
        "appraisal_quarter": period_words(period).replace(" ", ""),
        "department_figures": cards,
        "appraised_departments": [one["department"] for one in cards],
        "appraised_count": len(cards),
    }


def _day(variables: Mapping[str, Any]) -> date:
    return begun(variables.get("scheduled_at")).date()
