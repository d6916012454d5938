"""The words that the studio's island shows beside panel and palette."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

WORDS: dict[str, str | Promise] = {
    "saved": _("Saved"),
    "saving": _("Saving …"),
    "unsaved": _("Not saved yet"),
    "offline": _("Not saved: the server does not answer. Your changes stay on this page; it tries again."),
    "refused": _("Not saved: {why}"),
    "no_problems": _("Nothing speaks against publishing."),
    "errors": _("{n} errors"),
    "warnings": _("{n} warnings"),
    "error": _("Error"),
    "warning": _("Warning"),
    "check_failed": _("The check did not answer."),
    "several": _("{n} elements are chosen. Choose one to see what it says."),
    "add": pgettext_lazy("list", "Add"),
    "remove": pgettext_lazy("list", "Remove"),
    "none": pgettext_lazy("choice", "none"),
    "expression": _("by expression …"),
    "kind": _("Kind"),
    "zh": _("Chinese"),
    "en": _("English"),
    "new_form": _("New form …"),
    "edit_form": _("Edit the form"),
    "new_document": _("New document …"),
    "document_name": _("Name of the document"),
    "form_design": _("Design it"),
    "form_title": _("Title of the form"),
    "cancel": _("Cancel"),
    "conflict_text": _("{why} Nothing of yours or theirs is lost: choose what you go on with."),
    "copy_title": _("Copy of {name}"),
    "import_failed": _("The file was not taken:"),
    "imported": _("The file is on the canvas. Undo takes it back."),
    "line": _("line {n}"),
    "laid_out": _("Drawn anew."),
    "start": _("Chosen: the process itself"),
}  # fmt: skip
