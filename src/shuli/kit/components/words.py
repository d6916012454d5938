"""Short sentences that more than one place says."""

from typing import Any

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _


def unread_label(count: int) -> str:
    """Return what the bell says to whoever cannot see it."""
    if not count:
        return _("Notifications")
    return ngettext("Notifications, %(n)s unread", "Notifications, %(n)s unread", count) % {"n": count}


def person_words(name: str, department: str = "") -> str:
    """Return a person as the language names one: 客服部 李敏 — Li Min, Service."""
    if not department:
        return name
    return pgettext("person", "%(name)s, %(department)s") % {"name": name, "department": department}


def named(person: Any) -> str:
    """Return a person object in words: its `display_name()` and, where it says so, its `department_name()`."""
    if not person:
        return ""
    if isinstance(person, str):
        return person
    department = getattr(person, "department_name", None)
    return person_words(display_name(person), str(department() if callable(department) else department or ""))


def display_name(person: Any) -> str:
    """Return the name alone."""
    name = getattr(person, "display_name", None)
    return str(name() if callable(name) else name or person)


def table_name(table: str | None) -> str:
    """Return what a form is called in the handbook: 表3 — Form 3."""
    if not table:
        return ""
    number = table.removeprefix("表").strip()
    return pgettext("handbook", "Form %(number)s") % {"number": number}


def document_name(name: str) -> str:
    """Return the name of a document in its marks: 《上线计划表》 — the plain name in English."""
    return pgettext("document", "%(name)s") % {"name": name.strip("《》")}


def initials(name: str) -> str:
    """Return what stands in the round mark beside a person: the family name's sign, or two initials."""
    words = name.split()
    if len(words) > 1 and name.isascii():
        return (words[0][0] + words[-1][0]).upper()
    return name[:1].upper()


def joined(items: list[str]) -> str:
    """Return several things in one line: 产品质量、售后支持 — Quality, After-sales."""
    return ("、" if (get_language() or "").startswith("zh") else ", ").join(items)
