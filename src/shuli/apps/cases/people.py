"""People as a page names them: 客服部 李敏 — Li Min, Service."""

from collections.abc import Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuli.apps.directory import queries as directory
from shuli.core.engine.commands import SYSTEM
from shuli.kit.components.words import person_words


class Names:
    """The names of some people, asked for once for a whole page."""

    def __init__(self, usernames: Iterable[str]) -> None:
        self._people = directory.people_by_username(dict.fromkeys(name for name in usernames if name))
        self._labels = directory.labels(get_language() or "zh-hans")

    def short(self, username: str) -> str:
        """Return the name alone; the program by its own name, accounts long gone by what is known."""
        person = self._people.get(username)
        if person is None:
            return _("Shuli") if username == SYSTEM else username
        return person.display_name()

    def full(self, username: str) -> str:
        """Return the name with its department."""
        return person_words(self.short(username), self.department(username))

    def department(self, username: str) -> str:
        person = self._people.get(username)
        return self._labels.get(person.main_department_code or "", "") if person else ""

    def label(self, code: str) -> str:
        """Return the name of a department or post."""
        return self._labels.get(code, code)

    def holder(self, username: str, department: str) -> str:
        """Return who has a task: a person, or the department that has not claimed it."""
        return self.full(username) if username else self.label(department)
