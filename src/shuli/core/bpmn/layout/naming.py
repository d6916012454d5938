"""The names of an element in every language that it has."""

from shuli.core.bpmn.elements import Element
from shuli.core.bpmn.extension import name_of


def names_of(element: Element) -> tuple[str, ...]:
    """Return the element's name in Chinese and English, as far as it has them."""
    name = name_of(element)
    return tuple(words for words in dict.fromkeys((name.zh, name.en)) if words)
