"""Whether a call can fit a built-in function, judged by the kinds of its arguments alone."""

from shuli.core.feel.functions.signature import BuiltIn, Form
from shuli.core.feel.types import Simple

_UNKNOWN = frozenset({Simple.ANY, Simple.NULL})


def accepts(function: BuiltIn, kinds: list[Simple], names: tuple[str, ...] | None) -> bool:
    """Return whether a call with arguments of these kinds can fit one of the forms of a function."""
    return any(_fits(form, kinds, names) for form in function.forms)


def _fits(form: Form, kinds: list[Simple], names: tuple[str, ...] | None) -> bool:
    if form.variadic:
        return True
    if names is not None:
        by_name = {parameter.name: parameter for parameter in form.parameters}
        return set(names) <= set(by_name) and len(names) >= form.fewest
    if not form.fewest <= len(kinds) <= len(form.parameters):
        return False
    return all(
        kind in _UNKNOWN
        or kind is Simple.LIST
        or not parameter.kinds.isdisjoint({kind, Simple.ANY, Simple.LIST})
        for parameter, kind in zip(form.parameters, kinds, strict=False)
    )
