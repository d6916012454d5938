"""Tasks, sub-processes, calls and what repeats them."""

from typing import Literal

from shuli.core.bpmn.elements.artifacts import ARTIFACTS, Association, Group, TextAnnotation
from shuli.core.bpmn.elements.base import (
    Attribute,
    Child,
    Element,
    Spec,
    flag,
    many,
    model,
    one,
    raw,
    ref,
    refs,
    text,
    whole,
    words,
)
from shuli.core.bpmn.elements.data import (
    DataAssociation,
    DataItem,
    DataObjectReference,
    DataStoreReference,
    InputOutput,
)
from shuli.core.bpmn.elements.events import POSITIONS, Event
from shuli.core.bpmn.elements.flows import Expression, FlowNode, SequenceFlow
from shuli.core.bpmn.elements.gateways import KINDS, Gateway
from shuli.core.bpmn.elements.lanes import LaneSet

TaskKind = Literal[
    "task", "user_task", "manual_task", "service_task", "script_task", "send_task", "receive_task",
    "business_rule_task",
]  # fmt: skip
SubProcessKind = Literal["sub_process", "transaction", "ad_hoc_sub_process"]


class StandardLoop(Element, frozen=True, kw_only=True):
    """Repeat while the condition holds."""

    test_before: bool = False
    maximum: int | None = None
    condition: Expression | None = None


class MultiInstance(Element, frozen=True, kw_only=True):
    """Once for each item of a collection, or so many times."""

    is_sequential: bool = False
    behavior: str = ""
    one_behavior: str = ""
    none_behavior: str = ""
    cardinality: Expression | None = None
    input_ref: str = ""
    output_ref: str = ""
    input_item: DataItem | None = None
    output_item: DataItem | None = None
    completion: Expression | None = None


class Activity(FlowNode, frozen=True, kw_only=True):
    default: str = ""
    is_for_compensation: bool = False
    start_quantity: int = 1
    completion_quantity: int = 1
    io: InputOutput | None = None
    data_associations: tuple[DataAssociation, ...] = ()
    loop: StandardLoop | MultiInstance | None = None


class Task(Activity, frozen=True, kw_only=True):
    kind: TaskKind = "task"
    implementation: str = ""
    message: str = ""  # send, receive
    operation: str = ""
    instantiate: bool = False  # receive: begins a case
    script: str = ""
    script_format: str = ""


class CallActivity(Activity, frozen=True, kw_only=True):
    called: str = ""


class SubProcess(Activity, frozen=True, kw_only=True):
    kind: SubProcessKind = "sub_process"
    triggered_by_event: bool = False
    lane_sets: tuple[LaneSet, ...] = ()
    flow_elements: tuple["FlowElement", ...] = ()
    artifacts: tuple["Artifact", ...] = ()
    # ad hoc
    completion: Expression | None = None
    ordering: Literal["Parallel", "Sequential"] = "Parallel"
    cancels_remaining: bool = True
    method: str = ""  # transaction


FlowElement = (
    Task
    | Event
    | Gateway
    | SubProcess
    | CallActivity
    | SequenceFlow
    | DataItem
    | DataObjectReference
    | DataStoreReference
)
Artifact = TextAnnotation | Group | Association

SERVICE = {"implementation": text("implementation"), "operationRef": ref("operation", "ignore")}
MESSAGE = {"messageRef": ref("message")}

