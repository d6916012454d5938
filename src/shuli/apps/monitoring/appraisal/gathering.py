"""What a scorecard is reckoned from: the counts of days, the registers, and how cases changed hands in a period."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Sum
from msgspec import Struct

from shuli.apps.directory import queries as directory
from shuli.apps.monitoring.appraisal.causes import Closed
from shuli.apps.monitoring.appraisal.passing import Hop
from shuli.apps.monitoring.appraisal.scoring import Work
from shuli.apps.monitoring.auditing import register
from shuli.apps.monitoring.models import DayCount
from shuli.apps.monitoring.periods import Period

# Every visit that closed in the period, with the department before it and the one after it in its case.
VISITS = """
    WITH touched AS (
        SELECT DISTINCT case_id FROM cases_visit WHERE closed_at >= %(first)s AND closed_at < %(until)s),
    line AS (
        SELECT v.*, lag(v.department) OVER before_it AS giver, lead(v.department) OVER before_it AS taker
          FROM cases_visit AS v JOIN touched USING (case_id)
         WHERE v.outcome <> 'cancelled' WINDOW before_it AS (PARTITION BY v.case_id ORDER BY v.number))
    SELECT line.case_id, c.process_key, line.node, line.department, line.person, line.due_at IS NOT NULL,
           line.closed_at > line.due_at, line.outcome, coalesce(line.waiting_seconds, 0),
           coalesce(line.giver, ''), coalesce(line.taker, ''), line.closed_at
      FROM line JOIN cases_case AS c ON c.id = line.case_id
     WHERE line.closed_at >= %(first)s AND line.closed_at < %(until)s ORDER BY line.case_id, line.number
"""
# Answers of customers about cases for which a department answers.
ANSWERS = """
    WITH said AS (
        SELECT f.case_id, s.points
          FROM cases_formrecord AS f JOIN cases_case AS c ON c.id = f.case_id
          JOIN monitoring_satisfactionanswer AS s ON s.process_key = c.process_key AND s.form_key = f.form_key
           AND s.answer = f.answers ->> s.field
         WHERE f.at >= %(first)s AND f.at < %(until)s
        UNION ALL
        SELECT v.case_id, s.points
          FROM monitoring_survey AS v JOIN cases_case AS c ON c.id = v.case_id
          JOIN monitoring_satisfactionanswer AS s ON s.process_key = c.process_key AND s.form_key = 'survey'
           AND s.field = v.kind AND s.answer = v.answer
         WHERE v.kind = 'customer' AND v.answered_at >= %(first)s AND v.answered_at < %(until)s)
    SELECT coalesce(nullif(c.variables ->> 'responsible_department', ''), c.starter_department), count(*), sum(said.points)
      FROM said JOIN cases_case AS c ON c.id = said.case_id GROUP BY 1
"""
TRANSFERS = """
    SELECT case_id, at, payload FROM cases_event
     WHERE type = 'TaskTransferred' AND at >= %(first)s AND at < %(until)s
