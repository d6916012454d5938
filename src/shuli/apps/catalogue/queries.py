"""What others read of the register: versions in force, compiled graphs, forms, and who owns what."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

import msgspec
from django.db.models import Q
from django.utils.translation import get_language

from shuli.apps.catalogue.models import Process, ProcessVersion
from shuli.apps.directory import queries as directory
from shuli.core.bpmn import BpmnDocument, compile_process, read_bpmn
from shuli.core.bpmn.graph import Feel, Node, ProcessGraph
from shuli.core.bpmn.layout.columns import Chart, lay_out_in_columns
from shuli.core.feel import ExpressionError, compile_expression
from shuli.core.forms import FormDefinition, read_form
from shuli.core.text import Text
from shuli.kit import clock


class NotInForceError(LookupError):
    """A process was asked to start that has no version in force."""


@lru_cache(maxsize=256)
def document(version_id: int) -> BpmnDocument:
    """Return the version's model as read from its BPMN file; versions never change, so it is read once."""
    source = ProcessVersion.objects.values_list("bpmn", flat=True).get(pk=version_id)
    found = read_bpmn(source.encode()).document
    if found is None:
        raise ValueError(f"Expected version {version_id} to hold readable BPMN but it does not.")
    return found


@lru_cache(maxsize=256)
def graph(version_id: int) -> ProcessGraph:
    """Return the version's compiled graph."""
    compiled = compile_process(document(version_id)).graph
    if compiled is None:
        raise ValueError(f"Expected version {version_id} to compile but it does not.")
    return compiled


@lru_cache(maxsize=64)
def chart(version_id: int) -> Chart:
    """Return the version's cross-functional chart, laid out once."""
    return lay_out_in_columns(document(version_id))


@lru_cache(maxsize=256)
def forms(version_id: int) -> dict[str, FormDefinition]:
    """Return the version's forms by key."""
    stored = ProcessVersion.objects.values_list("forms", flat=True).get(pk=version_id)
    read = {key: read_form(definition).form for key, definition in stored.items()}
    return {key: form for key, form in read.items() if form is not None}


def form(version_id: int, key: str) -> FormDefinition:
    return forms(version_id)[key]


@lru_cache(maxsize=256)
def documents(version_id: int) -> dict[str, Text]:
    """Return the names of the documents that the version's nodes make and need."""
    stored = ProcessVersion.objects.values_list("documents", flat=True).get(pk=version_id)
    return {key: msgspec.convert(name, Text) for key, name in stored.items()}


def version(version_id: int) -> ProcessVersion:
    return ProcessVersion.objects.select_related("process").get(pk=version_id)


def numbers_of(version_ids: Iterable[int]) -> dict[int, str]:
    """Return the numbers of these versions."""
    return dict(ProcessVersion.objects.filter(pk__in=list(version_ids)).values_list("pk", "number"))


def version_keys() -> set[int]:
    """Return the keys of all versions that were published."""
    rows = ProcessVersion.objects.exclude(status=ProcessVersion.Status.DRAFT)
    return set(rows.values_list("pk", flat=True))


def version_numbers(process_key: str) -> list[tuple[int, str]]:
    """Return id and number of every version of a process that cases may run under, the newest first."""
    rows = ProcessVersion.objects.filter(process__key=process_key).order_by("-pk")
    return list(rows.values_list("pk", "number"))


def dropped_node(process_key: str, node_id: str) -> Node | None:
    """Return a node as the newest version that had it knew it; None where none did."""
    found = (graph(pk).nodes.get(node_id) for pk, _number in version_numbers(process_key))
    return next((node for node in found if node is not None), None)


def node_in_force(process_key: str, node_id: str) -> Node | None:
    """Return a node of the version in force; None where there is no such one."""
    found = ProcessVersion.objects.filter(process__key=process_key, status=ProcessVersion.Status.PUBLISHED)
    pk = found.values_list("pk", flat=True).first()
    return graph(pk).nodes.get(node_id) if pk is not None else None


