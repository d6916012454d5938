"""Who has which part in which process: the rules of all models held against a person, a post or a department."""

from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct

from shuli.apps.catalogue import queries
from shuli.apps.catalogue.handbook.roles import Part, human_nodes, parts_of, performer_of
from shuli.apps.catalogue.models import ProcessVersion
from shuli.apps.directory import queries as directory
from shuli.core.bpmn.graph import Node, Performer, ProcessGraph

# Whether a rule means somebody: always, when the case names their department, or not.
Meant = Literal["yes", "by_case", ""]
OF_A_DEPARTMENT = ("department", "head", "liaison", "executive")
DEEPEST = 5  # rules that name a step whose rule names a step


class Standing(Struct, frozen=True, kw_only=True):
    """Everything by which a rule can mean somebody."""

    pools: frozenset[str] = frozenset()  # "department:service", "post:cto", "group:helpers"
    heads: frozenset[str] = frozenset()  # departments that they head
    executives: frozenset[str] = frozenset()  # departments that they are in charge of
    liaisons: frozenset[str] = frozenset()  # departments whose liaison they are
    username: str = ""


class Share(Struct, frozen=True, kw_only=True):
    """Somebody's parts in one step of a process in force."""

    version: int
    node: str
    parts: tuple[Part, ...]
    by_case: bool  # only in cases that name their department


def of_person(username: str) -> Standing:
    units = directory.departments().values()
    return Standing(
        pools=frozenset(directory.pools_of(username)),
        heads=frozenset(unit.code for unit in units if directory.head(unit.code) == username),
        executives=frozenset(unit.code for unit in units if directory.executive(unit.code) == username),
        liaisons=frozenset(unit.code for unit in units if directory.liaison(unit.code) == username),
        username=username,
    )


def of_department(code: str) -> Standing:
    """Return what a department and its sections are, its head and liaison included."""
    codes = frozenset(directory.below(code))
    posts = {f"post:{post.code}" for post in directory.posts().values() if post.department in codes}
    return Standing(
        pools=frozenset({f"department:{one}" for one in codes} | posts), heads=codes, liaisons=codes
    )


def of_post(code: str) -> Standing:
    """Return what whoever holds a post is by it: of its department, and its head where all holders head it."""
    post = directory.posts()[code]
    holders = set(directory.members(f"post:{code}"))
    units = directory.departments().values()
    pools = {f"post:{code}"} | ({f"department:{post.department}"} if post.department else set())
    return Standing(
        pools=frozenset(pools),
        heads=frozenset(unit.code for unit in units if unit.head in holders and unit.code == post.department),
        liaisons=frozenset(
            unit.code for unit in units if unit.liaison in holders and unit.code == post.department
        ),
        executives=frozenset(unit.code for unit in units if unit.executive in holders),
    )


def shares(standing: Standing) -> Iterator[Share]:
    """Yield what somebody has to do in the processes in force, in order of the register."""
    rows = ProcessVersion.objects.filter(status=ProcessVersion.Status.PUBLISHED).order_by("process__key")
    for pk, starters in rows.values_list("pk", "process__starters"):
        graph = queries.graph(pk)
        for node in human_nodes(graph):
            share = _share(pk, graph, node, standing, starters)
            if share is not None:
                yield share


def _share(
    pk: int, graph: ProcessGraph, node: Node, standing: Standing, starters: Iterable[str]
) -> Share | None:
    found = [(part, means(part.rule, standing, graph, starters)) for part in parts_of(graph, node)]
    sure = tuple(part for part, meant in found if meant == "yes")
    maybe = tuple(part for part, meant in found if meant == "by_case" and not part.late)
    parts = sure or maybe
    return Share(version=pk, node=node.id, parts=parts, by_case=not sure) if parts else None


def means(
    rule: Performer, standing: Standing, graph: ProcessGraph, starters: Iterable[str], depth: int = 0
) -> Meant:
    """Say whether a rule means somebody."""
    if rule.kind in {"starter", "first_responder", "same_as"}:
        return _by_the_course(rule, standing, graph, starters, depth)
    if rule.kind in {"superior", "chosen"}:
        return ""
    value = queries.fixed_text(rule.value)
    if value is None:
        return "by_case" if rule.kind in OF_A_DEPARTMENT and _is_of_a_department(rule, standing) else ""
    return "yes" if _is_named(rule, value, standing) else ""


def _is_named(rule: Performer, value: str, standing: Standing) -> bool:
    by_kind = {"head": standing.heads, "executive": standing.executives, "liaison": standing.liaisons}
    if rule.kind in by_kind:
        return value in by_kind[rule.kind]
    if rule.kind == "person":
        return value == standing.username
    return (value if rule.kind == "least_loaded" else f"{rule.kind}:{value}") in standing.pools


def _is_of_a_department(rule: Performer, standing: Standing) -> bool:
    """Say whether somebody could be meant where the case says which department it is."""
    by_kind = {"head": standing.heads, "executive": standing.executives, "liaison": standing.liaisons}
    if rule.kind in by_kind:
        return bool(by_kind[rule.kind])
    return any(pool.startswith("department:") for pool in standing.pools)


def _by_the_course(
    rule: Performer, standing: Standing, graph: ProcessGraph, starters: Iterable[str], depth: int
) -> Meant:
    """Say whether somebody is meant by what they did before in the case."""
    if rule.kind == "starter":
        return "yes" if not list(starters) or standing.pools & set(starters) else ""
    if depth >= DEEPEST:
        return ""
    if rule.kind == "same_as":
        named = graph.nodes.get(queries.fixed_text(rule.value) or "")
        before = [named] if named else []
    else:
        before = [node for node in graph.nodes.values() if node.duty.becomes_first_responder]
    doers = [doer for node in before if (doer := performer_of(graph, node)) is not None]
    answers = [means(doer, standing, graph, starters, depth + 1) for doer in doers if doer.kind != rule.kind]
    return "yes" if "yes" in answers else "by_case" if "by_case" in answers else ""
