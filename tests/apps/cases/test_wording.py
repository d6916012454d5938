"""Every code of the engine has its sentence, so that nobody ever reads a raw key."""

from shuli.apps.cases import narration, notices, wording
from shuli.core.engine.applying import APPLIERS
from shuli.core.engine.codes import INCIDENTS, REFUSALS


def test_every_refusal_of_the_engine_has_a_sentence():
    assert set(REFUSALS) - set(wording.REFUSALS) == set()


def test_every_incident_of_the_engine_has_a_sentence():
    assert set(INCIDENTS) - set(wording.INCIDENTS) == set()


def test_every_kind_of_reminder_has_a_title():
    kinds = {f"reminder_{kind}" for kind in ("before", "at", "after", "repeat")}

    assert kinds | {"task_opened", "task_returned", "escalated", "informed"} <= set(wording.NOTICES)
    assert notices.ANNOUNCERS


def test_every_event_is_told_in_the_timeline_or_said_to_be_silent():
    told = {kind.__name__ for kind in narration.NARRATORS}
    events = {kind.__name__ for kind in APPLIERS}

    assert told | narration.SILENT == events
    assert not told & narration.SILENT
