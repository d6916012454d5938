"""Read a form from form-js."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

import msgspec
from msgspec import Struct

from shuli.core.forms.definition import Field, FormDefinition, Section
from shuli.core.forms.finding import Finding
from shuli.core.forms.form_js.components import Raw, component_of
from shuli.core.forms.form_js.fields import READERS, field_of
from shuli.core.forms.form_js.keys import settle_keys
from shuli.core.forms.form_js.notes import Note
from shuli.core.forms.form_js.writing import OWN, group_of, head_of
from shuli.core.forms.linting import FORM_KEY
from shuli.core.forms.reading import read_form

# They ask for nothing and say nothing.
SILENT = frozenset({"button", "spacer", "separator"})
WORDS = frozenset({"text", "html"})

# Deeper groups are a mistake of the file.
DEEPEST = 20

TEXTS = ("hint", "example", "guidance", "label", "unit")
PROPERTIES: Mapping[str, frozenset[str]] = {
    str(one.__struct_config__.tag): frozenset(one.__struct_fields__) for one in get_args(Field)
}


class Imported(Struct, frozen=True, kw_only=True):
    """The form, unless the file is none; what was not carried; and what is wrong with the form that came of it."""

    form: FormDefinition | None
    notes: tuple[Note, ...] = ()
    findings: tuple[Finding, ...] = ()


def import_form_js(data: bytes | str | Mapping[str, Any], language: str = "zh") -> Imported:
    """Return the form of a form-js schema; its words count as those of `language`.

    A form that `export_form_js` wrote comes back as it was, with what was changed outside.
    """
    schema = _decoded(data)
    if schema is None or not isinstance(schema.get("components"), list):
        return Imported(form=None, notes=(Note(code="not_form_js"),))
    notes: list[Note] = []
    form = _Outside(language=language, notes=notes).form(schema)
    settle_keys(form, notes)
    reading = read_form(form)
    return Imported(form=reading.form, notes=tuple(_once(notes)), findings=reading.findings)


def _decoded(data: bytes | str | Mapping[str, Any]) -> Mapping[str, Any] | None:
    if isinstance(data, bytes | str):
        try:
            data = msgspec.json.decode(data)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return None
    return data if isinstance(data, Mapping) else None


def _once(notes: Sequence[Note]) -> Iterator[Note]:
    """Yield every note once; their parameters cannot be told apart by a set."""
    seen: set[tuple[Any, ...]] = set()
    for note in notes:
        marks = (note.code, note.key, *sorted(note.params.items()))
        if marks not in seen:
            seen.add(marks)
            yield note


class _Outside:
    """Walks through the components of one file."""

    def __init__(self, *, language: str, notes: list[Note]) -> None:
        self.language, self.notes = language, notes
        self.head: Raw = {}
        self.sections: list[Raw] = []
        self.guidance: list[str] = []

    def form(self, schema: Mapping[str, Any]) -> Raw:
        self._walk(schema["components"], None, 0)
        key = str(self.head.get("key") or schema.get("id") or "")
        form: Raw = {
            "key": key if FORM_KEY.fullmatch(key) else "form",
            "title": {self._short: str(schema.get("id") or "form")},
            **self.head,
            "sections": [one for one in self.sections if one["fields"] or one.get("title")],
        }
        if self.guidance:
            said = form.get("guidance", {})
            before = said.get(self._short, "")
            words = "\n\n".join(filter(None, [before, *self.guidance]))
            form["guidance"] = {**said, self._short: words}
        return form

    @property
    def _short(self) -> str:
        return "zh" if self.language.startswith("zh") else "en"

    def _walk(self, components: Any, section: Raw | None, level: int) -> None:
        """Add the components to a section; None: to one without a title, begun where the first field stands."""
        for one in components if isinstance(components, list) and level <= DEEPEST else ():
            kind = str(one.get("type") or "") if isinstance(one, Mapping) else "button"
            if kind in SILENT:
                continue
            if kind == "group":
                section = self._group(one, section, level)
            elif kind in WORDS:
                self._said(one)
            elif kind in READERS:
                section = section or self._begun({})
                self._into(section, one)
            else:
                key = str(one.get("key") or "")
                self.notes.append(Note(code="component_unknown", key=key, params={"type": kind[:60]}))

    def _begun(self, raw: Raw) -> Raw:
        self.sections.append({**raw, "fields": []})
        return self.sections[-1]

    def _group(self, group: Mapping[str, Any], around: Raw | None, level: int) -> Raw | None:
        own, title = _own_of(group, Section), group.get("label")
        raw = own if own is not None else {}
        if own is None or title != group_of(own, self.language)["label"]:
            merged = {**raw.get("title", {}), **({self._short: str(title)} if title else {})}
            raw = {**raw, "title": merged} if merged else raw
        self._walk(group.get("components"), self._begun(raw), level + 1)
        # what follows a group inside another one stands under the outer title no more
        return None if around is None else self._begun({})

    def _into(self, section: Raw, component: Mapping[str, Any]) -> None:
        section["fields"].append(self._field(component))
        layout = component.get("layout")
        width = layout.get("columns") if isinstance(layout, Mapping) else None
        if isinstance(width, int) and 0 < width <= 8:
            section["columns"] = 2

    def _said(self, component: Mapping[str, Any]) -> None:
        words = str(component.get("text") or component.get("content") or "").strip()
        own = _own_of(component, FormDefinition)
        if own is not None:
            self.head = own
            if words == head_of(own, self.language)["text"].strip():
                return
        if words:
            self.guidance.append(words)
            self.notes.append(Note(code="text_became_guidance", params={"found": words[:60]}))

    def _field(self, component: Mapping[str, Any]) -> Raw:
        notes: list[Note] = []
        now = field_of(component, self.language, notes)
        own = _own_of(component, Field)
        if own is not None:
            now = self._over(own, now, notes)
        else:
            self.notes += notes
        if now["type"] == "table":
            inner = component.get("components")
            columns = [one for one in inner if isinstance(one, Mapping)] if isinstance(inner, list) else []
            now["columns"] = [self._field(one) for one in columns if self._is_column(one)]
        return now

    def _is_column(self, component: Mapping[str, Any]) -> bool:
        kind = str(component.get("type") or "")
        if kind in READERS and kind != "dynamiclist":
            return True
        if kind not in SILENT:
            key = str(component.get("key") or component.get("path") or "")
            self.notes.append(Note(code="component_unknown", key=key, params={"type": kind[:60]}))
        return False

    def _over(self, own: Raw, now: Raw, notes: list[Note]) -> Raw:
        """Return our own definition with what was changed outside; what went out unsaid is no news when it comes back."""
        known: list[Note] = []
        then = field_of(component_of(own, self.language), self.language, known)
        self.notes += [note for note in notes if note not in known]
        if now["type"] != then["type"]:
            return {name: own[name] for name in ("hint", "example", "guidance") if name in own} | now
        kept = dict(own)
        for name in {*now, *then} - {"type"}:
            if now.get(name) != then.get(name) and name in PROPERTIES[own["type"]]:
                kept[name] = _merged(name, own.get(name), now.get(name))
        return {name: value for name, value in kept.items() if value is not None}


def _merged(name: str, own: Any, now: Any) -> Any:
    if name in TEXTS and isinstance(own, Mapping) and isinstance(now, Mapping):
        return {**own, **now}
    if name == "options" and isinstance(own, list) and isinstance(now, list):
        known = {one.get("code"): one for one in own}
        return [_option(known.get(one["code"], {}), one) for one in now]
    return now


def _option(own: Mapping[str, Any], now: Mapping[str, Any]) -> Raw:
    return {**own, **now, "label": {**own.get("label", {}), **now["label"]}}


def _own_of(component: Mapping[str, Any], wanted: Any) -> Raw | None:
    """Return our own definition that travels with a component; None with one from elsewhere, or that was spoilt."""
    properties = component.get("properties")
    text = properties.get(OWN) if isinstance(properties, Mapping) else None
    try:
        own = msgspec.json.decode(text) if isinstance(text, str) else None
        msgspec.convert(own, wanted)
    except (msgspec.DecodeError, msgspec.ValidationError, RecursionError):
        return None
    return own if isinstance(own, dict) else None
