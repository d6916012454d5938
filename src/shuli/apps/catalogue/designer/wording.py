"""What the form designer refuses, and the words that its island shows."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shuli.core.forms import NoteCode

REFUSALS: dict[str, str | Promise] = {
    "form_missing": _("There is no such form in this draft."),
    "form_unusable": _("This is no form."),
    "form_key_wrong": _("The name of a form begins with a letter and holds letters, digits, _ and -."),
    "form_key_taken": _("There is already a form with the name %(key)s."),
    "form_in_use": _("These steps show the form: %(steps)s. Take it from them first."),
}

WORDS: dict[str, str | Promise] = {
    "saved": _("Saved"),
    "saving": _("Saving …"),
    "unsaved": _("Not saved yet"),
    "offline": _("Not saved: the server does not answer. Your changes stay on this page; it tries again."),
    "no_findings": _("Nothing is wrong with this form."),
    "taken": _("Taken over from the file. Undo brings back what was there."),
    "option": _("Option %(n)s"),
}

NOTES: dict[NoteCode, str | Promise] = {
    "shown_as": _("form-js has no such field and shows it as a plain one."),
    "condition_outside": _("form-js does not know when it is required."),
    "bound_outside": _("form-js does not check its bounds."),
    "rules_outside": _("form-js does not check its rules."),
    "example_outside": _("form-js does not show its example and guidance."),
    "one_language": _("form-js shows one language; the other one travels along."),
    "not_form_js": _("This is no form-js file."),
    "component_unknown": _("There is nothing like “%(type)s” here; it was left out."),
    "text_became_guidance": _("Words of the form became its guidance: %(found)s"),
    "key_changed": _("“%(found)s” is now called “%(key)s”."),
    "key_invented": _("It had no name and got one: “%(key)s”."),
    "expression_unreadable": _("“%(found)s” could not be read and was left out."),
    "options_from_outside": _("Its options came from a program; it became a text."),
    "repetition_unbounded": _("Its rows were fixed; now rows can be added."),
    "property_unknown": _("“%(property)s” was not carried over."),
}
