"""Controls of forms that the kit draws."""

from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from shuli.apps.directory import queries


class PersonPicker(forms.Widget):
    """Finds a person by typing; the form's value is the username."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,  # noqa: ARG002
    ) -> SafeString:
        known = queries.full_names([value]) if value else {}
        facts = attrs or {}
        field = {
            "name": name,
            "id": facts.get("id", f"id_{name}"),
            "label": "",
            "value": value or "",
            "required": facts.get("required", False) or self.is_required,
            "errors": facts.get("aria-invalid"),
            "described_by": facts.get("aria-describedby", ""),
            "extra": {"url": reverse("directory:find_people"), "chosen": list(known.items()), "many": False},
        }
        return render_to_string("kit/fields/person.html", {"field": field})

    def value_from_datadict(self, data: Any, _files: Any, name: str) -> Any:
        return data.get(name, "")


class Choice(forms.Select):
    """A list to unfold, in the kit's look."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, value, {**(attrs or {}), "class": "form-select"})
