"""Controls of forms that the kit draws."""

from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from shuli.apps.directory import queries


class PersonPicker(forms.Widget):
    """Finds a person by typing; the form's value is the username."""

    many = False

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,  # noqa: ARG002
    ) -> SafeString:
        chosen = value if isinstance(value, list | tuple) else [value]
        known = queries.full_names([one for one in chosen if one]) if value else {}
        facts = attrs or {}
        field = {
            "name": name,
            "id": facts.get("id", f"id_{name}"),
            "label": "",
            "value": value or "",
            "required": facts.get("required", False) or self.is_required,
            "errors": facts.get("aria-invalid"),
            "described_by": facts.get("aria-describedby", ""),
            "extra": {
                "url": reverse("directory:find_people"),
                "chosen": list(known.items()),
                "many": self.many,
            },
        }
        return render_to_string("kit/fields/person.html", {"field": field})

    def value_from_datadict(self, data: Any, _files: Any, name: str) -> Any:
        return data.get(name, "")


class PeoplePicker(PersonPicker):
    """Finds several people by typing; the form's value is their usernames."""

    many = True

    def value_from_datadict(self, data: Any, _files: Any, name: str) -> Any:
        found = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return [one for one in found if one]


# With more boxes than this they stand in columns.
MANY = 8


class Choice(forms.Select):
    """A list to unfold, in the kit's look."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, value, {**(attrs or {}), "class": "form-select"})


class Ticks(forms.CheckboxSelectMultiple):
    """A box to tick for each of a few choices."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,  # noqa: ARG002
        renderer: Any = None,  # noqa: ARG002
    ) -> SafeString:
        chosen = {str(one) for one in value or ()}
        rows = [
            (name, code, SafeString(" checked") if str(code) in chosen else "", label)
            for code, label in self.choices
        ]
        box = '<label class="sl-tick"><input type="checkbox" name="{}" value="{}"{}><span>{}</span></label>'
        kind = " is-many" if len(rows) > MANY else ""
        return format_html('<div class="sl-ticks{}">{}</div>', kind, format_html_join("", box, rows))
