"""What the values of performer rules mean, the same for the company and for its double."""

from collections.abc import Sequence
from typing import Any

from shuli.core.engine.marking import Marking
from shuli.core.engine.world import Assignment

NOBODY = Assignment()


def names_in(value: Any) -> list[str]:
    """Return the usernames that a form's answer holds: one, or a list of them, each once."""
    found = value if isinstance(value, list | tuple) else [value]
    return list(dict.fromkeys(name for name in found if isinstance(name, str) and name))


def several(people: Sequence[str]) -> Assignment:
    """Return people of whom each gets a seat in a vote; elsewhere the first does the work."""
    return Assignment(holder=people[0], people=tuple(people)) if people else NOBODY


def superior_asked(value: Any, case: Marking) -> tuple[str | None, int]:
    """Return of whom a superior is meant, and how many levels up; without a value the starter's own.

    A value is a number of levels, a username, the id of a node (whoever completed it), or both as {of, levels}.
    """
    asked = value if isinstance(value, dict) else {"levels": value} if _is_number(value) else {"of": value}
    of = asked.get("of") or case.starter
    levels: Any = asked.get("levels")
    return case.performers.get(str(of), of), max(int(levels), 1) if _is_number(levels) else 1


def _is_number(value: Any) -> bool:
    return not isinstance(value, bool | str) and hasattr(value, "__int__")


def nth_superior(chain: Sequence[str], levels: int) -> str | None:
    """Return who stands so many levels above; the topmost where the line is shorter, None where there is no line."""
    return chain[min(levels, len(chain)) - 1] if chain else None
