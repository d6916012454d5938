"""A model made ready to play: its graph and forms, or what stands against it."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from shuli.core.bpmn import BpmnDocument, Finding, check, compile_process, not_runnable, read_bpmn
from shuli.core.bpmn.graph import Node, Performer, ProcessGraph
from shuli.core.engine import ELEMENTS
from shuli.core.forms import FormDefinition, answer_keys, read_form
from shuli.kit import limits

# What the linter asks before publication; a model that only lacks this can be played.
BEFORE_PUBLICATION = frozenset(
    {"field_unknown", "task_without_performer", "condition_missing", "no_end", "unreachable", "no_way_to_end",
     "branch_without_join", "ends_inside_block", "leaves_block", "branches_meet", "join_partial", "fork_unpaired",
     "join_unpaired", "join_differs", "branch_arrives_twice", "side_path_merges", "phase_unknown"}
)  # fmt: skip

ANYBODY = Performer(kind="post", value='"anybody"')


class Model(Struct, frozen=True, kw_only=True):
    """What was made of a file."""

    document: BpmnDocument | None = None
    graph: ProcessGraph | None = None
    forms: Mapping[str, FormDefinition] = {}
    against: tuple[Finding, ...] = ()  # why it cannot be played
    to_mend: tuple[Finding, ...] = ()  # what would have to be mended before publication
    notes: tuple[Finding, ...] = ()  # what else there is to know

    @property
    def is_playable(self) -> bool:
        return self.graph is not None and not self.against


def read_file(path: Path) -> bytes:
    """Return a model's bytes. Raises OSError where it is larger than a model may be."""
    with path.open("rb") as file:
        data = file.read(limits.MODEL_BYTES + 1)
    if len(data) > limits.MODEL_BYTES:
        raise OSError(f"Expected {path} to have at most {limits.MODEL_BYTES // limits.MB} MB but found more.")
    return data


def load(path: Path, process: str | None = None) -> Model:
    """Return the model in a file, with the forms in the folder `forms` beside it."""
    return model_of(read_file(path), forms_beside(path), process)


def model_of(
    data: bytes, forms: Mapping[str, FormDefinition] | None = None, process: str | None = None
) -> Model:
    """Return what can be played of a file: one of its processes, and everything found on the way."""
    forms = forms or {}
    reading = read_bpmn(data)
    document = reading.document
    if document is None:
        return Model(against=reading.findings)
    compiled = compile_process(document, process)
    found = [*reading.findings, *compiled.findings]
    if compiled.graph is not None:
        found += not_runnable(document, compiled.graph, ELEMENTS)
        found += _of(
            compiled.graph, check(document, forms={key: answer_keys(form) for key, form in forms.items()})
        )
    against, to_mend, notes = sorted_out(found)
    graph = with_somebody(compiled.graph) if compiled.graph is not None else None
    return Model(document=document, graph=graph, forms=forms, against=against, to_mend=to_mend, notes=notes)


def with_somebody(graph: ProcessGraph) -> ProcessGraph:
    """Return the graph with a performer at every task that has none: in play anybody does it."""
    nodes = {name: _with_performer(node) for name, node in graph.nodes.items()}
    return replace(graph, nodes=nodes)


def _with_performer(node: Node) -> Node:
    duty = node.duty
    if node.kind != "user_task" or duty.performer or duty.lead or duty.seats:
        return node
    return replace(node, duty=replace(duty, performer=ANYBODY))


def _of(graph: ProcessGraph, findings: Iterable[Finding]) -> list[Finding]:
    """Leave out what is about other processes of the file."""
    flows = {flow.id for node in graph.nodes.values() for flow in node.outgoing}
    lanes = {lane.id for lane in graph.lanes}
    ours = {name.partition(":")[0] for name in graph.nodes} | flows | lanes
    return [
        one for one in findings if one.element is None or one.element in ours or one.code.startswith("no_")
    ]


def sorted_out(
    found: Iterable[Finding],
) -> tuple[tuple[Finding, ...], tuple[Finding, ...], tuple[Finding, ...]]:
    """Return what stands against playing, what to mend before publication, and the rest; each finding once."""
    every = list(found)
    each = [finding for place, finding in enumerate(every) if finding not in every[:place]]
    errors = [finding for finding in each if finding.severity == "error"]
    return (
        tuple(finding for finding in errors if finding.code not in BEFORE_PUBLICATION),
        tuple(finding for finding in errors if finding.code in BEFORE_PUBLICATION),
        tuple(finding for finding in each if finding.severity != "error"),
    )


def forms_beside(path: Path) -> dict[str, FormDefinition]:
    """Return the forms in the folder `forms` beside a model, by their keys; what is no form is left out."""
    found: dict[str, FormDefinition] = {}
    for file in sorted((path.parent / "forms").glob("*.json")):
        try:
            form = read_form(json.loads(file.read_text(encoding="utf-8"))).form
        except ValueError:
            continue
        if form is not None:
            found[form.key] = form
    return found
