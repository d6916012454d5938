"""What a draft can begin as: nothing, a template, or a version of any process."""

from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any

from shuli.apps.catalogue.models import Process, ProcessVersion
from shuli.apps.catalogue.operations import Package, read_package
from shuli.core.bpmn import read_bpmn, write_bpmn
from shuli.core.bpmn.adopting import Registered, adopt
from shuli.core.text import Text
from shuli.kit.errors import Refusal

EMPTY = "empty"


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """The parts that a draft begins with."""

    bpmn: str
    forms: dict[str, Any] = field(default_factory=dict)
    documents: dict[str, Any] = field(default_factory=dict)
    version: ProcessVersion | None = None  # of the same process


@dataclass(frozen=True, kw_only=True)
class Template:
    key: str
    name: Text
    text: Text


@lru_cache(maxsize=1)
def _packages() -> dict[str, Package]:
    root = resources.files("shuli.library") / "templates"
    folders = [folder for folder in root.iterdir() if folder.is_dir()]
    found = {folder.name: read_package(folder) for folder in folders if (folder / "process.json").is_file()}
    return dict(sorted(found.items(), key=lambda item: int(item[1].facts.get("order", 99))))


def templates() -> list[Template]:
    """Return the models that a process can begin as, the emptiest first."""
    return [
        Template(key=key, name=Text(**package.facts["name"]), text=Text(**package.facts["text"]))
        for key, package in _packages().items()
    ]


def beginning(process: Process, source: str) -> Beginning | Refusal:
    """Return what a draft of a process begins with.

    `source` is "template:KEY", "version:ID" of any process, "process:KEY" for the version in force of one, or "" for
    the process's own version in force, else an empty model.
    """
    kind, _, name = (source or _usual(process)).partition(":")
    found = _of_template(name) if kind == "template" else _of_version(process, kind, name)
    if found is None:
        return Refusal("source_unknown", status=404)
    return Beginning(
        # its own stays as it is written, so that what nobody changed counts as unchanged
        bpmn=found.bpmn if found.version else adopted(process, found.bpmn),
        forms=found.forms,
        documents=found.documents,
        version=found.version,
    )


def adopted(process: Process, bpmn: str) -> str:
    """Return a readable model as the process's own: by its key, names and owner."""
    document = read_bpmn(bpmn.encode()).document
    if document is None:
        return bpmn
    known = Registered(
        key=process.key,
        name=process.names,
        owner=process.owner_post,
        supervisor=process.supervisor_post,
        category=process.category,
    )
    return write_bpmn(adopt(document, known)).decode()


def _usual(process: Process) -> str:
    version = process.versions.filter(status=ProcessVersion.Status.PUBLISHED).first()
    return f"version:{version.pk}" if version else f"template:{EMPTY}"


def _of_template(key: str) -> Beginning | None:
    package = _packages().get(key)
    if package is None:
        return None
    return Beginning(bpmn=package.bpmn, forms=package.forms, documents=package.documents)


def _of_version(process: Process, kind: str, name: str) -> Beginning | None:
    rows = ProcessVersion.objects.select_related("process")
    if kind == "version" and name.isdecimal():
        version = rows.filter(pk=int(name)).first()
    elif kind == "process":
        version = rows.filter(process__key=name, status=ProcessVersion.Status.PUBLISHED).first()
    else:
        return None
    if version is None:
        return None
    own = version if version.process_id == process.pk else None
    return Beginning(bpmn=version.bpmn, forms=version.forms, documents=version.documents, version=own)


def sources(process: Process) -> list[tuple[str, str, Text]]:
    """Return every version that a draft can be a copy of: source, version number and process name, its own first."""
    rows = ProcessVersion.objects.select_related("process").order_by("process__key", "-pk")
    found = [(row.process_id != process.pk, row) for row in rows.defer("bpmn", "forms", "documents")]
    return [
        (f"version:{row.pk}", row.number, row.process.names)
        for _is_other, row in sorted(found, key=lambda item: item[0])
    ]
