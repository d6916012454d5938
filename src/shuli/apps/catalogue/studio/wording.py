"""What the studio refuses, and what it finds in a draft beside the linter."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, str | Promise] = {
    "draft_not_yours": _("Only the process owner draws this process."),
    "process_not_yours": _("Only process owners and administrators register a process."),
    "process_post_not_yours": _("Choose a post of your own as process owner."),
    "process_key_wrong": _(
        "A process key begins with a letter and holds letters, digits and hyphens, at most 63."
    ),
    "process_key_taken": _("There is already a process with the key %(key)s."),
    "process_name_missing": _("Enter a name."),
    "process_missing": _("There is no such process."),
    "draft_missing": _("There is no such draft."),
    "draft_closed": _("This draft is no longer being drawn."),
    "draft_saved_meanwhile": _("%(name)s saved this draft meanwhile (%(at)s)."),
    "draft_behind": _("Version %(number)s was published after this draft was begun."),
    "draft_unchanged": _("Nothing differs from the version before."),
    "draft_has_errors": _("Mend the errors first: %(count)s found."),
    "source_unknown": _("There is nothing of this name to begin with."),
    "model_unreadable": _("This is no BPMN model: %(why)s"),
    "model_too_large": _("A model may have at most %(most)s MB."),
    "draft_forms_unusable": _("Forms and documents are named by their keys."),
}
