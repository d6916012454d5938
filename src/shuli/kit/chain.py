"""The event chain: each record carries the hash of the one before, so that an edit by hand shows."""

import hashlib
from typing import Any

import msgspec

ORIGIN = bytes(32)  # what the first record of a chain stands on
_ENCODER = msgspec.json.Encoder(order="sorted", decimal_format="string")


def canonical(value: Any) -> bytes:
    """Return the one JSON text of a value: keys sorted, no blanks, UTF-8."""
    return _ENCODER.encode(value)


def link(previous: bytes, payload: bytes) -> bytes:
    """Return the hash of this record standing on the previous one.

    The length goes first, so that no other split of the same bytes gives the same hash.
    """
    return hashlib.sha256(len(previous).to_bytes(4, "big") + previous + payload).digest()
