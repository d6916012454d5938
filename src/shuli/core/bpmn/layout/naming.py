"""The names of an element in every language that it has."""

from shuli.core.bpmn.elements import SHULI, Element


def names_of(element: Element) -> tuple[str, ...]:
    """Return the name that BPMN knows and those that our extension adds."""
    own = getattr(element, "name", "")
    others = [one.text.strip() for one in element.extensions if one.tag == f"{{{SHULI}}}name"]
    return tuple(name for name in (own, *others) if name)
