"""The hash chain of events: each hash covers the one before, so that a change or a gap shows."""

import hashlib


def link(previous: bytes, payload: bytes) -> bytes:
    """Return the hash (32 bytes, SHA-256) of a payload that follows `previous`; b"" begins a chain."""
    return hashlib.sha256(previous + payload).digest()
