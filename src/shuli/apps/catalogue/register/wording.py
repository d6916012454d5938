"""Why something about the register cannot be done, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "register_not_yours": _(
        "Entries are edited by the process owner, the process office and administrators."
    ),
    "rule_not_yours": _("Rules are edited by the process owner, the process office and administrators."),
    "entry_key_wrong": _("A key has capital letters, digits and hyphens, such as P-PAYMENT."),
    "entry_key_taken": _("%(key)s is registered already."),
    "entry_post_not_yours": _("Choose one of your own posts as the process owner."),
    "entry_unfit": _("%(field)s: %(problem)s"),
    "entry_name_missing": _("The process needs a name."),
    "no_such_process": _("There is no such process."),
    "owner_in_the_model": _(
        "Owner and supervisor stand in the model of this process; publish a change of it."
    ),
    "not_a_workbook": _("Choose an Excel file (.xlsx)."),
    "workbook_too_large": _("The file may have %(most)s MB at most."),
    "workbook_too_long": _("A file may have %(most)s rows at most."),
    "no_such_rule": _("There is no such rule."),
    "rule_number_missing": _("The rule needs a number."),
    "rule_name_missing": _("The rule needs a name."),
    "rule_number_taken": _("Number %(number)s is taken."),
    "review_state_unknown": _("Choose what the review came to."),
    "review_needs_words": _("Say in words what differs or is to change."),
}
