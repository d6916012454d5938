"""Counting what the engine wrote, day by day: a day is counted anew from its rows while anything can still happen on it.

Nothing is added up twice, whoever counts and however often; a count that differs from what stands there replaces it, and what
does not differ writes nothing.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from shuli.apps.monitoring import nodes
from shuli.apps.monitoring.auditing import documents
from shuli.apps.monitoring.models import Counted
from shuli.kit import clock

ONLY = 1  # the key of the one row
PAUSE = timedelta(seconds=5)  # between counts while nothing happens
LATE = timedelta(
    seconds=10
)  # so long after its moment an event may be committed and still be counted at once
GRACE = timedelta(hours=1)  # longer than any transaction: what is committed later has an earlier moment

COMPLAINTS = ("P-COMPLAINT", "P-QUALITY")  # processes whose cases are complaints of customers
PLACE = ("day", "process_key", "version_id", "node", "department")
SUMS = (
    "started", "ended", "stopped", "cycle_seconds", "handovers", "closed", "due", "on_time", "returned",
    "waiting_seconds", "handling_seconds", "transfers", "answered", "answer_seconds", "rated", "points",
    "violations", "documents_due", "documents_there", "partner_rated", "partner_points",
    "reworked", "paused_seconds", "comments", "complaints",
    "people_cents", "material_cents", "money_cents", "surveyed", "responded", "steps", "approvals", "departed",
)  # fmt: skip

# Each part gives a place and its own columns; `first` and `until` are moments, so that indexes serve.
PARTS: dict[tuple[str, ...], str] = {
    # cases that began
    ("started", "complaints"): """
        SELECT (started_at AT TIME ZONE %(zone)s)::date, process_key, version_id, '', starter_department, 1,
               (process_key = ANY(%(complaints)s))::int
          FROM cases_case WHERE started_at >= %(first)s AND started_at < %(until)s""",
    # cases that ended; hand-overs are counted between visits in the order in which they were opened
    ("ended", "stopped", "cycle_seconds", "cycle", "handovers", "comments", "steps", "approvals", "departed"): """
        SELECT (c.ended_at AT TIME ZONE %(zone)s)::date, c.process_key, c.version_id, '', c.starter_department,
               (c.status = 'approved')::int, (c.status <> 'approved')::int,
               CASE WHEN c.status = 'approved' THEN extract(epoch FROM date_trunc('second', c.ended_at - c.started_at)) ELSE 0 END,
               CASE WHEN c.status = 'approved' THEN floor(extract(epoch FROM c.ended_at - c.started_at) / 60)::int END,
               (SELECT count(*) FROM (
                    SELECT department, lag(department) OVER (ORDER BY number) AS former
                      FROM cases_visit WHERE case_id = c.id AND outcome <> 'cancelled' AND department <> '') AS line
                 WHERE department <> former),
               (SELECT count(*) FROM cases_comment WHERE case_id = c.id), made.steps, made.approvals,
               EXISTS (SELECT 1 FROM cases_event WHERE case_id = c.id AND type = 'Jumped')::int
          FROM cases_case AS c
          CROSS JOIN LATERAL (
                SELECT count(*) AS steps, count(*) FILTER (WHERE fact.is_approval) AS approvals
                  FROM cases_visit AS v
                  LEFT JOIN monitoring_nodefact AS fact ON fact.version_id = c.version_id AND fact.node = v.node
                 WHERE v.case_id = c.id AND v.outcome <> 'cancelled') AS made
         WHERE c.ended_at >= %(first)s AND c.ended_at < %(until)s""",
    # visits that somebody closed
    ("closed", "due", "on_time", "returned", "waiting_seconds", "handling_seconds", "transfers", "answered",
     "answer_seconds", "reworked", "paused_seconds", "people_cents"): """
        SELECT (v.closed_at AT TIME ZONE %(zone)s)::date, c.process_key, c.version_id, v.node, v.department,
               1, (v.due_at IS NOT NULL)::int, (v.due_at IS NOT NULL AND v.closed_at <= v.due_at)::int,
               (v.outcome = 'returned')::int, v.waiting_seconds, v.handling_seconds,
               (SELECT coalesce(sum(transfers), 0) FROM cases_task AS t
                 WHERE t.case_id = v.case_id AND t.visit_number = v.number),
               first.is_it::int, CASE WHEN first.is_it THEN v.waiting_seconds ELSE 0 END,
               (v.round > 1)::int, v.paused_seconds, coalesce(cost.cents, 0)
          FROM cases_visit AS v JOIN cases_case AS c ON c.id = v.case_id
          LEFT JOIN monitoring_nodefact AS cost ON cost.version_id = c.version_id AND cost.node = v.node
          CROSS JOIN LATERAL (SELECT NOT EXISTS (
                SELECT 1 FROM cases_visit AS w WHERE w.case_id = v.case_id AND w.number < v.number) AS is_it) AS first
         WHERE v.closed_at >= %(first)s AND v.closed_at < %(until)s AND v.outcome <> 'cancelled'""",
    # answers to questions of satisfaction, in forms and in surveys after closing
    ("rated", "points"): """
        SELECT (f.at AT TIME ZONE %(zone)s)::date, c.process_key, c.version_id, f.node, c.starter_department, 1, s.points
          FROM cases_formrecord AS f JOIN cases_case AS c ON c.id = f.case_id
          JOIN monitoring_satisfactionanswer AS s ON s.process_key = c.process_key AND s.form_key = f.form_key
           AND s.answer = f.answers ->> s.field
         WHERE f.at >= %(first)s AND f.at < %(until)s
        UNION ALL
        SELECT (v.answered_at AT TIME ZONE %(zone)s)::date, c.process_key, c.version_id, '', c.starter_department, 1, s.points
          FROM monitoring_survey AS v JOIN cases_case AS c ON c.id = v.case_id
          JOIN monitoring_satisfactionanswer AS s ON s.process_key = c.process_key AND s.form_key = 'survey'
           AND s.field = v.kind AND s.answer = v.answer
         WHERE v.kind = 'customer' AND v.answered_at >= %(first)s AND v.answered_at < %(until)s""",
    # questions that were asked after closing; a later answer counts on the day of the question
    ("surveyed", "responded"): """
        SELECT (v.asked_at AT TIME ZONE %(zone)s)::date, c.process_key, c.version_id, '',
               CASE WHEN v.kind = 'department' THEN v.asked_department ELSE c.starter_department END,
               1, (v.answered_at IS NOT NULL)::int
          FROM monitoring_survey AS v JOIN cases_case AS c ON c.id = v.case_id
         WHERE v.asked_at >= %(first)s AND v.asked_at < %(until)s""",
    # what departments said of one another, after cases on which both worked
    ("partner_rated", "partner_points"): """
        SELECT (v.answered_at AT TIME ZONE %(zone)s)::date, c.process_key, c.version_id, '', v.about_department, 1, s.points
          FROM monitoring_survey AS v JOIN cases_case AS c ON c.id = v.case_id
          JOIN monitoring_satisfactionanswer AS s ON s.process_key = c.process_key AND s.form_key = 'survey'
           AND s.field = v.kind AND s.answer = v.answer
         WHERE v.kind = 'department' AND v.answered_at >= %(first)s AND v.answered_at < %(until)s""",
    # what people wrote into forms that it cost
    ("people_cents", "material_cents", "money_cents"): """
        SELECT (f.at AT TIME ZONE %(zone)s)::date, c.process_key, c.version_id, f.node, c.starter_department,
               CASE WHEN k.kind = 'people' THEN said.cents ELSE 0 END,
               CASE WHEN k.kind = 'material' THEN said.cents ELSE 0 END,
               CASE WHEN k.kind = 'money' THEN said.cents ELSE 0 END
          FROM cases_formrecord AS f JOIN cases_case AS c ON c.id = f.case_id
          JOIN monitoring_costfield AS k ON k.process_key = c.process_key AND k.form_key = f.form_key
          CROSS JOIN LATERAL (
                SELECT CASE WHEN jsonb_typeof(f.answers -> k.field) = 'number'
                            THEN round((f.answers ->> k.field)::numeric * 100)::bigint END AS cents) AS said
         WHERE f.at >= %(first)s AND f.at < %(until)s AND said.cents IS NOT NULL""",
    # violations that stand, where and when they were recorded
    ("violations",): """
        SELECT (v.at AT TIME ZONE %(zone)s)::date, v.process_key, v.version_id, v.node, v.department, 1
          FROM monitoring_violation AS v WHERE v.at >= %(first)s AND v.at < %(until)s AND v.void_at IS NULL""",
    # mandatory documents of the cases that ended
    ("documents_due", "documents_there"): """
        SELECT (c.ended_at AT TIME ZONE %(zone)s)::date, c.process_key, c.version_id, '', c.starter_department, d.due, d.there
          FROM cases_case AS c JOIN monitoring_casedocuments AS d ON d.case_id = c.id
         WHERE c.ended_at >= %(first)s AND c.ended_at < %(until)s AND d.due > 0""",
}  # fmt: skip

# Closed cases that were opened again since: the day of their former end counts one less.
REOPENED = """
    SELECT DISTINCT (former.at AT TIME ZONE %(zone)s)::date
      FROM cases_event AS again JOIN cases_event AS former ON former.case_id = again.case_id AND former.seq < again.seq
     WHERE again.type = 'CaseReopened' AND again.at >= %(first)s AND former.type = 'CaseEnded'
