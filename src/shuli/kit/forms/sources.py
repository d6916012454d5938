"""What forms need to know of people, departments and files, which the apps tell; the kit may not ask them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from shuli.core.forms import Decider

Choices = Sequence[tuple[str, str]]


def _codes(codes: Iterable[str]) -> Mapping[str, str]:
    return {code: code for code in codes}


def _nothing() -> Choices:
    return ()


def _unsaid(_record: Mapping[str, Any]) -> str:
    return ""


@dataclass(kw_only=True, slots=True)
class Sources:
    """Each is replaced by the app that knows; until then codes stand for themselves."""

    # usernames to words such as 客服部 李敏
    people: Callable[[Iterable[str]], Mapping[str, str]] = _codes
    # code and name of all that may be chosen, in the active language
    departments: Callable[[], Choices] = _nothing
    posts: Callable[[], Choices] = _nothing
    # key and name of every process, in the active language
    processes: Callable[[], Choices] = _nothing
    # name of the address that finds people: ?q=… → [{"value", "label", "note"}]
    find_people: str = ""
    # name of the address that takes one file → 201 {"id", "name"}
    upload: str = ""
    # name of the address of a file, by its id
    file: str = ""
    # name of the address of a case, by its number
    case: str = ""
    # what a decision of the catalogue gives for variables, and its record in words
    decide: Decider | None = None
    decided: Callable[[Mapping[str, Any]], str] = _unsaid
    largest_file: int = 25 * 1024 * 1024


sources = Sources()


def address(url_name: str, *arguments: object) -> str:
    """Return the address of a source, or nothing where no app has it."""
    try:
        return reverse(url_name, args=arguments) if url_name else ""
    except NoReverseMatch:
        return ""
