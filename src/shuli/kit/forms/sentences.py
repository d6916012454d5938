"""Validation's codes as sentences at the field: what is wrong, then what to do."""

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shuli.core.forms import Code, FieldError

SENTENCES: dict[Code, str | Promise] = {
    "answers_not_understood": _("The form could not be read. Load the page again and fill it in once more."),
    "required": _("Not filled in yet."),
    "other_text_required": _("Say what “other” means here."),
    "not_text": _("Expected a text."),
    "too_short": _("%(found)s characters are too few; at least %(limit)s are needed."),
    "too_long": _("%(found)s characters are too many; at most %(limit)s fit."),
    "pattern": _("This does not look as it should: %(limit)s."),
    "not_number": _("“%(found)s” is not a number. Write it in digits, such as 1280.50."),
    "number_too_long": _("The number has more than %(limit)s digits."),
    "too_many_decimals": _("At most %(limit)s digits may stand behind the point."),
    "below_min": _("The smallest allowed value is %(limit)s."),
    "above_max": _("The largest allowed value is %(limit)s."),
    "not_date": _("“%(found)s” is not a date. Write it as 2026-01-31."),
    "not_time": _("“%(found)s” is not a time. Write it as 14:30."),
    "not_datetime": _("“%(found)s” is not a moment. Write it as 2026-01-31 14:30."),
    "not_boolean": _("Expected yes or no."),
    "not_option": _("“%(found)s” is not among the options. Choose one of them."),
    "not_rating": _("Choose a number from 1 to %(limit)s."),
    "not_code": _("“%(found)s” was not recognised. Choose it from the list."),
    "not_list": _("The list could not be read. Load the page again."),
    "too_few": _("%(found)s given; at least %(limit)s are needed."),
    "too_many": _("%(found)s given; at most %(limit)s are allowed."),
    "not_row": _("A row could not be read. Remove it and add it again."),
    "not_attachment": _("A file could not be read. Remove it and attach it again."),
    "attachment_kind_unknown": _("Say what kind of document this file is."),
    "attachment_kind_missing": _("Missing: %(kind)s. At least %(limit)s needed, %(found)s attached."),
    "attachment_type": _("“%(found)s” is of a kind that is not taken here. Allowed: %(limit)s."),
    "nobody_signed_in": _("Only you yourself can sign. Sign in again and tick the box."),
    "not_writable": _("This cannot be changed at this step."),
    "rows_locked": _("Rows cannot be removed at this step."),
}
UNKNOWN = _("This answer cannot be taken.")


def error_words(error: FieldError, labels: dict[str, str] | None = None) -> str:
    """Return one error as a sentence; `labels` names kinds of attachments by their keys."""
    if error.code == "rule":
        zh, en = error.params.get("zh", ""), error.params.get("en", "")
        return (zh or en) if (get_language() or "").startswith("zh") else (en or zh)
    params = dict(error.params)
    if labels and "kind" in params:
        params["kind"] = labels.get(params["kind"], params["kind"])
    return str(SENTENCES.get(error.code, UNKNOWN)) % Gaps(params)


class Gaps(dict[str, str]):
    """A parameter that is not given leaves a gap, never an error."""

    def __missing__(self, key: str) -> str:
        return ""