TASKS: dict[str, tuple[TaskKind, dict[str, Attribute], tuple[Child, ...]]] = {
    "task": ("task", {}, ()),
    "userTask": ("user_task", {"implementation": text("implementation")}, (raw("rendering"),)),
    "manualTask": ("manual_task", {}, ()),
    "serviceTask": ("service_task", SERVICE, ()),
    "scriptTask": ("script_task", {"scriptFormat": text("script_format")}, (words("script", "script"),)),
    "sendTask": ("send_task", {**SERVICE, **MESSAGE}, ()),
    "receiveTask": ("receive_task", {**SERVICE, **MESSAGE, "instantiate": flag("instantiate")}, ()),
    "businessRuleTask": ("business_rule_task", {"implementation": text("implementation")}, ()),
}
SUB_PROCESSES: dict[str, tuple[SubProcessKind, dict[str, Attribute], tuple[Child, ...]]] = {
    "subProcess": ("sub_process", {}, ()),
    "transaction": ("transaction", {"method": text("method")}, ()),
    "adHocSubProcess": (
        "ad_hoc_sub_process",
        {"ordering": text("ordering"), "cancelRemainingInstances": flag("cancels_remaining")},
        (one("completion", "completionCondition"),),
    ),
}

FLOW_ELEMENTS = (
    *TASKS, *POSITIONS, *KINDS, *SUB_PROCESSES,
    "callActivity", "sequenceFlow", "dataObject", "dataObjectReference", "dataStoreReference",
)  # fmt: skip

ACTIVITY_ATTRIBUTES = {
    "name": text("name"),
    "default": ref("default", "error"),
    "isForCompensation": flag("is_for_compensation"),
    "startQuantity": whole("start_quantity"),
    "completionQuantity": whole("completion_quantity"),
}
ACTIVITY_CHILDREN = (
    raw("auditing", "monitoring", "categoryValueRef"),
    refs("incoming", "incoming"),
    refs("outgoing", "outgoing"),
    one("io", "ioSpecification"),
    raw("property"),
    many("data_associations", "dataInputAssociation", "dataOutputAssociation"),
    raw("resourceRole", "performer", "humanPerformer", "potentialOwner"),
    one("loop", "standardLoopCharacteristics", "multiInstanceLoopCharacteristics"),
)
CONTENT = (
    many("lane_sets", "laneSet"),
    many("flow_elements", *FLOW_ELEMENTS),
    many("artifacts", *ARTIFACTS),
)

SPECS = (
    Spec(
        tag=model("standardLoopCharacteristics")[0],
        type=StandardLoop,
        attributes={"testBefore": flag("test_before"), "loopMaximum": whole("maximum")},
        children=(one("condition", "loopCondition"),),
    ),
    Spec(
        tag=model("multiInstanceLoopCharacteristics")[0],
        type=MultiInstance,
        attributes={
            "isSequential": flag("is_sequential"),
            "behavior": text("behavior"),
            "oneBehaviorEventRef": text("one_behavior"),
            "noneBehaviorEventRef": text("none_behavior"),
        },
        children=(
            one("cardinality", "loopCardinality"),
            Child(field="input_ref", tags=model("loopDataInputRef"), how="ref", missing="ignore"),
            Child(field="output_ref", tags=model("loopDataOutputRef"), how="ref", missing="ignore"),
            one("input_item", "inputDataItem"),
            one("output_item", "outputDataItem"),
            raw("complexBehaviorDefinition"),
            one("completion", "completionCondition"),
        ),
    ),
    *(
        Spec(
            tag=model(tag)[0],
            type=Task,
            fixed=("kind", kind),
            needs_id=True,
            attributes={**ACTIVITY_ATTRIBUTES, **attributes},
            children=(*ACTIVITY_CHILDREN, *children),
        )
        for tag, (kind, attributes, children) in TASKS.items()
    ),
    *(
        Spec(
            tag=model(tag)[0],
            type=SubProcess,
            fixed=("kind", kind),
            needs_id=True,
            attributes={**ACTIVITY_ATTRIBUTES, "triggeredByEvent": flag("triggered_by_event"), **attributes},
            children=(*ACTIVITY_CHILDREN, *CONTENT, *children),
        )
        for tag, (kind, attributes, children) in SUB_PROCESSES.items()
    ),
    Spec(
        tag=model("callActivity")[0],
        type=CallActivity,
        needs_id=True,
        attributes={**ACTIVITY_ATTRIBUTES, "calledElement": ref("called", "ignore")},
        children=ACTIVITY_CHILDREN,
    ),
)
