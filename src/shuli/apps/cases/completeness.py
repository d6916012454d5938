"""Whether a case has the documents that its process asks for: of each mandatory output, there, missing or still to come."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Literal

from shuli.apps.cases import presentation
from shuli.apps.cases.models import Case, FormRecord, Visit
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.documents import queries as documents
from shuli.core.bpmn.graph import Node, Output

State = Literal["there", "missing", "open", "to_come"]
# Of a document that several steps make, the state that says the most counts.
WEIGHT: tuple[State, ...] = ("there", "missing", "open", "to_come")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A mandatory document of a case."""

    document: str
    name: str
    step: str  # in which step it is made
    state: State
    made_by: Literal["form", "attachment"]


@dataclass(frozen=True, kw_only=True)
class Completeness:
    documents: tuple[Wanted, ...]

    @property
    def there(self) -> int:
        return sum(one.state == "there" for one in self.documents)

    @property
    def missing(self) -> int:
        return sum(one.state == "missing" for one in self.documents)

    @property
    def required(self) -> int:
        """Return how many are due by now: of steps that are done, and what is there already."""
        return self.there + self.missing

    @property
    def share(self) -> float | None:
        """Return the part of those due that is there, from 0 to 1; None while nothing is due (H2-115)."""
        return self.there / self.required if self.required else None


def of_case(case: Case) -> Completeness:
    """Return the mandatory documents of a case in the order of the model."""
    return of_cases([case])[case.pk]


def of_cases(cases: Iterable[Case]) -> dict[int, Completeness]:
    """Return the mandatory documents of several cases, asked for together."""
    rows = list(cases)
    ids = [case.pk for case in rows]
    visits, filled, present = _visits(ids), _filled(ids), documents.present_of("case", ids)
    return {
        case.pk: _of(case, visits.get(case.pk, {}), present.get(case.pk, set()) | filled.get(case.pk, set()))
        for case in rows
    }


def counts_of(ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Return of each case how many mandatory documents are due by now, and how many of them are there."""
    found = of_cases(
        Case.objects.filter(pk__in=list(ids)).only("pk", "version_id", "ended_at", "process_key")
    )
    return {pk: (one.required, one.there) for pk, one in found.items()}


def _of(case: Case, visits: Mapping[str, list[Any]], present: AbstractSet[str]) -> Completeness:
    found: dict[str, Wanted] = {}
    for node in catalogue.graph(case.version_id).nodes.values():
        for output in (one for one in node.duty.outputs if one.mandatory):
            is_there = output.document in present or (output.made_by == "form" and f"#{node.id}" in present)
            state: State = "there" if is_there else _state(case, visits.get(node.id, []))
            known = found.get(output.document)
            if known is None or WEIGHT.index(state) < WEIGHT.index(known.state):
                found[output.document] = _wanted(case, node, output, state)
    return Completeness(documents=tuple(found.values()))


def _wanted(case: Case, node: Node, output: Output, state: State) -> Wanted:
    return Wanted(
        document=output.document,
        name=presentation.document_name(case, output.document),
        step=presentation.words(node.name),
        state=state,
        made_by=output.made_by,
    )


def _visits(ids: list[int]) -> dict[int, dict[str, list[Any]]]:
    found: dict[int, dict[str, list[Any]]] = {}
    # Named rows instead of models: an audit's sample reads thousands of them at once.
    rows = Visit.objects.filter(case_id__in=ids)
    for visit in rows.values_list("case_id", "node", "person", "closed_at", named=True):
        found.setdefault(visit.case_id, {}).setdefault(visit.node, []).append(visit)
    return found


def _filled(ids: list[int]) -> dict[int, set[str]]:
    """Return the documents of the forms that were filled in, and the steps in which one was: "#C1a"."""
    found: dict[int, set[str]] = {}
    rows = FormRecord.objects.filter(case_id__in=ids).values_list("case_id", "node", "document")
    for case_id, node, document in rows:
        found.setdefault(case_id, set()).update({f"#{node}", document} - {""})
    return found


def _state(case: Case, visits: list[Any]) -> State:
    """Say what is with a document that is not there: a step that was done without it owes it."""
    if any(visit.closed_at and visit.person for visit in visits):
        return "missing"
    if case.ended_at:
        return "to_come"
    return "open" if any(visit.closed_at is None for visit in visits) else "to_come"
