"""The parts of every page, as tags. Each has one template under kit/templates/kit/parts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField, CheckboxInput
from django.http import HttpRequest
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shuli.core.forms import FieldError, FieldRights, FormDefinition, PersonField
from shuli.core.text import Text
from shuli.kit import icons
from shuli.kit.components import amounts, bars, moments, words
from shuli.kit.components.left import Due
from shuli.kit.components.left import time_left as words_for
from shuli.kit.components.values import (
    Action,
    Cell,
    Check,
    Figure,
    Option,
    Pair,
    Phase,
    Row,
    Step,
    Tab,
    Table,
)
from shuli.kit.forms import entry_html, read_html
from shuli.kit.forms.controls import Place, control
from shuli.kit.forms.shown import Names, in_language
from shuli.kit.forms.views import FieldView

register = template.Library()

STATE_ICONS = {
    "late": "alert-circle",
    "risk": "alert-triangle",
    "ok": "circle-check",
    "normal": "clock",
    "paused": "hourglass",
}
STEP_ICONS = {
    "done": "circle-check",
    "now": "progress",
    "next": "circle-dashed",
    "returned": "arrow-back-up",
    "cancelled": "ban",
    "note": "info-circle",
}
CHECK_ICONS = {"ok": "circle-check", "miss": "circle-x", "open": "circle-dashed"}
NOTE_ICONS = {"late": "alert-circle", "risk": "alert-triangle", "ok": "circle-check", "": "info-circle"}
STATE_OF_MESSAGE = {"error": "late", "warning": "risk", "success": "ok"}

register.filter("moment", moments.moment)
register.filter("moment_within", moments.moment_within)
register.filter("moment_time", moments.moment_time)
register.filter("due_words", moments.due_words)
register.filter("clock_time", moments.clock_time)
register.filter("form_date", moments.form_date)
register.filter("form_moment", moments.form_moment)
register.filter("long_moment", moments.long_moment)
register.filter("figure", amounts.figure)
register.filter("percent", amounts.percent)
register.filter("points", amounts.points)
register.filter("duration", amounts.duration)
register.filter("span", amounts.span_words)
register.filter("initials", words.initials)
register.filter("joined", words.joined)
register.filter("person", words.named)
register.filter("words", in_language)
register.simple_tag(words.unread_label, name="unread_label")
register.simple_tag(words.person_words, name="person_line")
register.simple_tag(words.table_name, name="table_name")
register.simple_tag(words.document_name, name="document_name")
register.simple_tag(icons.icon, name="icon")


@register.filter
def item(sequence: Sequence[Any], at: int) -> Any:
    """Return what stands at a place; templates cannot index by a variable."""
    return sequence[at]


@register.filter
def entry(mapping: Mapping[str, Any], key: str) -> Any:
    """Return what a mapping has under a name; templates cannot look up by a variable."""
    return mapping.get(key)


@register.filter
def message_kind(tags: str) -> str:
    """Return the kind of note for a Django message's level."""
    return STATE_OF_MESSAGE.get(tags.rsplit(" ", maxsplit=1)[-1], "")


@register.simple_block_tag
def section(
    content: str,
    title: str = "",
    *,
    note: str = "",
    count: int | None = None,
    aside: str = "",
    head: str = "",
    more: str = "",
    url: str = "",
    foot: str = "",
    id: str = "",  # noqa: A002 -- the attribute's own name
    css: str = "",
    is_flat: bool = False,
    is_padded: bool = False,
) -> SafeString:
    """Draw the only box there is: a head with title, small note and a link or other content, a body, a foot."""
    return render_to_string("kit/parts/section.html", dict(locals()))


@register.simple_block_tag
def slot(content: str) -> str:
    """Keep content for another tag: {% slot as head %}…{% endslot %}{% section … head=head %}."""
    return content


@register.simple_block_tag
def dialog(content: str, id: str, title: str, *, is_open: bool = False) -> SafeString:  # noqa: A002
    """Draw a dialog that buttons with data-opens open."""
    return render_to_string("kit/parts/dialog.html", dict(locals()))


@register.simple_block_tag
def filter_bar(content: str, *, search: str | None = None, label: str = "", target: str = "") -> SafeString:
    """Draw what a list is narrowed to; with `target` the list changes while somebody types."""
    return render_to_string("kit/parts/filter_bar.html", dict(locals()))


@register.simple_block_tag
def note(content: str, kind: str = "", title: str = "") -> SafeString:
    """Draw something that must be read before going on."""
    return render_to_string(
        "kit/parts/note.html", {"content": content, "kind": kind, "title": title, "icon": NOTE_ICONS[kind]}
    )


