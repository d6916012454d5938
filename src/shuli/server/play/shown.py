"""Show a case: as a screen for people, as data for programs."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from shuli.core.bpmn.graph import ProcessGraph
from shuli.core.engine import Marking, Refused
from shuli.core.engine import events as e
from shuli.core.engine.events import Event
from shuli.core.engine.marking import OUTCOMES
from shuli.core.forms import ChoiceField, ChoicesField, Field, FormDefinition, fields_of
from shuli.server.play.answering import ZONE
from shuli.server.play.model import Model
from shuli.server.play.offers import Offer, name_of, offers_of
from shuli.server.play.session import PLAYER, Session
from shuli.server.play.words import Words

LONGEST_VALUE = 60
MOST_VALUES = 12  # in one line; `vars` shows all
MOST_TIMERS = 3  # the earliest; the rest are counted
LONGEST_NAMES = 8  # of fields, in one line
WEEKDAYS = (
    ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
)


class Screen:
    """Puts a session into words."""

    def __init__(self, session: Session, words: Words) -> None:
        self.session = session
        self.words = words

    @property
    def model(self) -> Model:
        return self.session.case.part.model

    @property
    def graph(self) -> ProcessGraph:
        return self.session.graph

    def name(self, node: str) -> str:
        return name_of(self.graph, node).in_language(self.words.language)

    def title(self) -> str:
        graphs = [case.part.graph for case in self.session.case.line]
        names = [one.name.in_language(self.words.language) or one.key for one in graphs]
        return f"{' › '.join(names)} ({self.graph.key})"

    # A screen -------------------------------------------------------------------------------------------

    def lines(self) -> Iterator[str]:
        """Yield the whole screen."""
        yield from self.head()
        yield from self.happened(self.session.last)
        yield from self.variables()
        yield from self.offers()

    def head(self) -> Iterator[str]:
        w, m = self.words, self.session.marking
        steps = w("steps", n=self.session.steps)
        yield f"── {self.title()} · {w('case_' + m.status)} · {self.moment(self.session.now)} · {steps}"
        at = dict.fromkeys(self.name(token.node) for token in m.tokens.values())
        if at:
            yield w.labelled("at", " | ".join(at))

    def variables(self) -> Iterator[str]:
        """Yield what the last step changed in the case's data."""
        pairs = [f"{name}={value}" for name, value in self.named_values(self.session.changed)]
        more = "…" if len(pairs) > MOST_VALUES else ""
        if pairs:
            yield self.words.labelled("changed", ", ".join(pairs[:MOST_VALUES]) + more)

    def all_variables(self) -> Iterator[str]:
        for name, value in self.named_values(self.session.marking.variables):
            yield f"  {name} = {value}"

    def named_values(self, variables: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield variables by the labels of their fields; what is empty, or the engine's own, is left out."""
        for key, value in variables.items():
            if value is None or key == OUTCOMES:
                continue
            field = self.labels.get(key)
            label = field.label.in_language(self.words.language) if field else key
            yield label, brief(self.option(field, value))

    @property
    def labels(self) -> dict[str, Field]:
        return {field.key: field for form in self.model.forms.values() for field in fields_of(form)}

    def option(self, field: Field | None, value: Any) -> Any:
        """Return the label of a chosen option; any other value as it is."""
        if not isinstance(field, ChoiceField | ChoicesField):
            return value
        labels = {one.code: one.label.in_language(self.words.language) for one in field.options}
        if isinstance(value, list):
            return ", ".join(labels.get(one, str(one)) for one in value)
        return labels.get(value, value)

    def offers(self) -> Iterator[str]:
        m = self.session.marking
        if m.status not in ("draft", "running"):
            yield self.words("ended", status=self.words("case_" + m.status))
            return
        found = offers_of(self.graph, m)
        yield self.words("to_do" if found else "nothing")
        clocks = [offer for offer in found if offer.kind == "timer"]
        for offer in found:
            if offer not in clocks[MOST_TIMERS:]:
                yield f"  {offer.number:>2}  {self.offer(offer)}"
        if len(clocks) > MOST_TIMERS:
            yield f"      {self.words('more_timers', n=len(clocks) - MOST_TIMERS)}"

    def offer(self, offer: Offer) -> str:
        """Return what can be done, by whom, until when, and what it asks for."""
        kind = self.words("kind_" + offer.kind)
        parts = [f"{kind}  {self.name(offer.node)}", *self._details(offer)]
        return " · ".join(part for part in parts if part)

    def _details(self, offer: Offer) -> Iterator[str]:
        w = self.words
        if offer.kind == "task":
            yield self.person(offer.who)
            yield w(offer.role) if offer.role in ("contribute", "vote") else ""
            yield w("due", at=self.moment(offer.due_at)) if offer.due_at else ""
            yield self.fields(self.model.forms.get(offer.form or ""))
        elif offer.kind == "timer" and offer.due_at:
            yield w("timer_" + offer.who) if w.has("timer_" + offer.who) else ""
            yield w("fires", at=self.moment(offer.due_at))
        elif offer.kind == "incident":
            yield self.incident(offer)
        else:
            yield offer.who

    def fields(self, form: FormDefinition | None) -> str:
        if form is None:
            return ""
        labels = [field.label.in_language(self.words.language) for field in fields_of(form)]
        more = "…" if len(labels) > LONGEST_NAMES else ""
        return f"{self.words('fields')} {', '.join(labels[:LONGEST_NAMES])}{more}"

    def person(self, who: str) -> str:
        """Return who is to act: a pool may be claimed by anybody in it."""
        kind, _, name = who.partition(":")
        if who == "post:anybody":
            return self.words("anybody")
        if kind in ("department", "post", "group"):
            return self.words("pool", name=name)
        return self.words("you") if who == PLAYER else who

    def moment(self, at: datetime) -> str:
        local = at.astimezone(ZoneInfo(ZONE))
        days = WEEKDAYS[0 if self.words.language.startswith("zh") else 1]
        return f"{local:%Y-%m-%d} {days[local.weekday()]} {local:%H:%M}"

    # What happened --------------------------------------------------------------------------------------

    def happened(self, events: Iterable[Event]) -> Iterator[str]:
        told = list(dict.fromkeys(filter(None, map(self.event, events))))
        if told:
            yield self.words.labelled("just_now", " → ".join(told))

    def event(self, event: Event) -> str:
        """Return what an event says to whoever plays; "" where it is the engine's own business."""
        code = f"did_{type(event).__name__}"
        if not self.words.has(code):
            return ""
        fields = {name: getattr(event, name) for name in event.__struct_fields__}
        people = ", ".join(self.person(one) for one in (*fields.get("people", ()), *fields.get("pools", ())))
        params = {**fields, "node": self.name(self._node_of(event)), "people": people}
        if isinstance(event, e.CaseReturned):
            params["to"] = self.name(event.to)
        return self.words(code, **params)

    def _node_of(self, event: Event) -> str:
        if isinstance(getattr(event, "node", None), str):
            return str(getattr(event, "node", ""))
        visit = getattr(event, "visit", None)
        opened = [one for one in self.session.events if isinstance(one, e.VisitOpened) and one.visit == visit]
        return opened[0].node if opened else ""

    def incident(self, offer: Offer) -> str:
        from shuli.server.play.sentences import incident_sentence

        incident = self.session.marking.incidents[offer.what]
        return incident_sentence(incident.code, incident.params, self.name(offer.node), self.words.language)

    def refusal(self, refused: Refused) -> str:
        from shuli.server.play.sentences import refusal_sentence

        return self.words("refused", why=refusal_sentence(refused, self.words.language))

    # For programs ---------------------------------------------------------------------------------------

    def data(self, **more: Any) -> str:
        """Return the case as one line of JSON."""
        m = self.session.marking
        found = {
            "process": self.graph.key,
            "called_by": [case.part.graph.key for case in self.session.case.line[:-1]],
            "status": m.status,
            "now": self.session.now.isoformat(),
            "steps": self.session.steps,
            "at": sorted({token.node for token in m.tokens.values()}),
            "variables": m.variables,
            "can_do": [self._as_data(offer) for offer in offers_of(self.graph, m)] if is_open(m) else [],
            "script": self.session.lines,
            **more,
        }
        return json.dumps(msgspec.to_builtins(found), ensure_ascii=False)

    def _as_data(self, offer: Offer) -> dict[str, Any]:
        found: dict[str, Any] = {
            "number": offer.number,
            "kind": offer.kind,
            "node": offer.node,
            "name": self.name(offer.node),
            "who": offer.who,
            "due_at": offer.due_at.isoformat() if offer.due_at else None,
        }
        if offer.kind == "incident":
            found["message"] = self.incident(offer)
        return found


def is_open(marking: Marking) -> bool:
    return marking.status in ("draft", "running", "suspended")


def brief(value: Any) -> str:
    """Return a value as short JSON; a plain text without its quotation marks."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"
