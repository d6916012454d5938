"""Make a model that was drawn elsewhere the model of a process of the register: its key, its names, its owner."""

from msgspec import Struct
from msgspec.structs import replace

from shuli.core.bpmn.document import BpmnDocument
from shuli.core.bpmn.elements import SHULI, Collaboration, Participant, Process, Xml
from shuli.core.bpmn.extension import with_extension, with_name
from shuli.core.text import Text

OURS = f"{{{SHULI}}}process"


class Registered(Struct, frozen=True, kw_only=True):
    """What the register says of the process that a model belongs to; what is empty the model keeps."""

    key: str
    name: Text
    owner: str = ""  # post code
    supervisor: str = ""  # post code
    category: str = ""


def adopt(document: BpmnDocument, registered: Registered) -> BpmnDocument:
    """Return the document with its process known by the register's key and names; goal, phases and nodes stay."""
    process = document.process()
    if process is None:
        return document
    definitions = document.definitions
    roots = tuple(
        _adopted(root, registered)
        if isinstance(root, Process) and root.id == process.id
        else _with_pool(root, process.id, registered.name)
        if isinstance(root, Collaboration)
        else root
        for root in definitions.roots
    )
    return BpmnDocument(definitions=replace(definitions, roots=roots), lines=document.lines)


def _adopted(process: Process, registered: Registered) -> Process:
    known = next((xml for xml in process.extensions if xml.tag == OURS), Xml(tag=OURS))
    said = {name: getattr(registered, name) for name in ("key", "owner", "supervisor", "category")}
    attributes = {**known.attributes, **{name: value for name, value in said.items() if value}}
    named = with_name(replace(process, is_executable=True), registered.name)
    return with_extension(named, "process", replace(known, attributes=attributes))


def _with_pool(collaboration: Collaboration, process: str, name: Text) -> Collaboration:
    """Name the pool of the process as the process is named."""
    pools = tuple(
        with_name(pool, name) if isinstance(pool, Participant) and pool.process == process else pool
        for pool in collaboration.participants
    )
    return replace(collaboration, participants=pools)
