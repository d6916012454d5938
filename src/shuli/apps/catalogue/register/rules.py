"""The register of operating rules: made, edited, reviewed item by item, in and out as Excel."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuli.apps.catalogue import queries
from shuli.apps.catalogue.models import OperatingRule, Process, RuleReview
from shuli.apps.catalogue.register import rights
from shuli.apps.catalogue.register.excel import Imported, NotImported, Problem, columns_of, read_row
from shuli.apps.catalogue.register.facts import Fact, UnreadableError, chooser, labeller
from shuli.kit import clock, workbooks
from shuli.kit.errors import Denied, Refusal, sentence
from shuli.kit.forms.shown import in_language

MOST_ROWS = 5_000


def read_process(text: str) -> Process | None:
    """Return the process that a cell names by its key or its name."""
    if not text:
        return None
    found = Process.objects.filter(Q(key=text) | Q(name=text) | Q(name_en=text))[:2]
    if len(found) != 1:
        raise UnreadableError(_("“%(text)s” is no process of the register.") % {"text": text})
    return found[0]


FACTS: tuple[Fact, ...] = (
    Fact(key="number", label=gettext_lazy("Number"), longest=40),
    Fact(key="name", label=gettext_lazy("Name"), width=28, longest=200),
    Fact(
        key="kind",
        label=gettext_lazy("Kind of rule"),
        read=chooser(OperatingRule.Kind.choices),
        write=labeller(OperatingRule.Kind.choices),
    ),
    Fact(key="scope", label=gettext_lazy("Scope of application"), width=28),
    Fact(key="performer", label=gettext_lazy("Carried out by"), width=20, longest=300),
    Fact(key="steps", label=gettext_lazy("Steps"), width=40),
    Fact(key="resources", label=gettext_lazy("Resources needed"), width=24),
    Fact(key="deliverables", label=gettext_lazy("Deliverables"), width=24),
    Fact(key="frequency", label=gettext_lazy("Frequency"), longest=200),
    Fact(key="issues", label=gettext_lazy("Known problems"), width=32),
    Fact(
        key="process",
        label=gettext_lazy("Belongs to the process"),
        read=read_process,
        write=lambda process: process.key if process else "",
        width=20,
    ),
    Fact(
        key="state",
        label=gettext_lazy("Review"),
        write=labeller(OperatingRule.State.choices),
        is_told=True,
    ),
)


def rules(text: str = "", kind: str = "", state: str = "", process: str = "") -> list[OperatingRule]:
    """Return the rules that fit, by number."""
    rows = OperatingRule.objects.select_related("process")
    for name, value in (("kind", kind), ("state", state), ("process__key", process)):
        if value:
            rows = rows.filter(**{name: value})
    for word in text.split():
        fields = ("number", "name", "scope", "performer", "steps", "deliverables", "issues")
        wanted = Q()
        for field in fields:
            wanted |= Q(**{f"{field}__icontains": word})
        rows = rows.filter(wanted)
    return list(rows)


def rule(pk: int) -> OperatingRule | None:
    return OperatingRule.objects.select_related("process").filter(pk=pk).first()


def progress() -> tuple[int, int]:
    """Return how many rules were held against what is done, and how many there are."""
    total = OperatingRule.objects.count()
    return total - OperatingRule.objects.filter(state=OperatingRule.State.OPEN).count(), total


# Writing ------------------------------------------------------------------------------------------------


@transaction.atomic
def make_rule(person: str, facts: Mapping[str, Any]) -> OperatingRule | Refusal:
    """Enter a rule: of a process by its owner, any by whoever keeps the register."""
    made = OperatingRule(number=facts.get("number", ""), process=facts.get("process"))
    if not rights.may_edit_rule(made, person):
        return Denied("rule_not_yours")
    return _written(made, person, facts)


@transaction.atomic
def edit_rule(person: str, pk: int, facts: Mapping[str, Any]) -> OperatingRule | Refusal:
    """Change a rule; once what it says has changed it is to be reviewed anew."""
    found = (
        OperatingRule.objects.select_for_update(of=("self",)).select_related("process").filter(pk=pk).first()
    )
    if found is None:
        return Refusal("no_such_rule", status=404)
    if not rights.may_edit_rule(found, person):
        return Denied("rule_not_yours")
    others = facts.get("process", found.process)
    if others != found.process and not rights.may_edit_rule(OperatingRule(process=others), person):
        return Denied("rule_not_yours")
    if any(getattr(found, name) != value for name, value in facts.items()):
        found.state = OperatingRule.State.OPEN
    return _written(found, person, facts)


def _written(found: OperatingRule, person: str, facts: Mapping[str, Any]) -> OperatingRule | Refusal:
    for name, value in facts.items():
        setattr(found, name, value)
    if not found.number.strip():
        return Refusal("rule_number_missing")
    if not found.name.strip():
        return Refusal("rule_name_missing")
    if OperatingRule.objects.filter(number=found.number).exclude(pk=found.pk).exists():
        return Refusal("rule_number_taken", number=found.number)
    found.edited_by, found.edited_at = person, clock.now()
    found.save()
    return found


@transaction.atomic
def review(person: str, pk: int, state: str, note: str) -> OperatingRule | Refusal:
    """Say what a rule came to when it was held against what is really done; a difference needs its words."""
    found = (
        OperatingRule.objects.select_for_update(of=("self",)).select_related("process").filter(pk=pk).first()
    )
    if found is None:
        return Refusal("no_such_rule", status=404)
    if not rights.may_review_rule(found, person):
        return Denied("rule_not_yours")
    if state not in OperatingRule.State.values or state == OperatingRule.State.OPEN:
        return Refusal("review_state_unknown")
    if state != OperatingRule.State.FITS and not note.strip():
        return Refusal("review_needs_words")
    RuleReview.objects.create(rule=found, state=state, note=note.strip(), person=person, at=clock.now())
    found.state = state
    found.save(update_fields=["state"])
    return found


@transaction.atomic
def delete_rule(person: str, pk: int) -> OperatingRule | Refusal:
    """Remove a rule with its reviews; nothing else depends on it."""
    found = (
        OperatingRule.objects.select_for_update(of=("self",)).select_related("process").filter(pk=pk).first()
    )
    if found is None:
        return Refusal("no_such_rule", status=404)
    if not rights.may_edit_rule(found, person):
        return Denied("rule_not_yours")
    found.delete()
    return found


# Excel --------------------------------------------------------------------------------------------------


def workbook(rows: Iterable[OperatingRule]) -> bytes:
    """Return rules as an Excel file in the active language."""
    sheet = workbooks.Sheet(
        title=_("Operating rules"),
        head=[str(fact.label) for fact in FACTS],
        rows=[[fact.write(getattr(row, fact.key)) for fact in FACTS] for row in rows],
        widths=[fact.width for fact in FACTS],
    )
    return workbooks.workbook_of(sheet)


def take_in(person: str, data: bytes) -> Imported | NotImported | Refusal:
    """Write the rows of a file into the register of rules: all of them, or none."""
    if not rights.may_keep(person) and not queries.owned_keys(person):
        return Denied("rule_not_yours")
    try:
        rows = workbooks.rows_of(data, MOST_ROWS + 1)
    except workbooks.NotAWorkbookError:
        return Refusal("not_a_workbook")
    if len(rows) > MOST_ROWS + 1:
        return Refusal("workbook_too_long", most=MOST_ROWS)
    columns = columns_of(rows[0] if rows else [], FACTS)
    missing = [fact for fact in FACTS[:2] if fact not in columns.values()]
    if missing:
        words = _("This column is missing.")
        return NotImported(
            problems=tuple(Problem(row=1, column=str(fact.label), words=words) for fact in missing)
        )
    with transaction.atomic():
        outcome = _write_all(person, rows, columns)
        if isinstance(outcome, NotImported):
            transaction.set_rollback(True)
        return outcome


def _write_all(
    person: str, rows: Sequence[Sequence[str]], columns: Mapping[int, Fact]
) -> Imported | NotImported:
    known = {row.number: row for row in OperatingRule.objects.select_related("process")}
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    done: dict[str, list[str]] = {"new": [], "changed": [], "same": []}
    for at, cells in enumerate(rows[1:], 2):
        if not any(cells):
            continue
        values, found = read_row(at, cells, columns, kept=("kind",))
        number = values.get("number", "")
        if number in seen:
            found.append(_problem(at, _("The same number stands in row %(row)s.") % {"row": seen[number]}))
        seen.setdefault(number, at)
        problems += found
        outcome = "" if found else _write_one(person, known.get(number), values)
        if isinstance(outcome, Refusal):
            problems.append(_problem(at, sentence(outcome)))
        elif outcome:
            done[outcome].append(number)
    if problems:
        return NotImported(problems=tuple(problems))
    return Imported(new=tuple(done["new"]), changed=tuple(done["changed"]), same=len(done["same"]))


def _problem(row: int, words: str) -> Problem:
    return Problem(row=row, column=str(FACTS[0].label), words=words)


def _write_one(person: str, known: OperatingRule | None, values: dict[str, Any]) -> str | Refusal:
    if known is None:
        made = make_rule(person, values)
        return made if isinstance(made, Refusal) else "new"
    if all(getattr(known, name) == value for name, value in values.items()):
        return "same"
    edited = edit_rule(person, known.pk, values)
    return edited if isinstance(edited, Refusal) else "changed"


def process_name(found: OperatingRule) -> str:
    return in_language(found.process.names) if found.process else ""
