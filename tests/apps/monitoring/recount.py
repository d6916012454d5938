"""Figures from the raw events alone, in plain Python: shares no code with the counting, not even the engine's or the calendars'.

Beside the events it reads what no event says: when a holder first opened a task, comments, filled forms, and the content of
the calendars. `python -m apps.monitoring.recount` holds every figure of an installation against it (SHULI_DATA, PYTHONPATH=tests).
"""

import json
from collections import defaultdict
from datetime import datetime, timedelta
from itertools import pairwise
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from django.db import connection

ZONE = ZoneInfo("Asia/Shanghai")
COMPLAINTS = {"P-COMPLAINT", "P-QUALITY"}
EVENTS = """
    SELECT e.case_id, c.process_key, c.starter_department, e.at, e.type, e.payload
      FROM cases_event AS e JOIN cases_case AS c ON c.id = e.case_id ORDER BY e.case_id, e.seq
"""
OPENED = "SELECT case_id, number, first_touched_at, calendar FROM cases_visit WHERE closed_at IS NOT NULL"
MODELS = "SELECT id, bpmn FROM catalogue_processversion"
COMMENTS = "SELECT case_id, count(*) FROM cases_comment GROUP BY 1"
FORMS = """
    SELECT c.process_key, c.starter_department, f.node, f.at, f.form_key, f.answers FROM cases_formrecord AS f
      JOIN cases_case AS c ON c.id = f.case_id
"""
SCORES = "SELECT process_key, form_key, field, answer, points FROM monitoring_satisfactionanswer"
COSTS = "SELECT process_key, form_key, field, kind FROM monitoring_costfield"
SURVEYS = """
    SELECT c.process_key, s.asked_at, s.answered_at FROM monitoring_survey AS s JOIN cases_case AS c ON c.id = s.case_id
"""
TOUCHES = {"TaskClaimed", "TaskAccepted", "SignersAdded", "TaskDelegated", "SeatDecided"}


def moment(text):
    return datetime.fromisoformat(text) if text else None


def asked(question):
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall()


class Calendars:
    """Working time, minute by minute of the days between two moments; by the names under which calendars are kept."""

    def __init__(self):
        rows = asked("SELECT name, content FROM directory_keptcalendar")
        self.kept = {name: json.loads(text) if isinstance(text, str) else text for name, text in rows}

    def seconds(self, name, since, until):
        content = self.kept[name]
        zone = ZoneInfo(content["zone"])
        day, last, total = since.astimezone(zone).date(), until.astimezone(zone).date(), 0.0
        while day <= last:
            hours = content["exceptions"].get(day.isoformat(), content["week"][day.weekday()])
            midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
            for opening in hours:
                start, end = (midnight + timedelta(minutes=minute) for minute in opening)
                total += max((min(end, until) - max(start, since)).total_seconds(), 0)
            day += timedelta(days=1)
        return int(total)


class Deciding:
    """Which nodes decide, read from the models as XML."""

    def __init__(self):
        models = {version: self.read(text) for version, text in asked(MODELS)}
        self.of_case = {
            case: models[version] for case, version in asked("SELECT id, version_id FROM cases_case")
        }

    def __call__(self, case, node):
        return node in self.of_case[case]

    @staticmethod
    def read(text):
        found = set()
        for node in ET.fromstring(text).iter():
            for duty in node.findall("{*}extensionElements/{*}duty"):
                vote = duty.find("{*}vote")
                several = vote is not None and vote.get("kind") not in ("single", "contribute", None)
                if (
                    duty.get("decision") == "true"
                    or duty.get("onReject", "continue") != "continue"
                    or several
                ):
                    found.add(node.get("id"))
        return found


def recount(first, last):
    """Return counts by (process, node or "") of the days from first to last."""
    counts = defaultdict(lambda: defaultdict(int))
    within = lambda at: first <= at.astimezone(ZONE).date() <= last  # noqa: E731
    facts = {
        "opened": {row[:2]: row[2:] for row in asked(OPENED)},
        "calendars": Calendars(),
        "deciding": Deciding(),
    }
    comments = dict(asked(COMMENTS))
    for key, happened in histories().items():
        one_case(counts, key, happened, within, facts, comments.get(key[0], 0))
    of_forms(counts, within)
    for process, at, answered in asked(SURVEYS):
        counts[process, ""]["surveyed"] += within(at)
        counts[process, ""]["responded"] += within(at) and answered is not None
    return counts


def histories():
    found = defaultdict(list)
    for case, process, _department, at, kind, payload in asked(EVENTS):
        found[case, process].append((at, kind, json.loads(payload)))
    return found


