"""One difference between two versions, as a line of words; those of the forms are made here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuli.apps.catalogue import presentation
from shuli.core.forms import FormDefinition, form_changes
from shuli.kit.forms.changes import both_values, place_words

KINDS: dict[str, str | Promise] = {
    "added": gettext_lazy("added"),
    "removed": gettext_lazy("removed"),
    "changed": gettext_lazy("changed"),
    "moved": gettext_lazy("moved"),
}
Forms = Mapping[str, FormDefinition]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One difference in words."""

    kind: str
    subject: str
    facet: str = ""
    before: str = ""
    after: str = ""


def form_lines(before: Forms, after: Forms) -> Iterator[Line]:
    """Yield what came, went and changed of the forms, each with its field and with both values."""
    for key, form in after.items():
        if key not in before:
            yield Line(kind="added", subject=_subject(form))
        else:
            yield from _changes(before[key], form)
    for key, form in before.items():
        if key not in after:
            yield Line(kind="removed", subject=_subject(form))


def _changes(before: FormDefinition, after: FormDefinition) -> Iterator[Line]:
    for change in form_changes(before, after):
        told = both_values(change) if change.kind == "changed" else ("", "")
        yield Line(
            kind=change.kind,
            subject=_subject(after),
            facet=place_words(change),
            before=told[0],
            after=told[1],
        )


def _subject(form: FormDefinition) -> str:
    return _("Form “%(name)s”") % {"name": presentation.words(form.title)}
