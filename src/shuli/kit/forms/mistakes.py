"""What is wrong with a form that somebody designs, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shuli.core.forms import Finding, FindingCode
from shuli.kit.feel_words import sentence
from shuli.kit.forms.sentences import Gaps

MISTAKES: dict[FindingCode, str | Promise] = {
    "not_json": _("This is no JSON: %(reason)s"),
    "wrong_type": _("Expected %(expected)s but found %(found)s."),
    "unknown_type": _("There is no type of field “%(found)s”."),
    "unknown_property": _("There is no property “%(found)s” here."),
    "missing_property": _("“%(name)s” is missing."),
    "form_empty": _("The form has no field yet."),
    "key_not_identifier": _(
        "“%(found)s” cannot stand in expressions: small letters, digits and _, a letter first."
    ),
    "key_is_reserved": _("“%(found)s” is a word of FEEL. Choose another name."),
    "duplicate_key": _("“%(key)s” is there twice."),
    "label_missing": _("Say what it is called."),
    "label_untranslated": _("Not in both languages yet."),
    "options_missing": _("There is nothing to choose from yet."),
    "duplicate_option": _("The code “%(found)s” is there twice."),
    "other_twice": _("Only one option can ask for words beside it."),
    "columns_missing": _("The table has no columns yet."),
    "unknown_column": _("There is no column “%(found)s”."),
    "too_many_rows": _("%(found)s rows are too many; %(limit)s fit."),
    "bounds_reversed": _("The least (%(low)s) is more than the most (%(high)s)."),
    "number_pattern": _("“%(found)s” numbers nothing: it needs one {seq}, and dates such as {yyyymmdd}."),
    "text_pattern": _("“%(found)s” is no regular expression."),
    "default_not_accepted": _("What is filled in at first is no answer here: “%(found)s”."),
    "expression": _("FEEL cannot read this: %(why)s"),
    "many_required": _(
        "%(found)s fields are required; beyond %(limit)s a form is no longer quick to fill in."
    ),
}


def mistake_words(finding: Finding) -> str:
    """Return one finding as a sentence in the active language."""
    params = dict(finding.params)
    if finding.code == "expression":
        params["why"] = sentence(params["reason"], params)
    return str(MISTAKES[finding.code]) % Gaps(params)
