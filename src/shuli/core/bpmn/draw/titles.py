"""What a shape is called for whoever does not see it, and in the tooltip."""

from collections.abc import Mapping

from shuli.core.bpmn.elements import Element, Event, SubProcess, tag_of
from shuli.core.text import Text

# zh, en
KINDS: Mapping[str, tuple[str, str]] = {
    "task": ("任务", "Task"),
    "userTask": ("人工任务", "User task"),
    "manualTask": ("线下任务", "Manual task"),
    "serviceTask": ("服务任务", "Service task"),
    "scriptTask": ("脚本任务", "Script task"),
    "sendTask": ("发送任务", "Send task"),
    "receiveTask": ("接收任务", "Receive task"),
    "businessRuleTask": ("规则任务", "Business rule task"),
    "subProcess": ("子流程", "Sub-process"),
    "transaction": ("事务子流程", "Transaction"),
    "adHocSubProcess": ("随意子流程", "Ad-hoc sub-process"),
    "callActivity": ("调用流程", "Called process"),
    "exclusiveGateway": ("排他网关", "Exclusive gateway"),
    "parallelGateway": ("并行网关", "Parallel gateway"),
    "inclusiveGateway": ("包容网关", "Inclusive gateway"),
    "eventBasedGateway": ("事件网关", "Event-based gateway"),
    "complexGateway": ("复杂网关", "Complex gateway"),
    "startEvent": ("开始", "Start"),
    "endEvent": ("结束", "End"),
    "intermediateCatchEvent": ("等待", "Wait"),
    "intermediateThrowEvent": ("触发", "Throw"),
    "boundaryEvent": ("边界事件", "Boundary event"),
    "participant": ("泳池", "Pool"),
    "lane": ("泳道", "Lane"),
    "dataObjectReference": ("数据", "Data"),
    "dataObject": ("数据", "Data"),
    "dataInput": ("输入", "Input"),
    "dataOutput": ("输出", "Output"),
    "dataStoreReference": ("数据库", "Data store"),
    "textAnnotation": ("注释", "Note"),
    "group": ("分组", "Group"),
    "sequenceFlow": ("连线", "Flow"),
    "messageFlow": ("消息流", "Message flow"),
    "association": ("关联", "Association"),
    "dataInputAssociation": ("数据输入", "Data input"),
    "dataOutputAssociation": ("数据输出", "Data output"),
}
EVENT_SUB_PROCESS = ("事件子流程", "Event sub-process")
TRIGGERS: Mapping[str, tuple[str, str]] = {
    "message": ("消息", "message"),
    "timer": ("定时", "timer"),
    "signal": ("信号", "signal"),
    "error": ("错误", "error"),
    "escalation": ("升级", "escalation"),
    "conditional": ("条件", "condition"),
    "link": ("连接符", "connector"),
    "compensation": ("补偿", "compensation"),
    "cancel": ("取消", "cancel"),
    "terminate": ("终止", "terminate"),
    "multiple": ("多个触发条件", "several triggers"),
}


def title_of(element: Element, name: str, language: str) -> str:
    """Return the kind of an element and its name: "人工任务：登记", "User task: Register"."""
    at = 0 if language == "zh" else 1
    kind = KINDS.get(tag_of(element), ("", ""))[at]
    if isinstance(element, Event) and element.definitions:
        trigger = trigger_of(element)
        kind += ("（{}）" if language == "zh" else " ({})").format(TRIGGERS[trigger][at])
    if isinstance(element, SubProcess) and element.triggered_by_event:
        kind = EVENT_SUB_PROCESS[at]
    one_line = " ".join(name.split())
    return ("：" if language == "zh" else ": ").join(word for word in (kind, one_line) if word)


def trigger_of(event: Event) -> str:
    """Return which sign an event shows; "" for none."""
    count = len(event.definitions) + len(event.definition_refs)
    if count > 1:
        return "multiple"
    return event.definitions[0].trigger if event.definitions else ""


def kind_of(element: str) -> Text:
    """Return what a kind of node is called; `element` is its key in the engine's table, such as "end_event:signal"."""
    kind, _, trigger = element.partition(":")
    first, *others = kind.split("_")
    tag = first + "".join(word.capitalize() for word in others)
    zh, en = KINDS.get(tag, (kind, kind)) if kind != "event_sub_process" else EVENT_SUB_PROCESS
    if not trigger:
        return Text(zh=zh, en=en)
    return Text(zh=f"{zh}（{TRIGGERS[trigger][0]}）", en=f"{en} ({TRIGGERS[trigger][1]})")
