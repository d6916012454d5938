"""Which control a type of field has, and what that control needs: one row a type in `CONTROLS`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from shuli.core.forms import (
    AttachmentField,
    AutoNumberField,
    BooleanField,
    CaseField,
    ChoiceField,
    ChoicesField,
    ComputedField,
    DateField,
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
    TextField,
    TextListField,
    TimeField,
)
from shuli.kit.forms.shown import Names, currency_words, in_language, local_input
from shuli.kit.forms.sources import Choices, address, sources

MOST_PILLS = 7  # more options than this are a list to unfold


@dataclass(frozen=True, kw_only=True, slots=True)
class Control:
    """What a control's template needs."""

    template: str
    value: Any
    extra: dict[str, Any]
    is_group: bool = False
    is_wide: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a control stands."""

    names: Names
    name: str
    # text beside "other", remark beside a rating
    companion: Any = None
    is_cell: bool = False
    # the signed-in person, for signatures
    person: str = ""


Build = Callable[[Any, Any, Place], Control]


def control(one: Any, value: Any, place: Place) -> Control:
    """Return the control for a field that can be written."""
    return CONTROLS[type(one)](one, value, place)


def _text(one: TextField, value: Any, _place: Place) -> Control:
    return Control(
        template="text", value=value, extra={"most": one.max_length, "counts": one.max_length < 200}
    )


def _long_text(one: LongTextField, value: Any, place: Place) -> Control:
    rows = 2 if place.is_cell else one.rows
    extra = {"most": one.max_length, "rows": rows, "counts": one.max_length <= 2000 and not place.is_cell}
    return Control(template="long_text", value=value, extra=extra, is_wide=True)


def _number(one: NumberField, value: Any, _place: Place) -> Control:
    whole = "numeric" if one.decimals == 0 else "decimal"
    return Control(template="number", value=value, extra={"unit": in_language(one.unit), "keys": whole})


def _money(one: MoneyField, value: Any, _place: Place) -> Control:
    return Control(
        template="number", value=value, extra={"unit": currency_words(one.currency), "keys": "decimal"}
    )


def _date(_one: DateField, value: Any, _place: Place) -> Control:
    return Control(template="moment", value=value, extra={"kind": "date"})


def _time(_one: TimeField, value: Any, _place: Place) -> Control:
    return Control(template="moment", value=str(value or "")[:5], extra={"kind": "time"})


def _moment(_one: DateTimeField, value: Any, _place: Place) -> Control:
    return Control(template="moment", value=local_input(value), extra={"kind": "datetime-local"})


def _options(one: ChoiceField | ChoicesField, chosen: list[str]) -> list[dict[str, Any]]:
    return [
        {
            "code": option.code,
            "label": in_language(option.label),
            "hint": in_language(option.hint),
            "is_chosen": option.code in chosen,
            "is_other": option.other,
        }
        for option in one.options
    ]


def _companion(one: Any, place: Place) -> dict[str, Any]:
    asks = any(option.other for option in one.options)
    return {"other": place.companion or "", "other_name": f"{place.name}_other" if asks else ""}


def _choice(one: ChoiceField, value: Any, place: Place) -> Control:
    options = _options(one, [str(value)])
    asks = any(option.other for option in one.options)
    if not asks and (place.is_cell or len(options) > MOST_PILLS):
        pairs = [(option["code"], option["label"]) for option in options]
        return Control(template="select", value=value, extra={"options": pairs})
    extra = {"options": options, "kind": "radio", **_companion(one, place)}
    return Control(template="options", value=value, extra=extra, is_group=True, is_wide=len(options) > 3)


def _choices(one: ChoicesField, value: Any, place: Place) -> Control:
    extra = {"options": _options(one, _list(value)), "kind": "checkbox", **_companion(one, place)}
    return Control(template="options", value=value, extra=extra, is_group=True, is_wide=True)


def _person(one: PersonField, value: Any, place: Place) -> Control:
    chosen = [(code, place.names.people.get(code, code)) for code in _list(value)]
    url = address(sources.find_people)
    return Control(template="person", value=value, extra={"chosen": chosen, "url": url, "many": one.many})


def _listed(one: DepartmentField | PostField, value: Any, choices: Choices) -> Control:
    if not one.many:
        return Control(template="select", value=value, extra={"options": choices})
    chosen = _list(value)
    options = [{"code": code, "label": name, "is_chosen": code in chosen} for code, name in choices]
    extra = {"options": options, "kind": "checkbox", "other_name": ""}
    return Control(template="options", value=value, extra=extra, is_group=True, is_wide=True)


def _department(one: DepartmentField, value: Any, place: Place) -> Control:
    return _listed(one, value, list(place.names.departments.items()))


def _post(one: PostField, value: Any, place: Place) -> Control:
    return _listed(one, value, list(place.names.posts.items()))


def _case(_one: CaseField, value: Any, _place: Place) -> Control:
    return Control(template="text", value=value, extra={"most": 40, "counts": False})


def _attachments(one: AttachmentField, value: Any, _place: Place) -> Control:
    kinds = [(kind.key, in_language(kind.label)) for kind in one.kinds]
    extra = {
        "files": [_file(item) for item in (value if isinstance(value, list) else [])],
        "url": address(sources.upload),
        "types": ",".join(one.types).lower(),
        "accept": ",".join(f".{ending}" for ending in one.types),
        "most": one.max_items,
        "largest": sources.largest_file,
        "largest_mb": sources.largest_file // (1024 * 1024),
        # one kind needs no choosing
        "kinds": kinds if len(kinds) > 1 else [],
        "needs": [(in_language(kind.label), kind.min) for kind in one.kinds if kind.min],
    }
    return Control(template="attachments", value=value, extra=extra, is_group=True, is_wide=True)


def _file(item: Any) -> dict[str, str]:
    found = item if isinstance(item, Mapping) else {"id": item}
    key = str(found.get("id") or "")
    return {
        "id": key,
        "name": str(found.get("name") or key),
        "kind": str(found.get("kind") or ""),
        "url": address(sources.file, key),
    }


def _texts(one: TextListField, value: Any, _place: Place) -> Control:
    items = _list(value)
    blanks = max(one.min_items, 1) - len(items)
    extra = {"items": [*items, *([""] * blanks)], "most": one.max_items, "least": 1, "length": one.max_length}
    return Control(template="text_list", value=value, extra=extra, is_group=True, is_wide=True)


def _signature(_one: SignatureField, value: Any, place: Place) -> Control:
    extra = {
        "person": place.names.people.get(place.person, place.person),
        "is_signed": isinstance(value, Mapping),
    }
    return Control(template="signature", value=value, extra=extra, is_wide=not place.is_cell)


def _rating(one: RatingField, value: Any, place: Place) -> Control:
    numbers = [
        {"code": str(n), "label": str(n), "is_chosen": str(n) == str(value)} for n in range(1, one.max + 1)
    ]
    extra = {
        "options": numbers,
        "kind": "radio",
        "other_name": "",
        "remark_name": f"{place.name}_text" if one.text else "",
        "remark": place.companion or "",
    }
    return Control(template="options", value=value, extra=extra, is_group=True)


def _boolean(_one: BooleanField, value: Any, _place: Place) -> Control:
    return Control(template="boolean", value=value, extra={"is_chosen": value in (True, "on", "true", "1")})


def _issued(_one: AutoNumberField, value: Any, _place: Place) -> Control:
    return Control(template="issued", value=value, extra={})


def _computed(_one: ComputedField, value: Any, _place: Place) -> Control:
    return Control(template="computed", value=value, extra={})


def _list(value: Any) -> list[str]:
    if value in (None, ""):
        return []
    return [str(item) for item in value] if isinstance(value, list | tuple) else [str(value)]


CONTROLS: Mapping[type, Build] = {
    TextField: _text,
    LongTextField: _long_text,
    NumberField: _number,
    MoneyField: _money,
    DateField: _date,
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
    AutoNumberField: _issued,
    ComputedField: _computed,
    DecisionField: _computed,
}
