"""What somebody has begun to fill in stays, whoever goes on with it."""

import pytest

from shuli.apps.cases import operations
from shuli.apps.directory import queries as directory

pytestmark = pytest.mark.django_db


@pytest.fixture
def drafted(started, cast):
    task = started.tasks.get(node="detail", state="open")
    saved = operations.save_draft(task.pk, cast["starter"], {"note": "half"})
    assert isinstance(saved, operations.Done), saved
    return task


def test_a_draft_goes_with_the_task_that_is_handed_over(drafted, cast):
    operations.transfer(drafted.pk, cast["starter"], cast["colleague"], "leave")

    drafted.refresh_from_db()
    assert (drafted.holder, drafted.draft) == (cast["colleague"], {"note": "half"})


def test_nobody_else_can_write_into_a_draft(drafted, cast):
    refused = operations.save_draft(drafted.pk, cast["colleague"], {"note": "mine"})

    drafted.refresh_from_db()
    assert not isinstance(refused, operations.Done)
    assert drafted.draft == {"note": "half"}


def test_nobody_else_of_the_pool_writes_into_the_draft_of_whoever_took_the_task(started, cast):
    operations.complete(
        started.tasks.get(node="detail").pk, cast["starter"], {}, operations.Verdict(decision="approve")
    )
    task = started.tasks.get(node="tech", state="open")
    operations.claim(task.pk, cast["tech"])
    other = next(name for name in directory.members("department:tech") if name != cast["tech"])

    refused = operations.save_draft(task.pk, other, {"advice": "mine"})

    task.refresh_from_db()
    assert (refused.code, refused.params["who"], task.draft) == ("already_claimed", cast["tech"], None)


def test_a_completed_task_has_no_draft_left(drafted, cast):
    operations.complete(drafted.pk, cast["starter"], {}, operations.Verdict(decision="approve"))

    drafted.refresh_from_db()
    assert (drafted.state, drafted.draft) == ("done", None)
