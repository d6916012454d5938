"""What Camunda's attributes and Zeebe's elements say, in Shuli's terms. Shuli's own elements go before them."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from shuli.core.bpmn.compile.expressions import Meaning, meaning, quoted, value
from shuli.core.bpmn.compile.ignored import ignored
from shuli.core.bpmn.elements import ACTIVITI, CAMUNDA, ZEEBE, Element, Xml
from shuli.core.bpmn.extension import Mistake
from shuli.core.bpmn.graph import Assign, Performer, ServiceRule
from shuli.core.worktime import ByExpression

# Camunda reads its predecessor's names too.
PREFIXES: Mapping[str, str] = {CAMUNDA: "camunda", ACTIVITI: "camunda", ZEEBE: "zeebe"}
DURATION = re.compile(r"-?P[\dT].*")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T.*)?")


class Borrowed:
    """What another vendor's extension says about one element, sorted by what it becomes."""

    def __init__(self, *elements: Element | None) -> None:
        self.duty: dict[str, Any] = {}
        self.node: dict[str, Any] = {}
        self.multiple: dict[str, Any] = {}
        self.call: dict[str, Any] = {}
        self.correlation: str | None = None
        self.mistakes: list[Mistake] = []
        for element in elements:
            if element is not None:
                self._attributes(element)
                for xml in element.extensions:
                    self._element(xml)

    def feel(self, found: Meaning) -> str | None:
        if found.problem:
            self.mistakes.append(Mistake(code=found.problem, params=found.params))
        return found.feel

    def _attributes(self, element: Element) -> None:
        for name, text in element.attributes.items():
            namespace, _, local = name[1:].partition("}")
            if namespace not in PREFIXES or not text.strip():
                continue
            handle = CAMUNDA_ATTRIBUTES.get(local)
            if handle is not None and namespace != ZEEBE:
                handle(self, text.strip())
            else:
                self.mistakes += ignored(local, PREFIXES[namespace])

    def _element(self, xml: Xml) -> None:
        namespace = xml.tag[1:].partition("}")[0]
        if namespace not in PREFIXES:
            return
        handle = (ZEEBE_ELEMENTS if namespace == ZEEBE else CAMUNDA_ELEMENTS).get(xml.name)
        if handle is not None:
            handle(self, xml)
        else:
            self.mistakes += ignored(xml.name, PREFIXES[namespace])

    def perform(self, kind: Any, text: str) -> None:
        """Name who acts; a list of several names only the first, for one performer rule means one."""
        is_list = not text.startswith(("=", "$", "#"))
        names = [name.strip() for name in text.split(",") if name.strip()] if is_list else [text]
        if len(names) > 1:
            self.mistakes.append(Mistake(code="performers_many", params={"found": text, "used": names[0]}))
        feel = self.feel(value(names[0])) if names else None
        if feel and ("performer" not in self.duty or kind == "person"):
            self.duty["performer"] = Performer(kind=kind, value=feel)

    def fetched_by_workers(self, topic: str, retries: int | None = None) -> None:
        """Let workers do the task: what others call an external task or a job."""
        rule = ServiceRule(kind="worker", name=topic)
        self.node["service"] = rule if retries is None else replace(rule, retries=retries)

    def due(self, text: str) -> None:
        """Take a due date: a moment, a duration or an expression that gives one."""
        if DURATION.fullmatch(text):
            feel: str | None = f"duration({quoted(text)})"
        elif MOMENT.fullmatch(text):
            feel = f"{'date and time' if 'T' in text else 'date'}({quoted(text)})"
        else:
            feel = self.feel(meaning(text))
        if feel:
            self.duty["limits"] = (ByExpression(expression=feel, unit="minutes"),)


def _mapping(direction: str) -> Callable[[Borrowed, Xml], None]:
    def handle(borrowed: Borrowed, xml: Xml) -> None:
        attributes = xml.attributes
        if attributes.get("variables") == "all":
            borrowed.call["all_in" if direction == "inputs" else "all_out"] = True
            return
        borrowed.call.setdefault("all_in", False)
        borrowed.call.setdefault("all_out", False)
        source = attributes.get("source") or attributes.get("sourceExpression", "")
        feel, target = borrowed.feel(meaning(source)), attributes.get("target", "")
        if feel and target:
            borrowed.call[direction] = (*borrowed.call.get(direction, ()), Assign(name=target, value=feel))

    return handle


def _collection(borrowed: Borrowed, text: str) -> None:
    borrowed.multiple["collection"] = borrowed.feel(meaning(text))


def _zeebe_assignment(borrowed: Borrowed, xml: Xml) -> None:
    for name, kind in (
        ("assignee", "person"),
        ("candidateUsers", "person"),
        ("candidateGroups", "department"),
    ):
        if xml.attributes.get(name):
            borrowed.perform(kind, xml.attributes[name])


