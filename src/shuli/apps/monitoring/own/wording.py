"""Why an own indicator is refused."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, Promise] = {
    "indicators_of_others": _(
        "Only the process owner and administrators define the indicators of a process."
    ),
    "volumes_of_others": _("Only the process owner and administrators announce the volumes of a process."),
    "no_such_indicator": _("There is no such indicator any more."),
    "indicator_name_taken": _("The process has an indicator of the name “%(name)s” already."),
    "too_many_indicators": _("A process has at most %(most)s own indicators. Remove one first."),
    "wrong_expression": _("The expression does not work: %(what)s"),
}
