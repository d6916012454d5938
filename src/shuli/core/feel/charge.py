"""What is charged for work that grows with its values."""

from typing import Protocol


class Charged(Protocol):
    """What is charged for the work: a run."""

    def spend(self, steps: int) -> None:
        """Take steps from the budget; raise when there are none left."""