"""
# Violations that were taken back since: their day counts one less.
TAKEN_BACK = (
    "SELECT DISTINCT (at AT TIME ZONE %(zone)s)::date FROM monitoring_violation WHERE void_at >= %(first)s"
)
# Questions that were answered since: the day on which they were asked counts one more answer.
ANSWERED = "SELECT DISTINCT (asked_at AT TIME ZONE %(zone)s)::date FROM monitoring_survey WHERE answered_at >= %(first)s"
CHANGED = (REOPENED, TAKEN_BACK, ANSWERED)
HAPPENED = "SELECT EXISTS (SELECT 1 FROM cases_event WHERE at >= %(since)s)"
BEGINNING = "SELECT min(started_at) FROM cases_case"


def _counts() -> str:
    """Return the SQL that counts all places of some days anew."""
    columns = (*SUMS, "cycle")
    parts = []
    for names, query in PARTS.items():
        given = ", ".join((*PLACE, *names))
        picked = ", ".join(name if name in names else _nothing(name) for name in columns)
        parts.append(f"SELECT {', '.join(PLACE)}, {picked} FROM ({query}) AS part({given})")  # noqa: S608 -- made of constants
    sums = ", ".join(f"sum({name}) AS {name}" for name in SUMS)
    cycles = "coalesce(array_agg(cycle ORDER BY cycle) FILTER (WHERE cycle IS NOT NULL), '{}') AS cycles"
    together = " UNION ALL ".join(parts)
    return f"SELECT {', '.join(PLACE)}, {sums}, {cycles} FROM ({together}) AS all_parts GROUP BY {', '.join(PLACE)}"  # noqa: S608


def _nothing(name: str) -> str:
    return f"NULL::int AS {name}" if name == "cycle" else f"0 AS {name}"


WRITTEN = (*SUMS, "cycles")
COUNT_ANEW = f"""
    WITH counted AS MATERIALIZED ({_counts()}),
         gone AS (
            DELETE FROM monitoring_daycount AS d
             WHERE d.day >= %(first_day)s AND d.day < %(until_day)s
               AND NOT EXISTS (SELECT 1 FROM counted AS c WHERE {" AND ".join(f"c.{name} = d.{name}" for name in PLACE)})
            RETURNING 1),
         written AS (
            INSERT INTO monitoring_daycount AS d ({", ".join((*PLACE, *WRITTEN))})
            SELECT {", ".join((*PLACE, *WRITTEN))} FROM counted
                ON CONFLICT ({", ".join(PLACE)}) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in WRITTEN)}
             WHERE ({", ".join(f"d.{name}" for name in WRITTEN)}) IS DISTINCT FROM ({", ".join(f"excluded.{name}" for name in WRITTEN)})
            RETURNING 1)
    SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM written)
