"""What process owners enter about their processes."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuli.apps.catalogue.transition import MOST


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class BufferForm(forms.Form):
    """By what limits are multiplied, and when; without days the transition ends."""

    factor = forms.DecimalField(
        label=_("Limits times"), min_value=1, max_value=MOST, max_digits=4, decimal_places=2, initial="1.5"
    )
    since = forms.DateField(label=pgettext_lazy("transition", "From"), widget=_day(), required=False)
    until = forms.DateField(label=pgettext_lazy("transition", "Until"), widget=_day(), required=False)