def _zeebe_loop(borrowed: Borrowed, xml: Xml) -> None:
    names = {"inputElement": "item", "outputCollection": "output_collection"}
    borrowed.multiple |= {names[name]: text for name, text in xml.attributes.items() if name in names}
    for name, field in (("inputCollection", "collection"), ("outputElement", "output_item")):
        if xml.attributes.get(name):
            borrowed.multiple[field] = borrowed.feel(meaning(xml.attributes[name]))


def _zeebe_script(borrowed: Borrowed, xml: Xml) -> None:
    borrowed.node["script"] = borrowed.feel(meaning(xml.attributes.get("expression", "")))
    borrowed.node["result"] = xml.attributes.get("resultVariable") or None


def _zeebe_decision(borrowed: Borrowed, xml: Xml) -> None:
    borrowed.node["decision"] = xml.attributes.get("decisionId") or None
    borrowed.node["result"] = xml.attributes.get("resultVariable") or None


def _zeebe_task(borrowed: Borrowed, xml: Xml) -> None:
    topic, retries = xml.attributes.get("type", ""), xml.attributes.get("retries", "")
    if topic:
        # Zeebe counts attempts, Shuli further ones.
        borrowed.fetched_by_workers(topic, max(0, int(retries) - 1) if retries.isdigit() else None)


def _zeebe_call(borrowed: Borrowed, xml: Xml) -> None:
    borrowed.call["process"] = xml.attributes.get("processId", "")
    for name, field in (("propagateAllChildVariables", "all_out"), ("propagateAllParentVariables", "all_in")):
        if name in xml.attributes:
            borrowed.call[field] = xml.attributes[name] == "true"


def _zeebe_outputs(borrowed: Borrowed, xml: Xml) -> None:
    for child in xml.children:
        if child.name == "output":
            _set(borrowed, child.attributes.get("target", ""), meaning(child.attributes.get("source", "")))
        else:
            borrowed.mistakes += ignored(child.name, "zeebe")


def _outputs(borrowed: Borrowed, xml: Xml) -> None:
    """Set a variable for each output; a list, a map or a script there, and every input, has no counterpart."""
    for child in xml.children:
        if child.name == "outputParameter" and not child.children:
            _set(borrowed, child.attributes.get("name", ""), value(child.text))
        else:
            borrowed.mistakes += ignored(child.name, "camunda")


def _set(borrowed: Borrowed, name: str, found: Meaning) -> None:
    feel = borrowed.feel(found)
    if feel and name:
        borrowed.duty["assign"] = (*borrowed.duty.get("assign", ()), Assign(name=name, value=feel))


def _evaluate(borrowed: Borrowed, text: str) -> None:
    """Let a service task that only works out an expression be what it is: a script."""
    feel = borrowed.feel(meaning(text))
    if feel:
        borrowed.node |= {"script": feel, "element": "script_task"}


def _zeebe_subscription(borrowed: Borrowed, xml: Xml) -> None:
    borrowed.correlation = borrowed.feel(meaning(xml.attributes.get("correlationKey", "")))


def _to(bag: str, field: str) -> Callable[[Borrowed, str], None]:
    def handle(borrowed: Borrowed, text: str) -> None:
        getattr(borrowed, bag)[field] = text

    return handle


CAMUNDA_ATTRIBUTES: Mapping[str, Callable[[Borrowed, str], None]] = {
    "assignee": lambda borrowed, text: borrowed.perform("person", text),
    "candidateUsers": lambda borrowed, text: borrowed.perform("person", text),
    "candidateGroups": lambda borrowed, text: borrowed.perform("department", text),
    "dueDate": lambda borrowed, text: borrowed.due(text),
    "formKey": _to("duty", "form"),
    "formRef": _to("duty", "form"),
    "collection": _collection,
    "elementVariable": _to("multiple", "item"),
    "resultVariable": _to("node", "result"),
    "decisionRef": _to("node", "decision"),
    "topic": lambda borrowed, text: borrowed.fetched_by_workers(text),
    "expression": _evaluate,
    "initiator": lambda borrowed, text: _set(borrowed, text, meaning("=case.starter")),
    "calledElementVersion": lambda borrowed, text: borrowed.call.update(binding="version", version=text),
}
CAMUNDA_ELEMENTS: Mapping[str, Callable[[Borrowed, Xml], None]] = {
    "in": _mapping("inputs"),
    "out": _mapping("outputs"),
    "inputOutput": _outputs,
}
ZEEBE_ELEMENTS: Mapping[str, Callable[[Borrowed, Xml], None]] = {
    "assignmentDefinition": _zeebe_assignment,
    "taskSchedule": lambda borrowed, xml: borrowed.due(xml.attributes.get("dueDate", "")),
    "formDefinition": lambda borrowed, xml: borrowed.duty.update(
        form=xml.attributes.get("formKey") or xml.attributes.get("formId")
    ),
    "taskDefinition": _zeebe_task,
    "script": _zeebe_script,
    "calledDecision": _zeebe_decision,
    "calledElement": _zeebe_call,
    "loopCharacteristics": _zeebe_loop,
    "ioMapping": _zeebe_outputs,
    "subscription": _zeebe_subscription,
}
