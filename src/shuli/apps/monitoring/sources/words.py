"""What is said of sources and imports, in the active language."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from shuli.apps.cases.wording import Told
from shuli.apps.monitoring import words
from shuli.apps.monitoring.alerting.words import node_name
from shuli.apps.monitoring.sources.models import Import
from shuli.kit.components import amounts

__all__ = ["NOTICES", "PROBLEMS", "REFUSALS", "node_name", "number_words", "problem_words", "state_words"]

PROBLEMS = {
    "no_date": gettext_lazy("There is no date."),
    "no_value": gettext_lazy("There is no value."),
    "not_a_date": gettext_lazy("This is no date."),
    "not_a_number": gettext_lazy("This is no number."),
    "future": gettext_lazy("The day is still to come."),
    "no_process": gettext_lazy("The process is missing, or nobody knows its name."),
    "no_step": gettext_lazy("The process has no step of this name."),
    "no_department": gettext_lazy("Nobody knows a department of this name."),
    "double": gettext_lazy("Another row says the same day and place."),
    "known": gettext_lazy("An earlier file has brought in this day and place. Undo that one first."),
}


def problem_words(problem: str | None) -> str:
    return str(PROBLEMS[problem]) if problem else ""


def number_words(value: float | None) -> str:
    return words.NOTHING if value is None else amounts.figure(round(value, 2))


def state_words(row: Import) -> str:
    if row.undone_at:
        return pgettext("import", "Undone")
    return pgettext("import", "Brought in") if row.done_at else pgettext("import", "Not brought in yet")


def told_due(params: Mapping[str, Any]) -> Told:
    title = _("Data of %(name)s are due: %(what)s") % {"name": params["name"], "what": params["text"]}
    return Told(title=title, detail=_("Bring the file in on the page of the source."),
                url=reverse("monitoring:source", args=[params["source"]]))  # fmt: skip


NOTICES = {"extraction_due": told_due}

REFUSALS = {
    "no_such_source": gettext_lazy("There is no such source, or it is not open to you."),
    "source_of_others": gettext_lazy(
        "Sources are kept by the head of their department, by owners of processes and by the process office."
    ),
    "source_name_taken": gettext_lazy("There is a source of this name already."),
    "source_without_contact": gettext_lazy("Choose a person of the company."),
    "import_of_others": gettext_lazy(
        "Figures are brought in by whoever keeps the source, its contact, or who is named in its plan."
    ),
    "import_unreadable": gettext_lazy("This file cannot be read. Save it as Excel (.xlsx) or CSV."),
    "import_too_large": gettext_lazy("The file has more than %(most)s rows. Bring it in in parts."),
    "import_without_rows": gettext_lazy(
        "There is nothing to bring in: a head and at least one row are needed."
    ),
    "import_without_measure": gettext_lazy("Say what is measured."),
    "import_has_wrong_rows": gettext_lazy(
        "Nothing was brought in: %(n)s rows are wrong. Mend the file, or choose other rules."
    ),
    "import_done_already": gettext_lazy("This file has been brought in already."),
    "import_undone_already": gettext_lazy("There is nothing to undo."),
    "no_such_import": gettext_lazy("There is no such file, or it is not open to you."),
}
