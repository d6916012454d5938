"""No Chinese reader meets English, and no translation outlives its source."""

import pytest

from shuli.server.translations import conflicts, gaps, rooms, translated

GAPS = "run `shuli messages` and translate what it names"


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
def test_every_source_string_is_translated(room):
    assert [f"{gap.kind}: {gap.text}" for gap in gaps(room)] == [], GAPS


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
def test_translations_keep_to_the_house_rules(room):
    """您, never 你; no exclamation marks."""
    words = [(message.id, str(message.string)) for message in translated(room) if message.id]

    assert [source for source, chinese in words if "你" in chinese or "!" in chinese or "！" in chinese] == []


def test_no_word_has_two_translations():
    """All apps share one catalogue: the first app's meaning would show on the other's pages."""
    assert [f"{clash.app}: {clash.text}" for clash in conflicts(rooms())] == [], "same wording, or pgettext"
