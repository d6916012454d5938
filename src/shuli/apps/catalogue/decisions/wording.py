"""Sentences for refused changes of decisions."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "decision_missing": _("There is no such decision."),
    "decision_not_yours": _("Only the process owner changes this decision."),
    "decision_key_wrong": _("A code has small letters, digits and hyphens, and begins with a letter."),
    "decision_name_missing": _("Please give the decision a name."),
    "decision_key_taken": _("The code %(key)s is already taken."),
    "draft_changed": _("Somebody else has saved this draft meanwhile. Your table stands below; compare, then save again."),
    "not_a_decision": _("This is no decision table that can be kept."),
    "nothing_to_publish": _("There is no draft to publish. Change the table first."),
    "nothing_changed": _("The draft says the same as the latest version."),
    "table_has_errors": _("The table has errors. Mend them, then publish."),
    "no_newer_edition": _("There is no newer edition of this table."),
    "decision_file_missing": _("Choose an Excel or DMN file of at most 5 MB."),
    "decision_file_wrong": _("The file cannot be read: %(why)s"),
}  # fmt: skip