"""


COUNTED = ("due", "on_time", "violations", "partner_rated", "partner_points")


class Visit(Struct, frozen=True, kw_only=True, gc=False):
    """A visit that closed in the period, as its row says it."""

    case: int
    process: str
    node: str
    department: str
    person: str
    has_date: bool
    is_late: bool | None
    outcome: str
    waiting: int
    giver: str
    taker: str
    at: datetime


class Gathered(Struct, kw_only=True):
    """All that scorecards of one period are reckoned from."""

    period: Period
    visits: list[Visit]
    posts: dict[str, list[str]]  # of people

    @property
    def closed(self) -> list[tuple[Visit, Closed]]:
        return [(one, _closed(one)) for one in self.visits if one.has_date]


def gather(period: Period) -> Gathered:
    """Read what happened in a period."""
    visits = [Visit(**dict(zip(Visit.__struct_fields__, row, strict=True))) for row in _rows(VISITS, period)]
    return Gathered(period=period, visits=visits, posts=_posts({one.person for one in visits}))


def _rows(question: str, period: Period) -> list[tuple[Any, ...]]:
    moments = register.within(period)
    with connection.cursor() as cursor:
        cursor.execute(question, {"first": moments["at__gte"], "until": moments["at__lt"]})
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _closed(visit: Visit) -> Closed:
    return Closed(
        process=visit.process, node=visit.node, department=visit.department, person=visit.person,
        is_late=bool(visit.is_late),
    )  # fmt: skip


def _posts(people: set[str]) -> dict[str, list[str]]:
    """Return the posts of these people."""
    found: dict[str, list[str]] = defaultdict(list)
    for code in directory.posts():
        for person in directory.members(f"post:{code}"):
            if person in people:
                found[person].append(code)
    return found


# Departments and posts ------------------------------------------------------------------------------------


def work_of_departments(found: Gathered) -> dict[str, Work]:
    """Return what each department did: days from their counts, the rest from the registers and from how work changed hands."""
    period = found.period
    counted = DayCount.objects.filter(day__gte=period.first, day__lte=period.last).exclude(department="")
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    added = {name: Sum(name) for name in COUNTED}
    for code, *values in counted.values_list("department").annotate(**added):
        sums[code] |= dict(zip(COUNTED, values, strict=True))
    for department, rated, points in _rows(ANSWERS, period):
        sums[department] |= {"rated": rated, "points": points}
    _add_handing(sums, found.visits, lambda one: [one.department])
    return {code: Work(**own) for code, own in sums.items() if code and any(own.values())}


def work_of_posts(found: Gathered) -> dict[str, Work]:
    """Return what the holders of each post did; answers of customers are of departments."""
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for visit, _ in found.closed:
        for post in found.posts.get(visit.person, ()):
            sums[post]["due"] += 1
            sums[post]["on_time"] += not visit.is_late
    blamed = register.standing().filter(**register.within(found.period)).exclude(person="")
    for row in blamed.order_by().values("person").annotate(n=Count("pk")):
        for post in found.posts.get(row["person"], ()):
            sums[post]["violations"] += row["n"]
    _add_handing(sums, found.visits, lambda one: found.posts.get(one.person, []))
    return {code: Work(**own) for code, own in sums.items()}


def _add_handing(
    sums: dict[str, dict[str, int]], visits: Iterable[Visit], whose: Callable[[Visit], list[str]]
) -> None:
    """Add how promptly others were answered, and how much of what was handed on was sent back."""
    former: Visit | None = None
    for visit in visits:
        from_others = bool(visit.giver) and visit.giver != visit.department
        for code in whose(visit) if from_others else ():
            sums[code]["answered"] += 1
            sums[code]["answer_seconds"] += visit.waiting
        for code in (
            whose(visit) if visit.outcome == "completed" and visit.taker not in {"", visit.department} else ()
        ):
            sums[code]["handed"] += 1
        if former is not None and former.case == visit.case and visit.outcome == "returned" and from_others:
            for code in whose(former):
                sums[code]["caused"] += 1
        former = visit


# Work that changed hands ----------------------------------------------------------------------------------


def hops_of_cases(found: Gathered) -> dict[int, list[Hop]]:
    """Return how work was sent back, sent on again, or handed to people of other departments, by case."""
    hops: dict[int, list[Hop]] = defaultdict(list)
    returned = {one.case for one in found.visits if one.outcome == "returned"}
    for visit in found.visits:
        if visit.case in returned:
            hops[visit.case].append(Hop(at=visit.at, giver=visit.department, taker=visit.taker))
    sections: dict[str, str] = {}
    for case, at, payload in _rows(TRANSFERS, found.period):
        told = json.loads(payload)
        pair = [_section(sections, told.get(name) or "") for name in ("former", "person")]
        hops[case].append(Hop(at=at, giver=pair[0], taker=pair[1]))
    return hops


def _section(known: dict[str, str], person: str) -> str:
    if person and person not in known:
        known[person] = directory.main_department(person) or ""
    return known.get(person, "")