def one_case(counts, key, happened, is_within, facts, comments):
    (case, process), visits, ended, started, stands = key, {}, None, happened[0][0], []
    for at, kind, told in happened:
        if kind in ("CaseEnded", "CaseReopened"):
            ended = (at, told["status"]) if kind == "CaseEnded" else None
        if kind in ("CaseSuspended", "CaseResumed"):
            stands.append((at, kind))
        follow(visits, at, kind, told)
        if kind == "VisitClosed" and told["outcome"] != "cancelled" and is_within(at):
            visit = visits[told["visit"]]
            visit["times"] = times(facts, case, visit, at, stands)
            one_visit(counts[process, visit["node"]], visit, at)
    if is_within(started):
        counts[process, ""]["started"] += 1
        counts[process, ""]["complaints"] += process in COMPLAINTS
    if ended and is_within(ended[0]):
        of_end(counts[process, ""], started, ended, list(visits.values()))
        counts[process, ""]["comments"] += comments
        counts[process, ""]["departed"] += any(kind == "Jumped" for _, kind, _ in happened)
        made = [one["node"] for one in visits.values() if one.get("outcome") != "cancelled"]
        counts[process, ""]["steps"] += len(made)
        counts[process, ""]["approvals"] += sum(facts["deciding"](case, node) for node in made)


def follow(visits, at, kind, told):
    visit = visits.get(told.get("visit"))
    if kind == "VisitOpened":
        visits[told["visit"]] = told | {
            "due": moment(told.get("due_at")), "moved": 0, "first": not visits, "opened": at, "touched": None,
        }  # fmt: skip
    elif kind == "DueMoved":
        visit["due"] = moment(told["due_at"])
    elif kind == "TaskTransferred":
        visit["moved"] += 1
    elif kind in TOUCHES and visit["touched"] is None:
        visit["touched"] = at
    elif kind == "VisitClosed":
        visit |= {"closed": at, "outcome": told["outcome"]}


def times(facts, case, visit, closed, stands):
    """Return waiting, handling and paused time; nobody opens a task after it was taken up."""
    opened_page, calendar = facts["opened"][case, visit["visit"]]
    touched = min(one for one in (visit["touched"], opened_page, closed) if one is not None)
    reckon = lambda since, until: facts["calendars"].seconds(calendar, since, until)  # noqa: E731
    paused = sum(
        reckon(max(since, visit["opened"]), until)
        for (since, what), (until, then) in pairwise(stands)
        if (what, then) == ("CaseSuspended", "CaseResumed") and until > visit["opened"]
    )
    return {
        "waiting": reckon(visit["opened"], touched),
        "handling": reckon(touched, closed),
        "paused": paused,
    }


def one_visit(found, visit, at):
    found["closed"] += 1
    found["due"] += visit["due"] is not None
    found["on_time"] += visit["due"] is not None and at <= visit["due"]
    found["returned"] += visit["outcome"] == "returned"
    found["transfers"] += visit["moved"]
    found["answered"] += visit["first"]
    found["reworked"] += visit["round"] > 1
    for name, seconds in visit["times"].items():
        found[f"{name}_seconds"] += seconds
    found["answer_seconds"] += visit["times"]["waiting"] if visit["first"] else 0


def of_end(found, started, ended, visits):
    at, status = ended
    found["ended" if status == "approved" else "stopped"] += 1
    if status == "approved":
        found["cycle_seconds"] += int((at - started).total_seconds())
    line = [
        one["department"] for one in visits if one.get("outcome") != "cancelled" and one.get("department")
    ]
    found["handovers"] += sum(former != later for former, later in pairwise(line))


def of_forms(counts, is_within):
    """Count what filled forms say: how satisfied somebody is, what something cost."""
    scores = {row[:4]: row[4] for row in asked(SCORES)}
    costs = {row[:3]: row[3] for row in asked(COSTS)}
    for process, _department, node, at, form, text in asked(FORMS):
        if not is_within(at):
            continue
        for field, said in (json.loads(text) if isinstance(text, str) else text).items():
            if isinstance(said, str) and (process, form, field, said) in scores:
                counts[process, node]["rated"] += 1
                counts[process, node]["points"] += scores[process, form, field, said]
            if isinstance(said, int | float) and (process, form, field) in costs:
                counts[process, node][f"{costs[process, form, field]}_cents"] += round(said * 100)


def differences(first, last, names):
    """Give every place and count in which the figures differ from a recomputation."""
    from shuli.apps.monitoring.periods import Period
    from shuli.apps.monitoring.queries import EVERYTHING, days, summed

    period = Period(kind="day", first=first, last=last)
    told = {
        tuple(place.values()): sums
        for place, sums in summed(days(EVERYTHING, period), ("process_key", "node"))
    }
    found = recount(first, last)
    for place in sorted({*told, *found}):
        for name in names:
            ours, theirs = int(told.get(place, {}).get(name, 0)), found[place][name]
            if ours != theirs:
                yield place, name, ours, theirs


def main():
    from shuli.server.installation import installation

    with installation():
        from shuli.apps.monitoring.counting import SUMS

        ((first, last),) = asked("SELECT min(day), max(day) FROM monitoring_daycount")
        of_others = {"violations", "documents_due", "documents_there", "partner_rated", "partner_points"}
        names = [name for name in SUMS if name not in of_others]
        found = list(differences(first, last, names))
        for place, name, ours, theirs in found:
            print(*place, name, f"counted {ours}, recomputed {theirs}")
        ((events,),) = asked("SELECT count(*) FROM cases_event")
        print(f"{len(names)} counts of {first}..{last} from {events} events: {len(found)} differ.")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
