"""Functions with regular expressions: matches, replace, split."""

from collections.abc import Iterator

from shuli.core.feel.budget import Run
from shuli.core.feel.errors import Failure
from shuli.core.feel.functions.signature import BuiltIn, form
from shuli.core.feel.regex.pattern import PatternError
from shuli.core.feel.regex.program import Captures, Program, program_of

_DIGITS = frozenset("0123456789")


def matches(run: Run, text: str, pattern: str, flags: str | None = None) -> bool | Failure:
    program = _program(run, pattern, flags)
    if isinstance(program, Failure):
        return program
    return program.search(text, 0, run.spend) is not None


def replace(run: Run, text: str, pattern: str, replacement: str, flags: str | None = None) -> str | Failure:
    program = _program(run, pattern, flags)
    if isinstance(program, Failure):
        return program
    parts = [replacement] if "q" in (flags or "") else _replacement_parts(replacement, program.groups)
    if parts is None:
        return Failure("wrong_pattern", found=replacement[:50])
    if program.search("", 0, run.spend) is not None:
        return Failure("wrong_pattern", found=f"{pattern[:50]}, which matches nothing")
    pieces: list[str] = []
    last = 0
    for found in _all_matches(run, program, text):
        pieces.append(text[last : found[0]])
        pieces.extend(_captured(text, found, part) if isinstance(part, int) else part for part in parts)
        last = found[1]
        run.spend(20)
        run.take_room(1 + sum(map(len, pieces[-len(parts) - 1 :])) // 100)
    return "".join([*pieces, text[last:]])


def split(run: Run, text: str, delimiter: str) -> list[str] | Failure:
    program = _program(run, delimiter, None)
    if isinstance(program, Failure):
        return program
    if program.search("", 0, run.spend) is not None:
        return Failure("wrong_pattern", found=f"{delimiter[:50]}, which matches nothing")
    pieces: list[str] = []
    last = 0
    for found in _all_matches(run, program, text):
        run.spend(20)
        run.take_room(1 + (found[0] - last) // 100)
        pieces.append(text[last : found[0]])
        last = found[1]
    return [*pieces, text[last:]]


def _program(run: Run, pattern: str, flags: str | None) -> Program | Failure:
    run.spend(len(pattern) + 15)
    try:
        return program_of(pattern, flags or "")
    except PatternError:
        return Failure("wrong_pattern", found=pattern[:50])


def _all_matches(run: Run, program: Program, text: str) -> Iterator[Captures]:
    position = 0
    while position <= len(text):
        found = program.search(text, position, run.spend)
        if found is None:
            return
        yield found
        position = found[1] if found[1] > found[0] else found[1] + 1


def _captured(text: str, found: Captures, group: int) -> str:
    start, end = found[2 * group : 2 * group + 2]
    return text[start:end] if start >= 0 and end >= 0 else ""


def _replacement_parts(replacement: str, groups: int) -> list[str | int] | None:
    r"""Return literal pieces and group numbers; None where a $ or a \ stands alone."""
    parts: list[str | int] = []
    index = 0
    while index < len(replacement):
        character = replacement[index]
        following = replacement[index + 1 : index + 2]
        if character == "\\":
            if following not in ("\\", "$") or not following:
                return None
            parts.append(following)
            index += 2
        elif character == "$":
            if following not in _DIGITS:
                return None
            number, index = _group_number(replacement, index + 1, groups)
            parts.append(number if number <= groups else "")
        else:
            parts.append(character)
            index += 1
    return parts


def _group_number(text: str, index: int, groups: int) -> tuple[int, int]:
    """Return the longest number of a group that begins here, and where it ends."""
    number = int(text[index])
    index += 1
    while text[index : index + 1] in _DIGITS and number * 10 + int(text[index]) <= groups:
        number = number * 10 + int(text[index])
        index += 1
    return number, index


PATTERNS = (
    BuiltIn("matches", form("input: string, pattern: string, flags?: string|null", matches)),
    BuiltIn(
        "replace",
        form("input: string, pattern: string, replacement: string, flags?: string|null", replace),
    ),
    BuiltIn("split", form("string: string, delimiter: string", split)),
)
