"""Why a decision about accountability, or an appeal, is refused."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, Promise] = {
    "not_yours_to_decide": _("Who leads the department decides this, and nobody about themselves."),
    "decision_incomplete": _("Say who answers for it, and what was found."),
    "already_decided": _("This was decided about the same person already."),
    "no_such_decision_on_me": _("There is no such decision, or it is not open to you."),
    "appeal_is_theirs": _("Only the person whom it is about can appeal."),
    "already_appealed": _("An appeal was made already."),
    "personnel_answers": _("HR or an administrator answers appeals, not who decided."),
    "nothing_to_answer": _("There is no appeal that waits for an answer."),
}
