"""Data objects and stores: where an association holds FEEL, it sets variables; else it is drawn and kept, no more.

An input association is worked out when the node is reached, an output association when it completes. The variable is named
like the data object, store or input at the association's target.
"""

from collections.abc import Iterator

from shuli.core.bpmn.compile.expressions import meaning
from shuli.core.bpmn.document import BpmnDocument
from shuli.core.bpmn.elements import Activity, DataAssociation, Event, Xml
from shuli.core.bpmn.graph import Assign
from shuli.core.feel import compile_expression


def data_of(element: Activity | Event, kind: str, document: BpmnDocument) -> tuple[Assign, ...]:
    """Return the variables that a node's associations of one kind (input, output) set."""
    wanted = (one for one in element.data_associations if one.kind == kind)
    return tuple(assign for one in wanted for assign in _assigns(one, document))


def _assigns(association: DataAssociation, document: BpmnDocument) -> Iterator[Assign]:
    for xml in association.more:
        if xml.name == "transformation":
            yield from _assign(xml.text, association.target, document)
        elif xml.name == "assignment":
            yield from _assign(_part(xml, "from"), _part(xml, "to") or association.target, document)


def _part(xml: Xml, name: str) -> str:
    return next((child.text.strip() for child in xml.children if child.name == name), "")


def _assign(text: str, target: str, document: BpmnDocument) -> Iterator[Assign]:
    """Yield the assignment that a text means; nothing where it is no FEEL, such as XPath of another tool."""
    feel = meaning(text).feel
    name = data_name(target, document)
    if feel and name and not compile_expression(feel).errors:
        yield Assign(name=name, value=feel)


def data_name(reference: str, document: BpmnDocument) -> str:
    """Return the variable that a data object, store, input or output is: its name where it has one."""
    element = document.elements.get(reference)
    own = str(getattr(element, "name", ""))
    behind = str(getattr(element, "data_object", "") or getattr(element, "data_store", ""))
    if not own and behind and behind != reference:
        return data_name(behind, document)
    return " ".join(own.split()) or reference
