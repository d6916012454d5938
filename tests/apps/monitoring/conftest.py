"""A small company's half year: requests that go through quickly, late, back, to somebody else, or not at all."""

import random
from datetime import timedelta

import pytest

from apps.cases.conftest import MONDAY, publish_purchase
from shuli.apps.cases import operations
from shuli.apps.cases.models import Case, Task
from shuli.kit import clock


@pytest.fixture(autouse=True)
def _as_installed(shipped_rows):
    """Begin with the rules, scores and reports that ship."""


@pytest.fixture
def people(db):
    from shuli.apps.directory import queries as directory

    with clock.frozen(MONDAY):
        publish_purchase()
        return {
            "starter": directory.search_people("李敏")[0].username,
            "colleague": directory.search_people("何佳")[0].username,
            "tech": directory.search_people("吴涛")[0].username,
            "money": directory.head("finance"),
            "sign": directory.executive("tech"),
            "owner": directory.members("post:owner-complaint")[0],
        }


@pytest.fixture
def played(people):
    """Play some requests with a clock that moves, and return the moment at which all of it is past."""
    return play(people, MONDAY, cases=18, chance=random.Random(7))


def play(people, now, cases, chance):
    """Start so many cases, and do what is open at one of them after another, hours to days apart, mostly to their end."""
    begun = 0
    for _ in range(cases * 9):
        now += timedelta(hours=chance.choice([1, 3, 9, 20, 50]))
        with clock.frozen(now):
            if begun < cases and chance.random() < 0.3:
                start(people, begun)
                begun += 1
            else:
                step(people, chance)
    return now


def start(people, number):
    answers = {"what": f"设备 {number}", "amount": str(number), "phone": ""}
    assert isinstance(operations.start_case("P-PURCHASE", people["starter"], answers), operations.Done)


def step(people, chance):
    """Do one open task as one of those who may; some work goes back, some to somebody else, some is not wanted any more."""
    for paused in Case.objects.filter(status="suspended"):
        operations.resume(paused.pk, people["owner"])
    open_tasks = list(Task.objects.filter(state="open").order_by("pk"))
    closed = Case.objects.exclude(ended_at=None).order_by("pk").first()
    if closed is not None and chance.random() < 0.04:
        operations.reopen(closed.pk, people["owner"], "sign", "还有要改的")
    if not open_tasks:
        return
    task = open_tasks[min(chance.randrange(6), len(open_tasks) - 1)]
    who = task.holder or people["tech"]
    draw = chance.random()
    if draw < 0.08 and task.node != "detail":
        operations.return_task(task.pk, who, "detail", "说不清楚")
    elif draw < 0.2:
        operations.transfer(task.pk, people["owner"], people["colleague"], "请假")
    elif draw < 0.28:
        operations.suspend(task.case_id, people["owner"], "等供应商")
    elif draw < 0.3:
        operations.terminate(task.case_id, people["owner"], "不再需要")
    else:
        answers = {"advice": "可以"} if task.node == "tech" else {}
        operations.complete(task.pk, who, answers, operations.Verdict(signed=True))
