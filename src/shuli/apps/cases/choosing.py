"""Where a node's people are chosen by whoever is before: the questions that stand below that person's form.

The model says who chooses (`chooser`: the start event or an earlier task), from whom (`candidates`: a pool), and under which
name the answer is kept (the rule's value). Pages, drafts, REST and validation see a question as a field of the form.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from msgspec.structs import replace

from shuli.apps.directory import queries as directory
from shuli.core.bpmn.graph import Node, ProcessGraph
from shuli.core.engine import Accepted
from shuli.core.engine import events as e
from shuli.core.forms import (
    ChoiceField,
    ChoicesField,
    Field,
    FieldError,
    FieldRights,
    FormDefinition,
    Option,
    PersonField,
    Section,
)
from shuli.core.text import Text

LANGUAGES = {"zh": "zh-hans", "en": "en"}
ONE_SEAT = frozenset({"single", "contribute"})


def chosen_at(graph: ProcessGraph, chooser: str) -> dict[str, Node]:
    """Return the nodes whose people are chosen here, by the name under which the choice is kept."""
    return {
        rule.value: node
        for node in graph.nodes.values()
        if (rule := node.duty.performer) is not None and rule.chooser == chooser and rule.value
    }


def with_choices(form: FormDefinition | None, graph: ProcessGraph, node: str) -> FormDefinition | None:
    """Return the form with the questions that are asked at a node; a form of its own where there was none."""
    asked = chosen_at(graph, node)
    if not asked:
        return form
    title = _both(lambda: _("Who is next"))
    # alone, the form has the title
    section = Section(
        title=title if form else Text(), fields=tuple(_field(key, one) for key, one in asked.items())
    )
    base = form or FormDefinition(key="", title=title)
    return replace(base, sections=(*base.sections, section))


def rights_with_choices(rights: FieldRights, graph: ProcessGraph, node: str) -> FieldRights:
    """Return the rights to a form's fields; what is asked may be answered whatever the rest is."""
    asked = chosen_at(graph, node)
    return {**rights, **dict.fromkeys(asked, "write")} if asked else rights


def missing(
    graph: ProcessGraph, node: str, answer: Accepted, values: Mapping[str, Any]
) -> tuple[FieldError, ...]:
    """Return which questions should have been answered: the case came to a step for which nobody was chosen.

    A question about a step to which the case did not go may stay open.
    """
    stopped = {
        event.node
        for event in answer.events
        if isinstance(event, e.IncidentRaised) and event.code == "nobody_to_assign"
    }
    asked = chosen_at(graph, node).items()
    return tuple(
        FieldError(path=key, code="required")
        for key, one in asked
        if one.id in stopped and not values.get(key)
    )


def _field(key: str, node: Node) -> Field:
    rule = node.duty.performer
    label = _both(
        lambda: _("Who does “%(name)s”") % {"name": node.name.in_language(translation.get_language() or "zh")}
    )
    many = node.duty.vote.kind not in ONE_SEAT
    people = directory.members(rule.candidates) if rule is not None and rule.candidates else []
    if not people:
        return PersonField(key=key, label=label, many=many)
    options = tuple(_options(people))
    if many:
        return ChoicesField(key=key, label=label, options=options)
    return ChoiceField(key=key, label=label, options=options)


def _options(people: Iterable[str]) -> Iterator[Option]:
    for username, card in directory.people_by_username(people).items():
        yield Option(code=username, label=_both(card.display_name))


def _both(say: Callable[[], str]) -> Text:
    """Return what is said in Chinese and in English."""
    found = {}
    for code, language in LANGUAGES.items():
        with translation.override(language):
            found[code] = say()
    return Text(zh=found["zh"], en=found["en"])
