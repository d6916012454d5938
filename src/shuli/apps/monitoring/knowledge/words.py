"""Why an entry is refused."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "entry_of_others": _(
        "Entries are written by owners of processes, the process office and administrators."
    ),
    "no_such_entry": _("There is no such entry."),
}
