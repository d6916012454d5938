"""How people decide a node together: votes, seats, visits and returns."""

from shuli.core.engine.approvals.votes import decide_votes

__all__ = ["decide_votes"]
