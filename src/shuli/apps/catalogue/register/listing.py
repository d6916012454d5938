"""The register as a list: narrowed, searched and sorted on the server."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from shuli.apps.catalogue.models import Change, Process, ProcessVersion
from shuli.apps.catalogue.register import shipped
from shuli.apps.directory import queries as directory
from shuli.kit.forms.shown import in_language

SORTS = ("name", "code", "level", "category", "domain", "department", "state", "effective", "review")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the list is narrowed to and sorted by."""

    text: str = ""
    category: str = ""
    domain: str = ""
    level: str = ""
    department: str = ""
    state: str = ""
    importance: str = ""
    sort: str = ""

    @classmethod
    def of(cls, query: Mapping[str, Any]) -> "Wanted":
        """Read what an address asks for; what is unknown is not asked for."""
        names = ("category", "domain", "level", "department", "state", "importance")
        found = {name: str(query.get(name, ""))[:100] for name in names}
        sort = str(query.get("sort", ""))
        text = str(query.get("q", "")).strip()[:200]
        return cls(text=text, sort=sort if sort.removeprefix("-") in SORTS else "", **found)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One process of the register with what follows from its versions."""

    process: Process
    version: ProcessVersion | None  # in force
    coming: ProcessVersion | None
    is_changing: bool

    @property
    def state(self) -> str:
        if self.process.retired_at:
            return "retired"
        if self.version:
            return "in_force"
        return "coming" if self.coming else "review" if self.is_changing else "planned"

    @property
    def is_without_standard(self) -> bool:
        """Nothing says how it is done: no version is in force, so that people go by feeling."""
        return self.version is None and not self.process.retired_at

    @property
    def name(self) -> str:
        return in_language(self.process.names)

    @property
    def domain(self) -> str:
        return in_language(self.process.domains)

    @property
    def effective_on(self) -> date | None:
        found = self.version or self.coming
        return timezone.localdate(found.effective_at) if found and found.effective_at else None

    @property
    def is_review_due(self) -> bool:
        due = self.process.next_review_on
        return due is not None and due <= directory.today() and not self.process.retired_at

    @cached_property
    def department(self) -> str:
        """Return the department in charge: as registered, else the one in which its owner's post is."""
        post = directory.posts().get(self.process.owner_post)
        return self.process.department or (post.department if post else "")


def entries() -> list[Entry]:
    """Return the whole register by category, domain and number."""
    changing = set(
        Change.objects.filter(state__in=["review", "returned"]).values_list("process_id", flat=True)
    )
    found = [_entry(process, changing) for process in _processes()]
    return sorted(found, key=_usual)


def _processes() -> list[Process]:
    from django.db.models import Prefetch

    slim = ProcessVersion.objects.defer("bpmn", "forms", "documents").filter(
        status__in=["published", "coming"]
    )
    return list(Process.objects.prefetch_related(Prefetch("versions", queryset=slim, to_attr="live")))


def _entry(process: Process, changing: set[int]) -> Entry:
    live = {version.status: version for version in process.live}  # type: ignore[attr-defined]
    return Entry(
        process=process,
        version=live.get("published"),
        coming=live.get("coming"),
        is_changing=process.pk in changing,
    )


CATEGORIES = tuple(value for value, _label in Process.Category.choices)


def domain_order(domain: str) -> int:
    usual = [text.zh for text, _category in shipped.domains()]
    return usual.index(domain) if domain in usual else len(usual)


def _usual(entry: Entry) -> tuple[Any, ...]:
    process = entry.process
    return (
        CATEGORIES.index(process.category),
        domain_order(process.domain),
        process.domain,
        process.code or "~",
        process.key,
    )


def narrowed(rows: list[Entry], wanted: Wanted) -> list[Entry]:
    """Return the entries that fit, in the order that is asked for."""
    fit = [row for row in rows if _fits(row, wanted)]
    if not wanted.sort:
        return fit
    key = SORT_KEYS[wanted.sort.removeprefix("-")]
    return sorted(fit, key=key, reverse=wanted.sort.startswith("-"))


def _fits(row: Entry, wanted: Wanted) -> bool:
    process = row.process
    of_several = {"review_due": row.is_review_due, "without_standard": row.is_without_standard}
    given = {
        "category": process.category,
        "domain": process.domain,
        "level": process.level,
        "department": row.department,
        "state": wanted.state if of_several.get(wanted.state) else row.state,
        "importance": process.importance,
    }
    asked = {name: getattr(wanted, name) for name in given}
    return all(not value or given[name] == value for name, value in asked.items()) and _contains(
        row, wanted.text
    )


def _contains(row: Entry, text: str) -> bool:
    process = row.process
    rules = " ".join(f"{one.get('zh', '')} {one.get('en', '')}" for one in process.regulations)
    parts = (
        process.key, process.code, process.name, process.name_en, process.goal, process.goal_en,
        process.domain, process.domain_en, rules,
    )  # fmt: skip
    return all(word in " ".join(parts).lower() for word in text.lower().split())


FAR = date.max
SORT_KEYS: dict[str, Callable[[Entry], Any]] = {
    "name": lambda row: row.name,
    "code": lambda row: (row.process.code or "~", row.process.key),
    "level": lambda row: (row.process.level, row.name),
    "category": _usual,
    "domain": lambda row: (row.domain, row.name),
    "department": lambda row: (
        directory.labels(get_language() or "zh-hans", "department").get(row.department, "~"),
        row.name,
    ),
    "state": lambda row: (row.state, row.name),
    "effective": lambda row: (row.effective_on or FAR, row.name),
    "review": lambda row: (row.process.next_review_on or FAR, row.name),
}
