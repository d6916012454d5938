"""What others read of the register: versions in force, compiled graphs, forms, and who owns what."""

from collections.abc import Iterable
from functools import lru_cache

import msgspec
from django.db.models import Q

from shuli.apps.catalogue.models import Process, ProcessVersion
from shuli.apps.directory import queries as directory
from shuli.core.bpmn import BpmnDocument, compile_process, read_bpmn
from shuli.core.bpmn.graph import Node, ProcessGraph
from shuli.core.forms import FormDefinition, read_form
from shuli.core.text import Text


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


def start_node(version_id: int) -> Node:
    """Return the start event by which a person starts a case."""
    model = graph(version_id)
    return model.nodes[model.starts[0]]


def start_form(process_key: str) -> FormDefinition | None:
    """Return the form by which a person starts the process, if it has one."""
    version_id = version_in_force(process_key).pk
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


def startable(person: str) -> list[Process]:
    """Return the processes with a version in force that the person may start."""
    pools = set(directory.pools_of(person))
    rows = Process.objects.filter(versions__status=ProcessVersion.Status.PUBLISHED).distinct()
    return [row for row in rows if not row.starters or pools & set(row.starters)]


def may_start(process_key: str, person: str) -> bool:
    return any(row.key == process_key for row in startable(person))


def owner_post(process_key: str) -> str:
    return Process.objects.filter(key=process_key).values_list("owner_post", flat=True).first() or ""


def _keys_by_post(field: str, pools: Iterable[str]) -> list[str]:
    posts = [pool.removeprefix("post:") for pool in pools if pool.startswith("post:")]
    return (
        list(Process.objects.filter(**{f"{field}__in": posts}).values_list("key", flat=True)) if posts else []
    )


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
    for cache in (document, graph, forms, documents):
        cache.cache_clear()
