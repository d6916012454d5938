"""What a text must look like, such as [A-Z]{2}[0-9]{6}: patterns in linear time, whoever wrote them."""

from shuli.core.feel.budget import Run
from shuli.core.feel.errors import OutOfBudget
from shuli.core.feel.regex.pattern import PatternError
from shuli.core.feel.regex.program import Program, program_of


def is_pattern(pattern: str) -> bool:
    """Return whether this is a regular expression (XPath's, as in FEEL)."""
    try:
        program_of(pattern)
    except PatternError:
        return False
    return True


def fits(pattern: str, text: str) -> bool:
    """Return whether the whole text is as the pattern says; one that is no pattern, or costs too much, forbids nothing."""
    try:
        return _whole(pattern).search(text, 0, Run().spend) is not None
    except (PatternError, OutOfBudget):
        # read_form has refused what is no pattern; nobody is kept from going on by a pattern that is too dear
        return True


def _whole(pattern: str) -> Program:
    # FEEL's matches() is content with a part of the text
    return program_of(f"^({pattern})$")
