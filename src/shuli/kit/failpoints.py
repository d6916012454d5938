"""Named places where a test makes the program fail: `SHULI_FAILPOINTS="case.written=crash"`.

Without that setting a failpoint is one dictionary look-up.
"""

import os
import time
from collections.abc import Callable

NAMES: dict[str, str] = {}  # name -> where it is, filled by the modules that have them


class FailpointError(RuntimeError):
    """A failpoint was told to raise."""


def _crash(_argument: str) -> None:
    os._exit(137)  # as kill -9 would: no cleaning up


def _raise(argument: str) -> None:
    raise FailpointError(argument or "failpoint")


def _sleep(argument: str) -> None:
    time.sleep(float(argument))


ACTIONS: dict[str, Callable[[str], None]] = {"crash": _crash, "raise": _raise, "sleep": _sleep}


def parse(setting: str) -> dict[str, tuple[str, str]]:
    """Read "name=action[:argument],…" into the actions by name."""
    found = {}
    for part in filter(None, setting.split(",")):
        name, _, action = part.partition("=")
        kind, _, argument = action.partition(":")
        if kind not in ACTIONS:
            raise ValueError(f"Expected an action of {', '.join(ACTIONS)} for {name} but found {kind!r}.")
        found[name.strip()] = (kind, argument)
    return found


_active = parse(os.environ.get("SHULI_FAILPOINTS", ""))


def failpoint(name: str) -> None:
    """Do what the setting asks for at this place; usually nothing."""
    if _active and name in _active:
        kind, argument = _active[name]
        ACTIONS[kind](argument)


def switch(setting: str) -> None:
    """Switch failpoints on or off at run time, for tests in one process."""
    _active.clear()
    _active.update(parse(setting))
