"""What stands around every page: navigation, the person, unread count, banners. Reckoned only when it is shown."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import get_language

from shuli.kit import navigation

PHONE_ENTRIES = 3  # beside "Start" and "More"


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonLine:
    """Who is signed in, as the foot of the navigation says it."""

    name: str
    # department, or post
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Banner:
    """Something that is true of the whole installation just now, such as a demonstration or a moved clock."""

    text: str | Promise
    icon: str = "info-circle"
    url: str = ""
    link: str | Promise = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Language:
    code: str
    # in the language itself
    name: str
    # as short as a button
    short: str
    # for the attribute lang
    tag: str
    is_current: bool


# Each language in its own words: whoever cannot read the page must find the way out of it.
NAMES = {"zh-hans": ("中文", "中文", "zh-Hans"), "en": ("English", "EN", "en")}


def _language(code: str, *, is_current: bool) -> Language:
    name, short, tag = NAMES.get(code, (code, code, code))
    return Language(code=code, name=name, short=short, tag=tag, is_current=is_current)


class _Hooks:
    """What apps tell the shell, because it may not ask them."""

    person: Callable[[HttpRequest], PersonLine | None] | None = None
    unread: Callable[[HttpRequest], int] | None = None
    banners: dict[str, Callable[[HttpRequest], Banner | None]] = {}


def describe_person_with(describe: Callable[[HttpRequest], PersonLine | None]) -> None:
    """Say how the signed-in person is named."""
    _Hooks.person = staticmethod(describe)


def count_unread_with(count: Callable[[HttpRequest], int]) -> None:
    """Say how many notifications a person has not read."""
    _Hooks.unread = staticmethod(count)


def add_banner(key: str, banner: Callable[[HttpRequest], Banner | None]) -> None:
    """Show a banner on every page for as long as the function returns one."""
    _Hooks.banners[key] = banner


class Shell:
    """The surroundings of one page; each part is reckoned when the template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def is_signed_in(self) -> bool:
        return bool(getattr(self._request, "user", None)) and self._request.user.is_authenticated

    @cached_property
    def links(self) -> tuple[navigation.Link, ...]:
        return navigation.links(self._request, getattr(self._request, "nav", ""))

    @property
    def phone_links(self) -> list[navigation.Link]:
        """Return the entries of the bar at the bottom of a phone."""
        return [link for link in self.links if link.entry.on_phone][:PHONE_ENTRIES]

    @property
    def more_links(self) -> list[navigation.Link]:
        """Return the entries that a phone has under "More"."""
        return [link for link in self.links if link not in self.phone_links]

    @cached_property
    def person(self) -> PersonLine | None:
        if not self.is_signed_in:
            return None
        found = _Hooks.person(self._request) if _Hooks.person else None
        return found or PersonLine(name=self._request.user.get_username())

    @cached_property
    def unread(self) -> int:
        return _Hooks.unread(self._request) if _Hooks.unread and self.is_signed_in else 0

    @cached_property
    def banners(self) -> list[Banner]:
        found = (banner(self._request) for banner in _Hooks.banners.values())
        return [banner for banner in found if banner is not None]

    @cached_property
    def places(self) -> dict[str, str]:
        return {key: navigation.place(key) for key in navigation.PLACES}

    @property
    def languages(self) -> list[Language]:
        active = get_language() or settings.LANGUAGE_CODE
        return [_language(code, is_current=code == active) for code, _name in settings.LANGUAGES]

    @property
    def other_language(self) -> Language | None:
        """Return the language that the button in the top line switches to."""
        return next((language for language in self.languages if not language.is_current), None)
