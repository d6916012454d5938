"""Why a change cannot be handed in or published, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "change_on_its_way": _("A change of this process is on its way; it is decided first."),
    "nobody_reviews": _(
        "The process P-DOC, by which changes are decided, is not in force. Install the library."
    ),
    "review_not_started": _("The review could not begin (%(why)s)."),
    "change_not_explained": _("Say what changes, and why."),
    "compliance_missing": _("Hold the change against laws and rules first, and tick that it complies."),
    "front_line_missing": _(
        "Choose at least one person of the front line who says whether it can be done so."
    ),
    "countersigners_missing": _("Choose the departments that countersign."),
    "effective_date_past": _("The effective date lies before today."),
    "transition_unusable": _("A transition takes 0 to %(most)s days."),
    "no_such_change": _("There is no such change."),
    "change_not_yours": _("Only whoever handed the change in can do this."),
    "change_not_returned": _("The review has not sent this change back."),
    "change_closed": _("This change is closed."),
    "nothing_to_read": _("You were not asked to read this version."),
    "still_called": _("Other processes call it: %(by)s"),
    "review_needed": _(
        "Version %(number)s is there already: a further one is handed in for review, it is not published directly."
    ),
    "first_version_not_yours": _("Only the process owner publishes the first version of a process."),
    "first_version_not_explained": _("Say in a sentence what the process is for."),
    "version_not_startable": _("Version %(number)s starts nothing any more."),
}
