"""What somebody has begun to fill in stays, whoever goes on with it."""

import pytest

from shuli.apps.cases import operations

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


def test_a_completed_task_has_no_draft_left(drafted, cast):
    operations.complete(drafted.pk, cast["starter"], {}, operations.Verdict(decision="approve"))

    drafted.refresh_from_db()
    assert (drafted.state, drafted.draft) == ("done", None)
