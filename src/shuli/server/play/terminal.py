"""The conversation: print the screen, ask, obey, until there is nothing more to say."""

from collections.abc import Callable, Iterable

from shuli.core import forms as d
from shuli.core.forms import FormDefinition, fields_of
from shuli.server.play.answering import Answers
from shuli.server.play.doing import named
from shuli.server.play.offers import Offer
from shuli.server.play.orders import EVERY, obey
from shuli.server.play.shown import brief
from shuli.server.play.table import Said, Table, value_of

Ask = Callable[[str], str]
Show = Callable[[str], None]
PROMPT = "> "
# Answers that nobody types one by one.
UNTYPED = (d.TableField, d.AttachmentField, d.ComputedField, d.SignatureField, d.AutoNumberField)
EMPTY, REST = ("-", "－"), ("!", "！")


def converse(table: Table, ask: Ask, show: Show) -> None:
    """Let a person play until they leave."""
    show(table.words("intro"))
    show("")
    print_lines(table.screen.lines(), show)
    while True:
        try:
            line = ask(PROMPT)
        except EOFError:
            return
        said = by_number(table, line, ask, show) or obey(table, line)
        print_said(table, said, show)
        if said.leave:
            return


def by_number(table: Table, line: str, ask: Ask, show: Show) -> Said | None:
    """Ask for the answers one by one where only a task's number was typed; None where that is not so."""
    word = line.strip()
    offer = named(table.session, word, EVERY) if word.isdecimal() else None
    form = table.model.forms.get(offer.form or "") if offer is not None else None
    if offer is None:
        return None
    if offer.kind not in ("task", "start"):
        return None
    read = table.guesses.at_completion() if offer.kind == "task" else table.guesses.at_start()
    values = asked(table, read, ask, show)
    if form is not None:
        values |= filled_in(table, offer, form, ask, show)
    return table.complete(offer, values)


def asked(table: Table, examples: dict[str, object], ask: Ask, show: Show) -> dict[str, object]:
    """Ask for what the choices read, with an example for each."""
    if examples:
        show(table.words("ask_hint"))
    found: dict[str, object] = {}
    rest = False
    for name, example in examples.items():
        known = table.session.marking.variables.get(name, example)
        text = "" if rest else ask(table.words("ask", label=name, options="", value=brief(known))).strip()
        rest = rest or text in REST
        found |= _answer(name, known, "" if rest else text)
    return found


def _answer(name: str, example: object, text: str) -> dict[str, object]:
    if text in EMPTY:
        return {}
    return {name: value_of(text) if text else example}


def filled_in(table: Table, offer: Offer, form: FormDefinition, ask: Ask, show: Show) -> dict[str, object]:
    """Ask for each field of a form; what cannot be typed in one line is made up."""
    node = table.session.graph.nodes[offer.node]
    rights = node.duty.rights if offer.role != "contribute" else {}
    answers = Answers(table.guesses.chance, table.session.now, table.words.language)
    made_up = answers.fill(form, table.session.marking.variables, rights).values
    show(table.words("ask_hint"))
    found = dict(made_up)
    for field in fields_of(form):
        if isinstance(field, UNTYPED) or field.key not in made_up:
            continue
        label = field.label.in_language(table.words.language)
        prompt = table.words(
            "ask", label=label, options=options_of(table, field), value=brief(made_up[field.key])
        )
        text = ask(prompt).strip()
        if text in REST:
            break
        found.pop(field.key)
        found |= _answer(field.key, made_up[field.key], code_of(field, text))
    return found


def options_of(table: Table, field: d.Field) -> str:
    """Return what can be chosen: " (phone=电话, mail=邮件)"."""
    if not isinstance(field, d.ChoiceField | d.ChoicesField):
        return ""
    language = table.words.language
    return " (" + ", ".join(f"{one.code}={one.label.in_language(language)}" for one in field.options) + ")"


def code_of(field: d.Field, text: str) -> str:
    """Return the code of an option that was typed by its label."""
    if not isinstance(field, d.ChoiceField):
        return text
    return next((one.code for one in field.options if text in (one.label.zh, one.label.en)), text)


def print_said(table: Table, said: Said, show: Show) -> None:
    print_lines(said.lines, show)
    if said.show:
        print_lines(table.screen.lines(), show)


def print_lines(lines: Iterable[str], show: Show) -> None:
    for line in lines:
        show(line)
