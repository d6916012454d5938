"""Figures from the raw events alone, in plain Python: shares no code with the counting, not even the engine's."""

import json
from collections import defaultdict
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.db import connection

ZONE = ZoneInfo("Asia/Shanghai")
EVENTS = """
    SELECT e.case_id, c.process_key, c.starter_department, e.at, e.type, e.payload
      FROM cases_event AS e JOIN cases_case AS c ON c.id = e.case_id ORDER BY e.case_id, e.seq
"""


def moment(text):
    return datetime.fromisoformat(text) if text else None


def recount(first, last):
    """Return counts by (process, node or "") of the days from first to last."""
    counts = defaultdict(lambda: defaultdict(int))
    for key, happened in histories().items():
        one_case(counts, key[1], happened, lambda at: first <= at.astimezone(ZONE).date() <= last)
    return counts


def histories():
    found = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(EVENTS)
        for case, process, _department, at, kind, payload in cursor.fetchall():
            found[case, process].append((at, kind, json.loads(payload)))
    return found


def one_case(counts, process, happened, is_within):
    visits, ended, started = {}, None, happened[0][0]
    for at, kind, told in happened:
        if kind in ("CaseEnded", "CaseReopened"):
            ended = (at, told["status"]) if kind == "CaseEnded" else None
        follow(visits, at, kind, told)
        if kind == "VisitClosed" and told["outcome"] != "cancelled" and is_within(at):
            visit = visits[told["visit"]]
            one_visit(counts[process, visit["node"]], visit, at)
    if is_within(started):
        counts[process, ""]["started"] += 1
    if ended and is_within(ended[0]):
        of_end(counts[process, ""], started, ended, list(visits.values()))


def follow(visits, at, kind, told):
    if kind == "VisitOpened":
        visits[told["visit"]] = told | {"due": moment(told.get("due_at")), "moved": 0, "first": not visits}
    elif kind == "DueMoved":
        visits[told["visit"]]["due"] = moment(told["due_at"])
    elif kind == "TaskTransferred":
        visits[told["visit"]]["moved"] += 1
    elif kind == "VisitClosed":
        visits[told["visit"]] |= {"closed": at, "outcome": told["outcome"]}


def one_visit(found, visit, at):
    found["closed"] += 1
    found["due"] += visit["due"] is not None
    found["on_time"] += visit["due"] is not None and at <= visit["due"]
    found["returned"] += visit["outcome"] == "returned"
    found["transfers"] += visit["moved"]
    found["answered"] += visit["first"]


def of_end(found, started, ended, visits):
    at, status = ended
    found["ended" if status == "approved" else "stopped"] += 1
    if status == "approved":
        found["cycle_seconds"] += int((at - started).total_seconds())
    line = [
        one["department"] for one in visits if one.get("outcome") != "cancelled" and one.get("department")
    ]
    found["handovers"] += sum(former != later for former, later in pairwise(line))
