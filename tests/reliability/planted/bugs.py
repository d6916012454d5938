"""Bugs planted by hand: mistakes that somebody could make here, each with the tests that have to notice it.

A bug is a replacement in one file of the program. The old text stands there exactly once; when the program changes so
that it does not, a test of every commit asks for the bug to be brought up to date.
"""

from reliability.planted import in_the_engine, in_the_rest
from reliability.planted.bug import Bug

BUGS: tuple[Bug, ...] = (*in_the_engine.BUGS, *in_the_rest.BUGS)

__all__ = ["BUGS", "Bug"]
