"""The running ad-hoc sub-processes of a case, and who leads each: its process owner, its lead department, whoever works in it."""

from collections.abc import Iterator

from shuli.apps.cases import rights, store
from shuli.apps.cases.changes import Change
from shuli.apps.cases.models import Case, Task
from shuli.apps.cases.world import CompanyWorld
from shuli.apps.catalogue import queries as catalogue
from shuli.apps.directory import queries as directory
from shuli.core.bpmn.graph import ProcessGraph
from shuli.core.engine import Accepted, OpenPart, Refused, open_parts
from shuli.core.engine import events as e
from shuli.kit import clock


def parts_of(case: Case) -> list[OpenPart]:
    """Return the ad-hoc sub-processes that run in a case; none where the model has none."""
    graph = catalogue.graph(case.version_id)
    if case.status != Case.Status.RUNNING or not any(node.ad_hoc for node in graph.nodes.values()):
        return []
    world = CompanyWorld(now=clock.local_now())
    return list(open_parts(graph, store.decode_marking(case.marking, case.variables), world))


def led_parts(case: Case, person: str) -> list[OpenPart]:
    """Return the running ad-hoc sub-processes that the person leads."""
    return [part for part in parts_of(case) if _leads(case, person, part)]


def refuse_unless_leading(person: str, case_id: int, token: int) -> Refused | None:
    """Return why the person may start nothing at this token, or None."""
    if not rights.may_see_case(person, case_id):
        return Refused(code="no_such_case")
    if rights.owns_case(person, case_id):
        return None
    case = Case.objects.get(pk=case_id)
    leads = any(part.token == token for part in led_parts(case, person))
    return None if leads else Refused(code="leaders_only")


def _leads(case: Case, person: str, part: OpenPart) -> bool:
    if rights.owns_case(person, case.pk):
        return True
    if part.lead and f"department:{part.lead}" in directory.pools_of(person):
        return True
    graph = catalogue.graph(case.version_id)
    held = Task.objects.filter(case=case, holder=person, state=Task.State.OPEN).values_list("node", flat=True)
    return any(part.node in _around(graph, node) for node in held)


def _around(graph: ProcessGraph, node: str) -> list[str]:
    """Return the sub-processes that enclose a node."""
    found = []
    while node in graph.nodes and graph.nodes[node].scope:
        node = graph.nodes[node].scope
        found.append(node)
    return found


def access_of_leads(
    case_id: int, graph: ProcessGraph, answer: Accepted, world: CompanyWorld
) -> Iterator[Change]:
    """Yield the access of the departments that lead an ad-hoc sub-process which begins: they start what is in it."""
    begun = {event.node for event in answer.events if isinstance(event, e.ScopeOpened)}
    if not any(graph.nodes[node].ad_hoc for node in begun):
        return
    for part in open_parts(graph, answer.marking, world):
        if part.lead and part.node in begun:
            yield "give_access", (case_id, f"department:{part.lead}")
            yield "give_access", (case_id, f"involved:{part.lead}")
