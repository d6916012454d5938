"""The two sides of a comparison: a version, or a change that is to become one."""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from shuli.apps.catalogue import queries
from shuli.apps.catalogue.models import Change, ProcessVersion
from shuli.core.bpmn import BpmnDocument, compile_process, read_bpmn
from shuli.core.bpmn.graph import ProcessGraph
from shuli.core.forms import FormDefinition, read_form
from shuli.core.text import Text


@dataclass(frozen=True, kw_only=True)
class Side:
    """What stands on one side: the model, its graph, its forms, what its documents are called."""

    label: str
    document: BpmnDocument
    graph: ProcessGraph
    forms: Mapping[str, FormDefinition]
    documents: Mapping[str, Text]


def side_of_version(version: ProcessVersion) -> Side:
    return Side(
        label=f"v{version.number}",
        document=queries.document(version.pk),
        graph=queries.graph(version.pk),
        forms=queries.forms(version.pk),
        documents=queries.documents(version.pk),
    )


def side_of_change(change: Change, label: str) -> Side:
    """Return a change as it was handed in; it was checked then."""
    document = read_bpmn(change.bpmn.encode()).document
    graph = compile_process(document).graph if document is not None else None
    if document is None or graph is None:
        raise ValueError(f"Expected change {change.pk} to hold a model that compiles but it does not.")
    read = {key: read_form(definition).form for key, definition in change.forms.items()}
    return Side(
        label=label,
        document=document,
        graph=graph,
        forms={key: form for key, form in read.items() if form is not None},
        documents={key: msgspec.convert(name, Text) for key, name in change.documents.items()},
    )