@register.inclusion_tag("kit/parts/filter_choice.html")
def filter_choice(name: str, label: str, options: Iterable[Option], any_label: str) -> dict[str, Any]:
    return {"name": name, "label": label, "options": options, "any_label": any_label}


@register.inclusion_tag("kit/parts/state.html")
def state(kind: str, word: str, *, is_soft: bool = False) -> dict[str, Any]:
    """Draw a state: icon, word and colour. Kinds: late, risk, ok, normal, paused."""
    return {"kind": kind, "word": word, "icon": STATE_ICONS[kind], "is_soft": is_soft}


@register.inclusion_tag("kit/parts/tag.html")
def tag(label: str, *, is_strong: bool = False) -> dict[str, Any]:
    return {"label": label, "is_strong": is_strong}


@register.inclusion_tag("kit/parts/time_left.html")
def time_left(due: Due, *, is_soft: bool = False) -> dict[str, Any]:
    """Draw what is left of a task's time, and when it is due; soft for the one beside a page's title."""
    found = words_for(due)
    return {"left": found, "icon": STATE_ICONS[found.kind], "is_soft": is_soft}


@register.inclusion_tag("kit/parts/row.html")
def todo_row(row: Row) -> dict[str, Any]:
    return {"row": row}


@register.inclusion_tag("kit/parts/group_head.html")
def group_head(label: str, count: int) -> dict[str, Any]:
    return {"label": label, "count": count}


@register.inclusion_tag("kit/parts/figures.html")
def figures(counters: Sequence[Figure]) -> dict[str, Any]:
    return {"figures": [(counter, STATE_ICONS.get(counter.kind, "")) for counter in counters]}


@register.inclusion_tag("kit/parts/phases.html")
def phases(steps: Sequence[Phase]) -> dict[str, Any]:
    """Draw where the case is; takes anything with `name` and `state` (done, now, next)."""
    return {"phases": steps}


@register.inclusion_tag("kit/parts/pairs.html")
def pairs(values: Sequence[Pair], *, is_single: bool = False) -> dict[str, Any]:
    return {"pairs": values, "is_single": is_single}


@register.inclusion_tag("kit/parts/table.html")
def table(table: Table) -> dict[str, Any]:
    """Draw a table that becomes cards on a phone."""
    rows = [
        (row, [] if row.heading else list(zip(table.columns, map(_cell, row.cells), strict=True)))
        for row in table.rows
    ]
    return {"table": table, "rows": rows}


def _cell(value: Any) -> Cell:
    return value if isinstance(value, Cell) else Cell(value=value)


@register.inclusion_tag("kit/parts/checks.html")
def checks(items: Sequence[Check]) -> dict[str, Any]:
    return {"checks": [(item, CHECK_ICONS[item.state]) for item in items]}


@register.inclusion_tag("kit/parts/timeline.html")
def timeline(steps: Sequence[Step]) -> dict[str, Any]:
    return {"steps": [(step, step.icon or STEP_ICONS[step.state]) for step in steps]}


@register.inclusion_tag("kit/parts/timeline_key.html")
def timeline_key() -> dict[str, Any]:
    return {}


@register.inclusion_tag("kit/parts/time_bar.html")
def time_bar(waiting: float | None, handling: float | None, limit: float | None) -> dict[str, Any]:
    """Draw waiting and handling time as shares of the limit."""
    return {"bar": bars.waited(waiting or 0, handling or 0, limit)}


@register.inclusion_tag("kit/parts/hbar.html")
def hbar(value: float, most: float = 1.0, target: float | None = None, label: str = "") -> dict[str, Any]:
    """Draw a bar in a cell, with a tick for the target."""
    return {
        "value": bars.share(value, most),
        "target": None if target is None else bars.share(target, most),
        "label": label,
    }


@register.inclusion_tag("kit/parts/comment.html")
def person_comment(
    name: str, department: str, at: datetime, text: str, names: Sequence[str] = ()
) -> dict[str, Any]:
    """Draw a comment; `names` are the people that it mentions with @."""
    return {"name": name, "department": department, "at": at, "text": bars.mentions(text, names)}


@register.inclusion_tag("kit/parts/avatar.html")
def avatar(name: str, *, is_small: bool = False) -> dict[str, Any]:
    return {"name": name, "is_small": is_small}


