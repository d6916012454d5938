"""Named places where a test may make the program stumble.

`failpoint("case.written")` does nothing unless SHULI_FAILPOINTS switches that name on:

    SHULI_FAILPOINTS="case.written=crash,job.taken=sleep:0.1"

`crash` ends the process at once, as kill -9 would; `raise` raises FailpointError; `sleep:SECONDS` waits.
`crash@3` acts at the third passage only.
"""

import os
import re
import signal
import time
from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

from django.conf import settings

# Every name in the program, so that a test can go through them all; tests/kit/test_failpoints.py compares.
FAILPOINTS: tuple[str, ...] = (
    "request.read",
    "request.answered",
    "idempotency.claimed",
    "idempotency.stored",
    "form.checked",
    "form.recorded",
    "number.taken",
    "case.opened",
    "case.locked",
    "case.decided",
    "events.chained",
    "rows.sent",
    "case.written",
    "notice.written",
    "mail.asked",
    "child.started",
    "child.ended",
    "parent.told",
    "case.followed",
    "message.routed",
    "message.delivered",
    "service.begun",
    "service.answered",
    "dispatch.begun",
    "dispatch.sent",
    "comment.written",
    "file.kept",
    "file.named",
    "timer.taken",
    "timer.fired",
    "version.retired",
    "version.published",
    "job.asked",
    "job.taken",
    "job.done",
    "bulk.taken",
    "bulk.done",
)


ACTION = re.compile(r"(crash|raise|sleep:\d+(\.\d+)?)(@\d+)?")


class FailpointError(RuntimeError):
    """A failpoint was switched on to raise."""


_switched: Mapping[str, str] | None = None
_passages: Counter[str] = Counter()


def parse(text: str) -> Mapping[str, str]:
    """Read `name=action,name=action`; an unknown name is refused, because a typo would test nothing."""
    found = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, _, action = part.partition("=")
        if name not in FAILPOINTS or not ACTION.fullmatch(action):
            raise ValueError(
                f"Expected name=crash|raise|sleep:SECONDS[@N], a name of {FAILPOINTS}, but found {part}."
            )
        found[name] = action
    return MappingProxyType(found)


def switch(text: str) -> None:
    """Switch failpoints for this process; an empty text switches all off."""
    global _switched  # noqa: PLW0603 -- one switchboard a process
    _switched = parse(text)
    _passages.clear()


def failpoint(name: str) -> None:
    """Stumble here when this name is switched on."""
    if _switched is None:
        switch(settings.SHULI_FAILPOINTS)
    if _switched:
        _stumble(name, _switched.get(name, ""))


def passed() -> frozenset[str]:
    """Return the names that were gone through since any was switched on."""
    return frozenset(_passages)


def _stumble(name: str, asked: str) -> None:
    action, _, passage = asked.partition("@")
    _passages[name] += 1
    if not action or (passage and _passages[name] != int(passage)):
        return
    verb, _, amount = action.partition(":")
    if verb == "crash":
        os.kill(os.getpid(), signal.SIGKILL)
    elif verb == "sleep":
        time.sleep(float(amount))
    else:
        raise FailpointError(name)
