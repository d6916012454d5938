"""Short sentences that more than one place says."""

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


def initials(name: str) -> str:
    """Return what stands in the round mark beside a person: the family name's sign, or two initials."""
    words = name.split()
    if len(words) > 1 and name.isascii():
        return (words[0][0] + words[-1][0]).upper()
    return name[:1].upper()


def joined(items: list[str]) -> str:
    """Return several things in one line: 产品质量、售后支持 — Quality, After-sales."""
    return ("、" if (get_language() or "").startswith("zh") else ", ").join(items)