"""  # noqa: S608 -- made of constants


def count_up() -> None:
    """Bring the counts up to now. One at a time; whoever finds another one counting leaves it to them."""
    with transaction.atomic():
        Counted.objects.get_or_create(pk=ONLY)
        row = Counted.objects.select_for_update(skip_locked=True).filter(pk=ONLY).first()
        if row is None:
            return
        now = clock.now()
        since = min(row.through or now, now) - GRACE if row.through else _beginning() or now
        written = _count_days(_local_day(since), _local_day(now))
        for day in {day for question in CHANGED for day in days_of(question, since)}:
            written += _count_days(day, day)
        row.through = now
        row.changed += bool(written)
        row.save(update_fields=["through", "changed"])


def is_due() -> bool:
    """Say whether to count now: something happened just now, or nobody has counted for a while."""
    through = Counted.objects.filter(pk=ONLY).values_list("through", flat=True).first()
    now = clock.now()
    if through is None or not through <= now < through + PAUSE:
        return True
    with connection.cursor() as cursor:
        cursor.execute(HAPPENED, {"since": through - LATE})
        return bool(cursor.fetchone()[0])


def stamp() -> int:
    """Return a number that is another one whenever any count is."""
    return Counted.objects.filter(pk=ONLY).values_list("changed", flat=True).first() or 0


def say_changed() -> None:
    """Let open pages know that counts beside those of days became others."""
    Counted.objects.get_or_create(pk=ONLY)
    Counted.objects.filter(pk=ONLY).update(changed=F("changed") + 1)


def count_again() -> None:
    """Count everything from the first case on: after many cases were loaded with moments of the past."""
    with transaction.atomic():
        Counted.objects.update_or_create(pk=ONLY, defaults={"through": None})
    count_up()


def _beginning() -> datetime | None:
    found: datetime | None = only_value(BEGINNING)
    return found


def only_value(question: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def days_of(question: str, since: datetime) -> Iterable[date]:
    """Return the days of the past that changed since a moment, by one of CHANGED."""
    with connection.cursor() as cursor:
        cursor.execute(question, {"zone": settings.TIME_ZONE, "first": since})
        return [day for (day,) in cursor.fetchall()]


def _local_day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def _count_days(first: date, last: date) -> int:
    """Count some days anew; return how many places are not what they were."""
    after = last + timedelta(days=1)
    values: dict[str, Any] = {
        "zone": settings.TIME_ZONE,
        "first": midnight(first),
        "until": midnight(after),
        "complaints": list(COMPLAINTS),
        "first_day": first,
        "until_day": after,
    }
    nodes.learn_versions()
    documents.look_at_closed_cases(values["first"], values["until"])
    with connection.cursor() as cursor:
        cursor.execute(COUNT_ANEW, values)
        return int(cursor.fetchone()[0])


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))
