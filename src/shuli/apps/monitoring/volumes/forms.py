"""What an owner enters about volumes: a number a month, or rows out of a table."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuli.apps.monitoring.models import AnnouncedVolume
from shuli.apps.monitoring.volumes.reading import MOST, MOST_ROWS, Announced, Unread, read, rows_of
from shuli.kit.workbooks import NotAWorkbookError
from shuli.kit.workbooks import rows_of as rows_of_file

LONGEST = 200_000  # characters pasted
LARGEST = 2_000_000  # bytes uploaded
WHY = {
    "no_month": gettext_lazy("no month such as 2026-11"),
    "no_number": gettext_lazy("no number of cases"),
    "no_process": gettext_lazy("no process of yours"),
}
SHOWN = 5  # lines that are told


class VolumesForm(forms.Form):
    """Months of one process, and rows for any."""

    pasted = forms.CharField(
        label=gettext_lazy("Pasted from Excel"),
        required=False,
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": "4", "spellcheck": "false"}),
        help_text=gettext_lazy("Month and number, or process, month and number in each row."),
    )
    file = forms.FileField(
        label=gettext_lazy("Excel file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=gettext_lazy("The same columns in its first sheet."),
    )

    def __init__(
        self, *args: Any, process: str, months: Iterable[date], names: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.process, self.months, self.names = process, list(months), names
        own = {
            name_of(month): forms.IntegerField(
                label=f"{month:%Y-%m}", required=False, min_value=0, max_value=MOST
            )
            for month in self.months
        }
        self.fields = {**own, **self.fields}

    def month_fields(self) -> list[Any]:
        return [self[name_of(month)] for month in self.months]

    def row_fields(self) -> list[Any]:
        return [self["pasted"], self["file"]]

    def clean_pasted(self) -> list[Announced]:
        return self._read(rows_of(self.cleaned_data["pasted"]))

    def clean_file(self) -> list[Announced]:
        sent = self.cleaned_data["file"]
        if sent is None:
            return []
        if sent.size > LARGEST:
            raise forms.ValidationError(_("The file is too large."))
        try:
            return self._read(rows_of_file(sent.read(), MOST_ROWS))
        except NotAWorkbookError:
            raise forms.ValidationError(_("This is no Excel file that can be read.")) from None

    def _read(self, rows: list[list[str]]) -> list[Announced]:
        if len(rows) > MOST_ROWS:
            raise forms.ValidationError(_("At most %(most)s rows at once.") % {"most": MOST_ROWS})
        found, unread = read(rows, self.names, self.process)
        if unread:
            raise forms.ValidationError([_told(one) for one in unread[:SHOWN]])
        return found

    def said(self) -> list[Announced]:
        """Return what was entered; rows count more than fields, the later ones more than the earlier."""
        by_field = [
            Announced(process=self.process, month=month, count=self.cleaned_data[name_of(month)])
            for month in self.months
            if self.cleaned_data[name_of(month)] is not None
        ]
        by_place = {
            (one.process, one.month): one
            for one in (*by_field, *self.cleaned_data["pasted"], *self.cleaned_data["file"])
        }
        return list(by_place.values())

    def taken_back(self) -> dict[str, list[date]]:
        kept = {(one.process, one.month) for one in self.said()}
        return {self.process: [month for month in self.months if (self.process, month) not in kept]}


def name_of(month: date) -> str:
    return f"m{month:%Y%m}"


def _told(one: Unread) -> str:
    said = {"line": one.line, "text": one.text, "why": str(WHY[one.code])}
    return _("Row %(line)s (%(text)s): %(why)s.") % said


def values_of(rows: Mapping[date, AnnouncedVolume]) -> dict[str, int]:
    return {name_of(month): row.count for month, row in rows.items()}
