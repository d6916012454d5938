"""What a planted bug is."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Bug:
    name: str  # what goes wrong, as a sentence
    file: str  # within src/shuli
    old: str
    new: str
    tests: tuple[str, ...]  # within tests; a few that take seconds


def bug(name: str, file: str, old: str, new: str, *tests: str) -> Bug:
    return Bug(name=name, file=file, old=old, new=new, tests=tests)
