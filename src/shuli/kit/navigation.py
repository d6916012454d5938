"""The entries of the one navigation, and the places that every page links to. Apps add theirs in AppConfig.ready."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise


def everybody(request: HttpRequest) -> bool:
    """Return whether somebody is signed in; what most entries ask for."""
    return request.user.is_authenticated


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One line of the navigation."""

    key: str
    label: str | Promise
    # a name in frontend/icons.txt
    icon: str
    # a feature that does not exist has no such name yet, and no entry
    url_name: str
    # entries stand in this order; a line is drawn between groups
    order: int
    group: int = 1
    allowed: Callable[[HttpRequest], bool] = everybody
    # what waits there for the person
    count: Callable[[HttpRequest], int] | None = None
    # the letter that goes there after g
    go: str = ""
    # what else its pages' addresses begin with
    also: tuple[str, ...] = ()
    # stands in the bar at the bottom of a phone; the rest is under "More"
    on_phone: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """An entry as one person sees it on one page."""

    entry: Entry
    url: str
    count: int
    is_current: bool


_entries: dict[str, Entry] = {}
_places: dict[str, str] = {}

PLACES = ("home", "start", "search", "notifications", "profile", "live")


def add(entry: Entry) -> None:
    """Put an entry into the navigation; one of the same key is replaced."""
    _entries[entry.key] = entry


def set_place(key: str, url_name: str) -> None:
    """Say which page is `home`, `start`, `search`, `notifications`, `profile` or `live`."""
    if key not in PLACES:
        raise ValueError(
            f"Expected one of {', '.join(PLACES)} but found {key}. Use a name that the shell links to."
        )
    _places[key] = url_name


def place(key: str) -> str:
    """Return the address of a place, or nothing where no app has it yet."""
    return _address(_places[key]) if key in _places else ""


def entries() -> tuple[Entry, ...]:
    """Return all entries in their order, whoever may see them."""
    return tuple(sorted(_entries.values(), key=lambda entry: (entry.group, entry.order, entry.key)))


def links(request: HttpRequest, current: str = "") -> tuple[Link, ...]:
    """Return what this person may use; `current` is the key of the page's entry, else its address tells."""
    found = [(entry, _address(entry.url_name)) for entry in entries() if entry.allowed(request)]
    found = [(entry, url) for entry, url in found if url]
    here = current or _nearest(found, request.path)
    return tuple(
        Link(
            entry=entry,
            url=url,
            count=entry.count(request) if entry.count else 0,
            is_current=entry.key == here,
        )
        for entry, url in found
    )


def _nearest(found: list[tuple[Entry, str]], path: str) -> str:
    """Return the key of the entry whose address is the longest beginning of the path."""
    fitting = [
        (len(begin), entry.key)
        for entry, url in found
        for begin in (url, *entry.also)
        if path.startswith(begin)
    ]
    return max(fitting)[1] if fitting else ""


def _address(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""
