"""So many requests a minute and person, for what costs computing time while somebody types.

Counted in each web process: it keeps one person from taking a process's time, and needs no table.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)
# Whoever has not asked for long is forgotten first.
MOST_PEOPLE = 10_000


@dataclass(kw_only=True, slots=True)
class Allowance:
    """A bucket for each person that fills evenly over a minute."""

    per_minute: int
    _left: OrderedDict[str, tuple[float, datetime]] = field(default_factory=OrderedDict)

    def take(self, person: str, now: datetime) -> bool:
        """Return whether the person may ask once more now, and count it."""
        left, at = self._left.pop(person, (float(self.per_minute), now))
        left = min(self.per_minute, left + max((now - at) / MINUTE, 0) * self.per_minute)
        self._left[person] = (left - 1 if left >= 1 else left, now)
        if len(self._left) > MOST_PEOPLE:
            self._left.popitem(last=False)
        return left >= 1
