"""The to-dos of a person: the same as the plain question gives, from a few indexes, counted up to a bound."""

from datetime import timedelta

import pytest
from django.core.paginator import Paginator
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.cases.test_pages import client_of
from shuli.apps.cases import bulk_execution, queries, todo
from shuli.apps.cases.models import Case, Task
from shuli.core.engine import commands as c
from shuli.kit import clock


@pytest.fixture
def many(cast):
    """Twelve cases with a task of their starter each, due at different moments, some late, some without a limit."""
    commands = [
        c.Start(actor=cast["starter"], variables={"what": f"设备{n}"}, start="start") for n in range(12)
    ]
    cases = [pk for pk, _ in bulk_execution.start_many("P-PURCHASE", commands)]
    for hours, pk in enumerate(cases[:10], start=-4):
        Task.objects.filter(case_id=pk).update(due_at=clock.now() + timedelta(hours=hours))
    Task.objects.filter(case_id__in=cases[10:]).update(due_at=None)
    return cases


def pages(todos, size=5):
    paginator = Paginator(todos, size)
    return [task.pk for number in paginator.page_range for task in paginator.page(number)]


def plain(person):
    return [task.pk for task in queries.inbox(person)]


def test_all_pages_together_are_what_the_plain_question_gives(many, cast):
    assert pages(todo.Todos(person=cast["starter"])) == plain(cast["starter"])
    assert len(many) == todo.standing(cast["starter"]).todo


def test_what_pools_offer_and_what_one_may_do_for_others_is_there_once(many, cast):
    Task.objects.filter(case_id__in=many[:4]).update(holder="", pool="department:service")
    Task.objects.filter(case_id__in=many[4:8]).update(holder="yangxiaodong", substitute=cast["starter"])
    Task.objects.filter(case_id=many[8]).update(substitute=cast["starter"])

    found = pages(todo.Todos(person=cast["starter"]))

    assert found == plain(cast["starter"])
    assert len(found) == 12


def test_suspended_cases_are_neither_listed_nor_counted(many, cast):
    Case.objects.filter(pk__in=many[:3]).update(status="suspended")

    assert len(pages(todo.Todos(person=cast["starter"]))) == todo.standing(cast["starter"]).todo == 9


def test_what_is_late_what_is_due_today_and_what_comes_next_is_told(many, cast):
    found = todo.standing(cast["starter"])
    late = pages(todo.narrowed(cast["starter"], "overdue", found))
    today = pages(todo.narrowed(cast["starter"], "today", found))

    dues = dict(Task.objects.values_list("pk", "due_at"))
    assert (found.overdue, len(late)) == (4, 4)
    assert all(dues[pk] < clock.now() for pk in late)
    assert found.today == len(today) > 0
    assert found.next_due == min(dues[pk] for pk in today)


def test_beyond_a_bound_nobody_counts_and_what_comes_next_is_still_found(many, cast, monkeypatch):
    monkeypatch.setattr(todo, "MOST", 3)

    found = todo.standing(cast["starter"])

    assert (found.todo, found.overdue) == (4, 4)
    assert found.next_due == Task.objects.filter(due_at__gte=clock.now()).earliest("due_at").due_at
    assert todo.Todos(person=cast["starter"]).count() == 3
    assert "3+" in client_of(cast["starter"]).get("/").content.decode()


def test_my_work_counts_the_inbox_once(many, cast):
    client = client_of(cast["starter"])
    client.get("/")

    with CaptureQueriesContext(connection) as found:
        client.get("/")

    counts = [row["sql"] for row in found if "FILTER (WHERE due_at" in row["sql"]]
    assert len(counts) == 1


def test_a_claimed_task_leaves_the_pools_inbox(many, cast):
    Task.objects.filter(case_id=many[0]).update(holder="", pool="department:service")
    colleague = cast["colleague"]
    before = todo.standing(colleague).todo

    Task.objects.filter(case_id=many[0]).update(holder=cast["starter"])

    assert (before, todo.standing(colleague).todo) == (1, 0)