def version_in_force(process_key: str) -> ProcessVersion:
    """Return the version that new cases of the process get."""
    found = (
        ProcessVersion.objects.filter(process__key=process_key, status=ProcessVersion.Status.PUBLISHED)
        .select_related("process")
        .defer("bpmn", "forms")
        .first()
    )
    if found is None:
        raise NotInForceError(
            f"Expected a version of {process_key} in force but found none. Publish one first."
        )
    return found


def version_by_number(process_key: str, number: str) -> ProcessVersion | None:
    """Return a version that was published, or is approved and takes effect later."""
    rows = ProcessVersion.objects.select_related("process").filter(process__key=process_key, number=number)
    return rows.exclude(status=ProcessVersion.Status.DRAFT).first()


def is_startable(version: ProcessVersion) -> bool:
    """Say whether cases may start by a version: the one in force, and until its end the one in transition."""
    if version.status == ProcessVersion.Status.TRANSITION:
        return version.transition_until is not None and version.transition_until > clock.now()
    return version.status == ProcessVersion.Status.PUBLISHED


def version_to_start(process_key: str, number: str = "") -> ProcessVersion:
    """Return the version by which a case starts: the one in force, or another that still may be; NotInForceError."""
    found = version_by_number(process_key, number) if number else version_in_force(process_key)
    if found is None or not is_startable(found):
        raise NotInForceError(f"Expected version {number} of {process_key} to be startable but it is not.")
    return found


def in_transition(process_key: str) -> list[ProcessVersion]:
    """Return the older versions of a process that may still be started."""
    rows = ProcessVersion.objects.filter(process__key=process_key, status=ProcessVersion.Status.TRANSITION)
    return list(
        rows.filter(transition_until__gt=clock.now()).defer("bpmn", "forms", "documents").order_by("-pk")
    )


def start_node(version_id: int) -> Node:
    """Return the start event by which a person starts a case: the one without a trigger, else the first."""
    model = graph(version_id)
    starts = [model.nodes[name] for name in model.starts]
    return next((node for node in starts if node.event.trigger == "none"), starts[0])


def starts_by_hand(version_id: int) -> bool:
    """Say whether a person can start the process, which may also start by the clock alone."""
    model = graph(version_id)
    return any(model.nodes[name].event.trigger != "timer" for name in model.starts)


def fixed_text(expression: Feel | None) -> str | None:
    """Return the text that an expression gives without a case, if it does."""
    value = constant_value(expression)
    return value if isinstance(value, str) else None


def constant_value(expression: Feel | None) -> Any:
    """Return the value that an expression gives without a case, if it does."""
    if not expression:
        return None
    try:
        return compile_expression(expression).evaluate({})
    except ExpressionError:
        return None


# By what the limits of steps that begin on a day are multiplied, of the versions that are in a transition then.
BUFFERS = """
    SELECT json_object_agg(id, buffer) FROM catalogue_processversion WHERE buffer_since <= {day} AND buffer_until >= {day}
"""


def buffers(on: date) -> dict[int, float]:
    """Return by what the limits of steps that begin on a day are multiplied, of each version in a transition then."""
    rows = ProcessVersion.objects.filter(buffer_since__lte=on, buffer_until__gte=on)
    return {pk: float(factor) for pk, factor in rows.values_list("pk", "buffer")}


def starts_by(trigger: str, name: str) -> list[tuple[str, str]]:
    """Return the processes in force that begin with a message or signal of this name, each with its start event."""
    found: dict[str, str] = {}
    rows = ProcessVersion.objects.filter(status=ProcessVersion.Status.PUBLISHED).order_by("process__key")
    for version_id, key in rows.values_list("pk", "process__key"):
        nodes = graph(version_id).nodes
        for start in graph(version_id).starts:
            event = nodes[start].event
            if (event.trigger, event.name or start) == (trigger, name):
                found.setdefault(str(key), start)
    return list(found.items())


def start_form(process_key: str, number: str = "") -> FormDefinition | None:
    """Return the form by which a person starts the process, if it has one."""
    version_id = version_to_start(process_key, number).pk
    key = start_node(version_id).duty.form
    return form(version_id, key) if key else None


