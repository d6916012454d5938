"""Why a file was not taken, in sentences; `kit.errors` looks them up by their codes."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "file_missing": _("Choose a file first."),
    "file_name_missing": _("The file has no usable name. Rename it and attach it again."),
    "file_empty": _("“%(name)s” is empty. Check the file and attach it again."),
    "file_too_large": _("“%(name)s” is larger than %(most)s MB. Make it smaller or split it."),
    "file_kind_refused": _("“%(name)s” is of a kind that is not taken here. Allowed: %(endings)s."),
    "file_is_markup": _(
        "“%(name)s” holds a web page or a script, which a browser would run. Save it as PDF and attach that."
    ),
    "file_has_macros": _("“%(name)s” holds macros. Save it without them and attach it again."),
    "file_broken": _("“%(name)s” cannot be opened. Save it again and attach the new file."),
    "file_kind_differs": _(
        "The content of “%(name)s” does not fit its name: it would have to end in %(endings)s. Rename it if that is right."
    ),
    "no_font": _(
        "There is no font with Chinese letters, so that nothing could be set. Tell an administrator: %(what)s"
    ),
    "template_is_no_word_file": _("A template is a Word file (.docx). Save it as one and send it again."),
    "template_too_large": _("The template holds more than can be filled in. Make its pictures smaller."),
    "template_reaches_outside": _(
        "The template fetches something from outside when it is opened. Put its pictures into the file itself."
    ),
    "version_of_another_kind": _(
        "A new version of “%(name)s” has to be a .%(ending)s file. Attach anything else as a file of its own."
    ),
    "too_many_loose_files": _(
        "You have sent more than %(most)s files that belong to no form yet. Send a form first."
    ),
    "no_such_file": _("This file does not exist, or it is not for you to see."),
    "file_lost": _("The content of “%(name)s” is missing on the disk. Tell an administrator."),
    "withdrawal_not_allowed": _("You have no right to withdraw this file."),
    "withdrawn_already": _("This file was withdrawn already."),
    "withdrawal_reason_missing": _("Say why the file is withdrawn."),
}
