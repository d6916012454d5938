"""What stands in an entry of the register: each fact with its label, how it is read from text, how it is written."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from shuli.apps.catalogue.models import Process
from shuli.apps.directory import queries as directory
from shuli.core.text import Text

LEVELS = ("L1", "L2", "L3", "L4", "L5")
KEY = re.compile(r"[A-Z][A-Z0-9-]{1,62}")
LANGUAGES = ("zh-hans", "en")


class UnreadableError(ValueError):
    """A text stands for no value here; its words say what is expected."""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One column of the register, in Excel and in REST."""

    key: str
    label: str | Promise
    width: int = 16
    read: Callable[[str], Any] = str
    write: Callable[[Any], str] = str
    is_told: bool = False  # follows from something else: written to files, not read from them
    longest: int = 0

    def value_of(self, text: str) -> Any:
        """Return what a cell says; UnreadableError with the reason where it cannot be kept."""
        if self.longest and len(text) > self.longest:
            raise UnreadableError(str(_("Longer than %(n)s characters.") % {"n": self.longest}))
        return self.read(text)


def in_each_language(words: str | Promise) -> list[str]:
    """Return a label as it stands in either language, so that files of both are read."""
    found = []
    for language in LANGUAGES:
        with override(language):
            found.append(str(words).strip())
    return found


def chooser(choices: Iterable[tuple[str, str | Promise]]) -> Callable[[str], str]:
    """Return a reader that takes a value, or its label in either language."""
    given = [(value, label) for value, label in choices]

    def read(text: str) -> str:
        for value, label in given:
            if text.lower() in {value.lower(), *(word.lower() for word in in_each_language(label))}:
                return value
        options = " / ".join(str(label) for _value, label in given)
        raise UnreadableError(
            str(_("“%(text)s” is none of %(options)s.") % {"text": text, "options": options})
        )

    return read


def labeller(choices: Iterable[tuple[str, str | Promise]]) -> Callable[[Any], str]:
    known = dict(choices)
    return lambda value: str(known.get(value, value))


def named(kind: str) -> Callable[[str], str]:
    """Return a reader of a department or post by its code or name; two of one name must be told apart by code."""

    def read(text: str) -> str:
        if not text:
            return ""
        labels = [directory.labels(language, kind) for language in LANGUAGES]
        if text in labels[0]:
            return text
        found = {code for row in labels for code, name in row.items() if name.lower() == text.lower()}
        if len(found) != 1:
            problem = (
                _("“%(text)s” is not known.") if not found else _("“%(text)s” is ambiguous; give its code.")
            )
            raise UnreadableError(str(problem % {"text": text}))
        return found.pop()

    return read


def namer(kind: str) -> Callable[[Any], str]:
    return lambda code: directory.labels(get_language() or LANGUAGES[0], kind).get(code, code or "")


def read_level(text: str) -> str:
    level = text.upper()
    if level not in LEVELS:
        raise UnreadableError(str(_("“%(text)s” is no level from L1 to L5.") % {"text": text}))
    return level


def read_key(text: str) -> str:
    if not KEY.fullmatch(text):
        problem = _("“%(text)s” is no key: capital letters, digits and hyphens, such as P-PAYMENT.")
        raise UnreadableError(str(problem % {"text": text}))
    return text


def read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.replace("/", "-")) if text else None
    except ValueError:
        raise UnreadableError(str(_("“%(text)s” is no date such as 2027-03-31.") % {"text": text})) from None


def write_day(day: date | None) -> str:
    return day.isoformat() if day else ""


def read_regulations(text: str) -> list[dict[str, str]]:
    """Return one reference a line; the English one may stand behind a bar."""
    rows = [line.partition("|") for line in text.splitlines() if line.strip()]
    return [{"zh": zh.strip(), "en": en.strip()} for zh, _bar, en in rows]


def write_regulations(rows: Iterable[Mapping[str, str]]) -> str:
    return "\n".join(f"{row['zh']} | {row['en']}" if row.get("en") else row["zh"] for row in rows)


def regulation_words(process: Process) -> list[str]:
    """Return the laws and rules that the process follows, in the active language."""
    language = get_language() or LANGUAGES[0]
    return [
        Text(zh=row.get("zh", ""), en=row.get("en", "")).in_language(language) for row in process.regulations
    ]


STATES: tuple[tuple[str, str | Promise], ...] = (
    ("in_force", _("In force")),
    ("coming", _("Takes effect later")),
    ("review", _("Under review")),
    ("planned", _("No diagram yet")),
    ("retired", _("Out of service")),
)

FACTS: tuple[Fact, ...] = (
    Fact(key="key", label=_("Key"), read=read_key, width=20),
    Fact(key="code", label=_("Number"), longest=40),
    Fact(key="level", label=_("Level"), read=read_level, width=8),
    Fact(
        key="category",
        label=_("Category"),
        read=chooser(Process.Category.choices),
        write=labeller(Process.Category.choices),
        width=12,
    ),
    Fact(key="domain", label=_("Domain"), longest=100),
    Fact(key="domain_en", label=_("Domain (English)"), longest=100),
    Fact(key="name", label=_("Name of the process"), width=28, longest=200),
    Fact(key="name_en", label=_("Name (English)"), width=28, longest=200),
    Fact(
        key="department", label=_("Department in charge"), read=named("department"), write=namer("department")
    ),
    Fact(key="owner_post", label=_("Process owner"), read=named("post"), write=namer("post"), width=24),
    Fact(key="supervisor_post", label=_("Supervisor"), read=named("post"), write=namer("post"), width=20),
    Fact(
        key="importance",
        label=_("Importance"),
        read=chooser(Process.Importance.choices),
        write=labeller(Process.Importance.choices),
        width=12,
    ),
    Fact(key="state", label=_("State"), write=labeller(STATES), is_told=True, width=12),
    Fact(key="version", label=_("Version"), is_told=True, width=8),
    Fact(key="effective_on", label=_("Effective date"), write=write_day, is_told=True, width=12),
    Fact(key="next_review_on", label=_("Next review"), read=read_day, write=write_day, width=12),
    Fact(key="regulations", label=_("Regulations"), read=read_regulations, write=write_regulations, width=36),
    Fact(key="goal", label=_("Goal"), width=40),
    Fact(key="goal_en", label=_("Goal (English)"), width=40),
    Fact(key="next_step", label=_("Next step"), width=32, longest=300),
    Fact(key="next_step_en", label=_("Next step (English)"), width=32, longest=300),
)
# What the model says where there is one; it is changed by publishing, not in the register.
OF_THE_MODEL = ("owner_post", "supervisor_post")