def matching(text: str, limit: int = 10) -> list[Process]:
    """Return the processes whose name or key contains the text."""
    wanted = Q(name__icontains=text) | Q(name_en__icontains=text) | Q(key__icontains=text)
    return list(Process.objects.filter(wanted)[:limit])


def processes() -> list[Process]:
    """Return the register in order of its keys."""
    return list(Process.objects.prefetch_related("versions"))


def process(key: str) -> Process | None:
    return Process.objects.filter(key=key).first()


def names() -> dict[str, Text]:
    """Return the names of all processes by key."""
    rows = Process.objects.values_list("key", "name", "name_en")
    return {key: Text(zh=zh, en=en) for key, zh, en in rows}


def choices() -> list[tuple[str, str]]:
    """Return key and name of every process, in the active language, for a form's list."""
    language = get_language() or "zh-hans"
    return [(key, name.in_language(language) or key) for key, name in names().items()]


def startable(person: str) -> list[Process]:
    """Return the processes with a version in force that the person may start."""
    pools = set(directory.pools_of(person))
    in_force = ProcessVersion.objects.filter(status=ProcessVersion.Status.PUBLISHED)
    version_of = dict(in_force.values_list("process_id", "pk"))
    rows = [
        row
        for row in Process.objects.filter(pk__in=version_of)
        if not row.starters or pools & set(row.starters)
    ]
    return [row for row in rows if starts_by_hand(version_of[row.pk])]


def may_start(process_key: str, person: str) -> bool:
    return any(row.key == process_key for row in startable(person))


def naming(username: str) -> list[tuple[str, str]]:
    """Return the steps of processes in force that name a person, not a post: process key and node id."""
    rows = ProcessVersion.objects.filter(status=ProcessVersion.Status.PUBLISHED)
    wanted = {username}
    return [
        (key, node.id)
        for version, key in rows.values_list("pk", "process__key").order_by("process__key")
        for node in graph(version).nodes.values()
        if wanted & set(_people_named(node))
    ]


def _people_named(node: Node) -> Iterable[str]:
    duty = node.duty
    rules = [duty.performer, duty.first_responsible, *(seat.performer for seat in duty.seats)]
    rules += [step.to for step in duty.escalation]
    rules += [] if duty.notice is None else list(duty.notice.to)
    named = (fixed_text(rule.value) for rule in rules if rule is not None and rule.kind == "person")
    return [name for name in named if name]


def owner_post(process_key: str) -> str:
    return Process.objects.filter(key=process_key).values_list("owner_post", flat=True).first() or ""


def _keys_by_post(field: str, pools: Iterable[str]) -> list[str]:
    posts = [pool.removeprefix("post:") for pool in pools if pool.startswith("post:")]
    return (
        list(Process.objects.filter(**{f"{field}__in": posts}).values_list("key", flat=True)) if posts else []
    )


def numbers_in_force() -> dict[str, str]:
    """Return the number of the version in force of every process that has one, by its key."""
    rows = ProcessVersion.objects.filter(status=ProcessVersion.Status.PUBLISHED)
    return dict(rows.values_list("process__key", "number"))


def owned_keys(person: str) -> list[str]:
    """Return the keys of the processes that the person owns."""
    return _keys_by_post("owner_post", directory.pools_of(person))


def supervised_keys(person: str) -> list[str]:
    """Return the keys of the processes that the person supervises."""
    return _keys_by_post("supervisor_post", directory.pools_of(person))


def overseen_keys(person: str) -> list[str]:
    """Return the keys of the processes whose every case the person may see, as owner or supervisor."""
    return [*owned_keys(person), *supervised_keys(person)]


def forget() -> None:
    """Drop what is remembered of versions; for tests, where a version's number is given out again."""
    for cache in (document, graph, chart, forms, documents):
        cache.cache_clear()
    from shuli.apps.catalogue.decisions import queries as decisions  # it reads the register, too

    decisions.forget()
