"""An answer as it is read: one row a type in `SHOWN`."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from shuli.core.forms import (
    AttachmentField,
    BooleanField,
    CaseField,
    ChoiceField,
    ChoicesField,
    ComputedField,
    DateTimeField,
    DecisionField,
    DepartmentField,
    LongTextField,
    MoneyField,
    NumberField,
    PersonField,
    PostField,
    RatingField,
    SignatureField,
    TextListField,
    TimeField,
)
from shuli.core.forms.definition import FieldBase
from shuli.core.text import Text
from shuli.kit.components.amounts import figure
from shuli.kit.components.moments import form_moment
from shuli.kit.components.words import joined
from shuli.kit.forms.sources import address, sources

NOTHING = "—"

Words = str | SafeString


def in_language(text: Text) -> str:
    """Return a form's wording in the active language."""
    return text.in_language(get_language() or "zh")


class Names:
    """The words for the codes of people, departments and posts; each asked for once a form, and only when it is needed."""

    def __init__(self, people: Iterable[str] = ()) -> None:
        self._usernames = sorted(set(people))

    @cached_property
    def people(self) -> Mapping[str, str]:
        return sources.people(self._usernames) if self._usernames else {}

    @cached_property
    def departments(self) -> Mapping[str, str]:
        return dict(sources.departments())

    @cached_property
    def posts(self) -> Mapping[str, str]:
        return dict(sources.posts())


def shown(one: FieldBase, value: Any, names: Names, companion: Any = None) -> Words:
    """Return the answer as a person reads it; a dash for none."""
    if value in (None, "", [], {}) and not isinstance(one, DecisionField):
        return NOTHING
    if isinstance(one, DecisionField):
        return format_html("{}{}", _decision(one, value, names), decided_words(companion))
    words = SHOWN.get(type(one), _plain)(one, value, names)
    if not companion:
        return words
    return format_html("{}{}{}", words, pgettext("before a remark", ": "), companion)


def _plain(_one: Any, value: Any, _names: Names) -> Words:
    return str(value)


def _long_text(_one: LongTextField, value: Any, _names: Names) -> Words:
    return format_html('<span class="sl-lines">{}</span>', value)


def _number(one: NumberField, value: Any, _names: Names) -> Words:
    return " ".join(filter(None, [figure(value, one.decimals), in_language(one.unit)]))


def currency_words(code: str) -> str:
    """Return how a currency is written behind an amount."""
    return pgettext("currency", "CNY") if code == "CNY" else code


def _money(one: MoneyField, value: Any, _names: Names) -> Words:
    return f"{figure(value, one.decimals)} {currency_words(one.currency)}"


def _computed(one: ComputedField, value: Any, _names: Names) -> Words:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if one.options:
        return _option_words(one, value)
    amount = figure(value) if isinstance(value, int | float) else str(value)
    return " ".join(filter(None, [amount, in_language(one.unit)]))


def _decision(one: DecisionField, value: Any, names: Names) -> Words:
    if value is None:
        return _("No suggestion")
    known = {"department": names.departments, "post": names.posts, "person": names.people}.get(one.shows)
    return _computed(one, value if known is None else known.get(str(value), str(value)), names)


def decided_words(by: Any) -> Words:
    """Return which row of a decision table gave the value, and what it saw."""
    if not isinstance(by, Mapping):
        return ""
    return sources.decided(by)


def _time(_one: TimeField, value: Any, _names: Names) -> Words:
    return str(value)[:5]


def _moment(_one: DateTimeField, value: Any, _names: Names) -> Words:
    return moment_words(value)


def moment_words(value: Any) -> str:
    """Return a stored moment as forms write it; what is no moment stays as it was typed."""
    try:
        return form_moment(datetime.fromisoformat(str(value)))
    except ValueError:
        return str(value)


def _choice(one: ChoiceField, value: Any, _names: Names) -> Words:
    return _option_words(one, value)


def _choices(one: ChoicesField, value: Any, _names: Names) -> Words:
    return joined([_option_words(one, code) for code in _list(value)])


def _option_words(one: ChoiceField | ChoicesField | ComputedField, code: Any) -> str:
    return next((in_language(option.label) for option in one.options if option.code == code), str(code))


def _person(_one: PersonField, value: Any, names: Names) -> Words:
    return joined([names.people.get(code, code) for code in _list(value)])


def _department(_one: DepartmentField, value: Any, names: Names) -> Words:
    return joined([names.departments.get(code, code) for code in _list(value)])


def _post(_one: PostField, value: Any, names: Names) -> Words:
    return joined([names.posts.get(code, code) for code in _list(value)])


def _case(_one: CaseField, value: Any, _names: Names) -> Words:
    url = address(sources.case, value)
    return format_html('<a href="{}">{}</a>', url, value) if url else str(value)


def _attachments(one: AttachmentField, value: Any, _names: Names) -> Words:
    kinds = {kind.key: in_language(kind.label) for kind in one.kinds}
    files = [file for file in value if isinstance(file, Mapping)]
    rows = (
        (
            address(sources.file, file.get("id")),
            file.get("name") or file.get("id"),
            kinds.get(str(file.get("kind")), ""),
        )
        for file in files
    )
    links = (
        (format_html('<a href="{}">{}</a>', url, name) if url else name, kind) for url, name, kind in rows
    )
    return format_html_join("", '<span class="sl-file">{} <small class="sl-2nd">{}</small></span>', links)


def _texts(_one: TextListField, value: Any, _names: Names) -> Words:
    items = format_html_join("", "<li>{}</li>", ((item,) for item in _list(value)))
    return format_html('<ol class="sl-lines-list">{}</ol>', items)


def _signature(_one: SignatureField, value: Any, names: Names) -> Words:
    if not isinstance(value, Mapping):
        return NOTHING
    return f"{names.people.get(value['by'], value['by'])} · {moment_words(value['at'])}"


def _rating(one: RatingField, value: Any, _names: Names) -> Words:
    return _("%(n)s of %(most)s") % {"n": value, "most": one.max}


def _boolean(_one: BooleanField, value: Any, _names: Names) -> Words:
    return _("Yes") if value in (True, "on", "true") else _("No")


def _list(value: Any) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list | tuple) else [str(value)]


SHOWN: Mapping[type, Callable[[Any, Any, Names], Words]] = {
    LongTextField: _long_text,
    NumberField: _number,
    MoneyField: _money,
    ComputedField: _computed,
    DecisionField: _decision,
    TimeField: _time,
    DateTimeField: _moment,
    ChoiceField: _choice,
    ChoicesField: _choices,
    PersonField: _person,
    DepartmentField: _department,
    PostField: _post,
    CaseField: _case,
    AttachmentField: _attachments,
    TextListField: _texts,
    SignatureField: _signature,
    RatingField: _rating,
    BooleanField: _boolean,
}


def local_input(value: Any) -> str:
    """Return a moment as the browser's own control takes it; what is no moment stays as it was typed."""
    try:
        at = datetime.fromisoformat(str(value))
    except ValueError:
        return str(value or "")
    return f"{timezone.localtime(at) if at.tzinfo else at:%Y-%m-%dT%H:%M}"
