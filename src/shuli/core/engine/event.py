"""What every event has in common."""

from msgspec import Struct


class Event(Struct, frozen=True, kw_only=True, tag=True, tag_field="type", gc=False):
    pass
