"""Every built-in function of FEEL, by its name."""

from shuli.core.feel.functions.contexts import CONTEXTS
from shuli.core.feel.functions.conversion import CONVERSION
from shuli.core.feel.functions.intervals import INTERVALS
from shuli.core.feel.functions.lists import LISTS
from shuli.core.feel.functions.logic import LOGIC
from shuli.core.feel.functions.moments import MOMENTS
from shuli.core.feel.functions.numeric import NUMERIC_FUNCTIONS
from shuli.core.feel.functions.patterns import PATTERNS
from shuli.core.feel.functions.ranges import RANGES
from shuli.core.feel.functions.signature import BuiltIn
from shuli.core.feel.functions.statistics import STATISTICS
from shuli.core.feel.functions.strings import STRINGS
from shuli.core.feel.values import Function

BUILTINS: dict[str, BuiltIn] = {
    function.name: function
    for group in (
        CONVERSION, STRINGS, PATTERNS, NUMERIC_FUNCTIONS, STATISTICS, LISTS, CONTEXTS, MOMENTS, RANGES, INTERVALS, LOGIC,
    )
    for function in group
}  # fmt: skip


def function_named(name: str) -> Function | None:
    """Return a built-in function as a value."""
    built_in = BUILTINS.get(name)
    return None if built_in is None else built_in.as_function
