"""Why the registers refuse something."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, Promise] = {
    "supervisor_only": _("Only who supervises the process, or audits the case, can record a violation."),
    "violation_without_words": _("Say what was not done as the process demands."),
    "violation_without_department": _("Choose the department in which it happened."),
    "rectification_in_the_past": _("The date by which it is to be put right has passed already."),
    "order_not_begun": _("The order could not be begun: %(why)s"),
    "no_such_violation": _("There is no such violation, or it is not open to you."),
    "not_your_violation": _("Only who recorded it, or supervises the process, can take it back."),
}