@register.inclusion_tag("kit/parts/action_bar.html")
def action_bar(actions: Sequence[Action], *, missing: str = "", missing_at: str = "") -> dict[str, Any]:
    """Draw the actions of a page; `missing` says what is still missing and links to it."""
    rare = [action for action in actions if action.is_rare]
    beside = [action for action in actions if not action.is_rare and not action.is_primary]
    return {
        "primary": [action for action in actions if action.is_primary],
        "beside": beside[:1],
        "wide": beside[1:],
        "rare": rare,
        "missing": missing,
        "missing_at": missing_at,
    }


@register.inclusion_tag("kit/parts/tabs.html")
def tabs(items: Sequence[Tab], label: str) -> dict[str, Any]:
    return {"tabs": items, "label": label}


@register.inclusion_tag("kit/parts/pages.html", takes_context=True)
def pages(context: Context, page: Page[Any], parameter: str = "page") -> dict[str, Any]:
    """Draw how many there are and the way to the other pages; other parameters of the address stay."""
    request: HttpRequest = context["request"]
    query = request.GET.copy()
    query.pop(parameter, None)
    kept = query.urlencode()
    prefix = f"?{kept}&{parameter}=" if kept else f"?{parameter}="
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "prefix": prefix, "shown": list(shown)}


@register.inclusion_tag("kit/parts/empty.html")
def empty(
    title: str, text: str = "", *, url: str = "", link: str = "", icon: str = "circle-check"
) -> dict[str, Any]:
    """Draw what stands where nothing is: what is absent, then what to do next."""
    return {"title": title, "text": text, "url": url, "link": link, "icon": icon}


@register.inclusion_tag("kit/parts/diagram.html")
def diagram(
    svg: str,
    label: str,
    *,
    facts: Sequence[tuple[str, str, Sequence[Pair]]] = (),
    key: str = "path",
    is_tall: bool = False,
) -> dict[str, Any]:
    """Draw a diagram with its controls. `facts` holds (element id, name, pairs); `key` is path, heat or nothing."""
    return {"svg": svg, "label": label, "facts": facts, "key": key, "is_tall": is_tall}


@register.simple_tag(takes_context=True)
def form_entry(
    context: Context,
    form: FormDefinition,
    answers: Mapping[str, Any],
    variables: Mapping[str, Any],
    rights: FieldRights | None = None,
    errors: Iterable[FieldError] = (),
    *,
    heading: bool = True,
) -> SafeString:
    """Draw a form to fill in; the template puts it into its own <form>."""
    user = getattr(context.get("request"), "user", None)
    person = user.get_username() if user is not None and user.is_authenticated else ""
    return entry_html(form, answers, variables, rights, errors, person=person, heading=heading)


@register.simple_tag
def form_read(
    form: FormDefinition,
    answers: Mapping[str, Any],
    variables: Mapping[str, Any] | None = None,
    rights: FieldRights | None = None,
    *,
    reveal: str = "",
) -> SafeString:
    """Draw a filled form to read."""
    return read_html(form, answers, variables, rights, reveal_url=reveal)


@register.simple_tag
def person_picker(
    name: str, label: str = "", value: str | Sequence[str] = "", *, many: bool = False
) -> SafeString:
    """Draw the box that finds people, for a form without a definition."""
    words_for_label = label or str(_("Person"))
    one = PersonField(key=name, label=Text(zh=words_for_label, en=words_for_label), many=many)
    chosen = [value] if isinstance(value, str) else list(value)
    drawn = control(one, value, Place(names=Names([name for name in chosen if name]), name=name))
    field = FieldView(
        one=one,
        path=name,
        name=name,
        label=words_for_label,
        required=True,
        template=f"kit/fields/{drawn.template}.html",
        value=drawn.value,
        extra=drawn.extra,
    )
    return render_to_string("kit/fields/field.html", {"field": field})


@register.inclusion_tag("kit/parts/account_field.html")
def account_field(field: BoundField) -> dict[str, Any]:
    """Draw a field of one of Django's own forms, as the pages for signing in have."""
    is_tick = isinstance(field.field.widget, CheckboxInput)
    attributes: dict[str, str | bool] = {"class": "" if is_tick else "form-control", "placeholder": ""}
    parts = [("-error", bool(field.errors)), ("-hint", bool(field.help_text))]
    described = " ".join(f"{field.id_for_label}{end}" for end, is_there in parts if is_there)
    if described:
        attributes["aria-describedby"] = described
    return {"field": field, "control": field.as_widget(attrs=attributes), "is_tick": is_tick}
