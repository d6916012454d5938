"""Who is told what, and that nobody is told of what was not done."""

import pytest

from shuli.apps.cases import operations, queries

pytestmark = pytest.mark.django_db


def codes(person):
    return sorted(queries.notifications(person).values_list("code", flat=True))


def open_task(case, node):
    return case.tasks.get(node=node, state="open")


def test_returned_work_says_that_it_was_returned(started, cast):
    operations.complete(
        open_task(started, "detail").pk, cast["starter"], {}, operations.Verdict(decision="approve")
    )
    operations.return_task(open_task(started, "money").pk, cast["finance_head"], "detail", "no budget")

    assert "task_returned" in codes(cast["starter"])


def test_a_command_that_is_refused_tells_nobody(started, cast):
    before = codes(cast["finance_head"])

    operations.complete(
        open_task(started, "detail").pk, cast["stranger"], {}, operations.Verdict(decision="approve")
    )

    assert codes(cast["finance_head"]) == before
