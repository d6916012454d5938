"""How far the tasks of a plan are."""

import json
from datetime import date
from importlib import resources

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shuli.apps.cases.plan.drawing import LETTERS, Words, drawn, short
from shuli.apps.cases.plan.facts import HandedIn, PlanTask, Progress, plan_table, tasks_of
from shuli.core.forms import read_form

FORMS = resources.files("shuli.library") / "processes" / "P-PROJECT" / "forms"
TODAY = date(2024, 6, 7)
ROW = {"row": "a", "task_name": "宣传物料设计", "department": "design", "person": "li", "start": "2024-06-06"}

HANDED_IN = HandedIn(person="li", due=date(2024, 6, 6), on=date(2024, 6, 8))


def form(name):
    return read_form(json.loads((FORMS / f"{name}.json").read_text(encoding="utf-8"))).form


@pytest.fixture
def table():
    return plan_table([form("project_team"), form("project_tasks")])


def progress(**more):
    facts = {
        "is_begun": True,
        "is_over": False,
        "waiting": frozenset(),
        "touched": frozenset(),
        "handed_in": (),
    }
    return Progress(**(facts | more))


def test_a_table_with_dates_and_a_status_is_a_plan(table):
    assert (table.key, table.name, table.department, table.person) == (
        "project_tasks",
        "task_name",
        "department",
        "person",
    )
    assert plan_table([form("project_team"), form("risk_sheet")]) is None


@pytest.mark.parametrize(
    ("due", "known", "state"),
    [
        ("2024-06-10", {"is_begun": False}, "pending"),
        ("2024-06-10", {"waiting": frozenset("a")}, "pending"),
        ("2024-06-10", {"waiting": frozenset("a"), "touched": frozenset("a")}, "running"),
        ("2024-06-07", {"waiting": frozenset("a"), "touched": frozenset("a")}, "running"),
        ("2024-06-06", {"waiting": frozenset("a"), "touched": frozenset("a")}, "delayed"),
        ("2024-06-06", {"is_begun": False}, "delayed"),
        ("2024-06-06", {}, "done"),
        ("2024-06-10", {"is_over": True}, "pending"),
        ("2024-06-10", {"is_over": True, "handed_in": (HANDED_IN,)}, "done"),
    ],
)
def test_the_state_of_a_task_follows_the_work_and_the_date(table, due, known, state):
    (task,) = tasks_of(table, [ROW | {"due": due}], progress(**known), TODAY)

    assert task.state == state


def test_what_was_handed_in_after_its_date_was_late(table):
    known = progress(handed_in=(HANDED_IN,))

    (task,) = tasks_of(table, [ROW | {"due": "2024-06-06"}], known, TODAY)

    assert (task.state, task.done_on, task.is_late) == ("done", date(2024, 6, 8), True)


def test_a_row_without_dates_is_no_task_yet(table):
    assert tasks_of(table, [ROW, ROW | {"due": "soon"}], progress(), TODAY) == []


def test_of_two_tasks_of_one_person_each_is_known_by_its_date(table):
    other = HandedIn(person="li", due=date(2024, 6, 10), on=date(2024, 6, 9))
    rows = [ROW | {"due": "2024-06-06"}, ROW | {"row": "b", "due": "2024-06-10"}]

    tasks = tasks_of(table, rows, progress(handed_in=(HANDED_IN, other)), TODAY)

    assert [(task.done_on, task.is_late) for task in tasks] == [
        (date(2024, 6, 8), True),
        (date(2024, 6, 9), False),
    ]


# The chart ----------------------------------------------------------------------------------------------

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 1, 1))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=4), DAYS)
def test_every_bar_lies_within_the_chart(rows, today):
    tasks = [
        PlanTask(
            name="宣传物料设计", department="", person="", start=min(a, b), due=max(a, b), state="delayed"
        )
        for a, b in rows
    ]

    svg = drawn(tasks, today, Words(label="plan", today="today", tasks=[task.name for task in tasks]))

    bars = [part.split('"') for part in svg.split("<rect ")[1:]]
    assert all(float(bar[3]) >= 190 and float(bar[3]) + float(bar[5]) <= 861 for bar in bars)


@given(st.text(max_size=60))
def test_a_name_is_cut_to_the_room_that_it_has(name):
    found = short(name)

    assert sum(2 if ord(letter) > 0x2E80 else 1 for letter in found) <= LETTERS
