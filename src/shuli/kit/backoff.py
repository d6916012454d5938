"""How long to wait before the next attempt: longer each time, and not all at the same moment."""

import random
from datetime import timedelta

# After the first failure, the second, …; the last one counts for all that follow.
SCHEDULE = (10, 30, 120, 600, 1_800, 7_200, 21_600, 43_200)  # seconds
JITTER = 0.2  # a wait is up to a fifth shorter or longer


def pause(failures: int) -> timedelta:
    """Return how long to wait after so many failures, at least one."""
    seconds = SCHEDULE[min(max(failures, 1), len(SCHEDULE)) - 1]
    return timedelta(seconds=seconds * random.uniform(1 - JITTER, 1 + JITTER))  # noqa: S311 -- no secret
