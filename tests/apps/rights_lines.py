"""How a line of the table of rights is said: an address, a method, and what everybody gets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from apps.rights_world import INSIDERS, MEMBERS, PROGRAMS, SIGNED_OUT

LOGIN = "login"
A_FILE = "<a file>"
BYSTANDER = "<bystander>"  # in a body: the username of somebody uninvolved
COLLEAGUE = "<colleague>"  # in a body: the username of somebody of the holder's department
Expected = Mapping[str, int | str]


@dataclass(frozen=True, kw_only=True)
class Line:
    """What one route and method answers to whom."""

    route: str
    method: str
    expected: Expected
    body: Mapping[str, Any] = field(default_factory=dict)
    variant: str = "held"
    query: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.route}{self.query} {self.variant}"


def all_of(names: tuple[str, ...], answer: int | str) -> dict[str, int | str]:
    return dict.fromkeys(names, answer)


def everybody(status: int) -> Expected:
    return all_of((*SIGNED_OUT, *PROGRAMS, *MEMBERS), status)


def members(status: int, **others: int) -> Expected:
    """A page for whoever is signed in; a program's token opens no page."""
    return {**all_of((*SIGNED_OUT, *PROGRAMS), LOGIN), **all_of(MEMBERS, status), **others}


def administrators(status: int) -> Expected:
    return members(403, administrator=status)


def keepers(status: int, **others: int) -> Expected:
    """A page for whoever keeps the register: the process office and administrators; others may be let in, too."""
    return {**members(403, administrator=status, supervisor=status), **others}


def insiders(status: int, **others: int) -> Expected:
    """A page about the held case: to everybody else it is not there."""
    return {**members(404), **all_of(INSIDERS, status), **others}


def pooled(status: int, **others: int) -> Expected:
    """A page about the pooled case, of which the holder of the other one knows nothing."""
    seeing = ("starter", "candidate", "head", "executive", "owner", "supervisor")
    return {**members(404), **all_of(seeing, status), **others}


def api(status: int, **others: int) -> Expected:
    """An endpoint for members; a reading token reads what its person reads and writes nothing."""
    return {
        **all_of((*SIGNED_OUT, "disabled_token"), 401),
        **all_of(("reading_token", *MEMBERS), status),
        "scoped_token": 403,
        **others,
    }


def programs(status: int) -> Expected:
    """An endpoint for programs whose token was issued for it: no person's own rights open it."""
    return {**api(403), "scoped_token": status}


def api_case(status: int, **others: int) -> Expected:
    return {**api(404), **all_of(("reading_token", *INSIDERS), status), **others}


def api_pooled(status: int, **others: int) -> Expected:
    return {k: 401 if v == LOGIN else v for k, v in pooled(status, **others).items()} | {
        "reading_token": 404,
        "scoped_token": 403,
        **others,
    }


def writes(expected: Expected) -> Expected:
    return {**expected, "reading_token": 403}


def a_file() -> SimpleUploadedFile:
    return SimpleUploadedFile("新.txt", "单价 12 元".encode())


def get(route: str, expected: Expected, **more: Any) -> Line:
    return Line(route=route, method="GET", expected=expected, **more)


def post(route: str, expected: Expected, body: Mapping[str, Any] | None = None, **more: Any) -> Line:
    return Line(route=route, method="POST", expected=expected, body=body or {}, **more)


REST = "/api/v1"
REASON = {"reason": "不需要了"}
