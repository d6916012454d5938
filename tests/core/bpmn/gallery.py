"""A file with every sign that a diagram may show, on a grid."""

from core.bpmn.samples import HEAD

TRIGGERS = (
    "message", "timer", "signal", "error", "escalation", "conditional", "link", "compensate", "cancel", "terminate",
)  # fmt: skip
TASKS = (
    "task", "userTask", "manualTask", "serviceTask", "scriptTask", "sendTask", "receiveTask", "businessRuleTask",
)  # fmt: skip
GATEWAYS = ("exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway")
LOOPS = {
    "loop": "<bpmn:standardLoopCharacteristics/>",
    "parallel": "<bpmn:multiInstanceLoopCharacteristics/>",
    "sequential": '<bpmn:multiInstanceLoopCharacteristics isSequential="true"/>',
}


def definition(trigger: str) -> str:
    return f"<bpmn:{trigger}EventDefinition/>"


def event(tag: str, name: str, trigger: str = "", more: str = "") -> str:
    inner = definition(trigger) if trigger else ""
    return f'<bpmn:{tag} id="{name}" name="{trigger or "无触发"}"{more}>{inner}</bpmn:{tag}>'


class Gallery:
    def __init__(self) -> None:
        self.elements: list[str] = []
        self.shapes: list[str] = []
        self.row = 0

    def place(self, name: str, column: int, size: tuple[int, int], more: str = "") -> None:
        width, height = size
        x, y = 60 + column * 130 + (100 - width) / 2, 40 + self.row * 110 + (80 - height) / 2
        self.shapes.append(
            f'<bpmndi:BPMNShape id="{name}_di" bpmnElement="{name}"{more}>'
            f'<dc:Bounds x="{x}" y="{y}" width="{width}" height="{height}"/></bpmndi:BPMNShape>'
        )

    def add(self, xml: str, name: str, column: int, size: tuple[int, int] = (36, 36), more: str = "") -> None:
        self.elements.append(xml)
        self.place(name, column, size, more)


def gallery() -> bytes:
    page = Gallery()
    for tag in ("startEvent", "intermediateCatchEvent", "intermediateThrowEvent", "endEvent"):
        for column, trigger in enumerate(("", *TRIGGERS)):
            page.add(event(tag, f"{tag}{column}", trigger), f"{tag}{column}", column)
        page.row += 1
    for column, tag in enumerate(TASKS):
        name = f"任务{column}"
        page.add(f'<bpmn:{tag} id="{name}" name="{tag} 处理客户投诉"/>', name, column, (100, 80))
    for column, trigger in enumerate(("timer", "message", "error")):
        more = f' attachedToRef="任务{column}" cancelActivity="{"false" if column == 0 else "true"}"'
        name = f"边界{column}"
        page.elements.append(event("boundaryEvent", name, trigger, more))
        x, y = 60 + column * 130 + 62, 40 + page.row * 110 + 62
        page.shapes.append(
            f'<bpmndi:BPMNShape id="{name}_di" bpmnElement="{name}"><dc:Bounds x="{x}" y="{y}" width="36" height="36"/>'
            "</bpmndi:BPMNShape>"
        )
    page.row += 1
    for column, tag in enumerate(GATEWAYS):
        page.add(f'<bpmn:{tag} id="{tag}" name="金额是否超过一万元？"/>', tag, column, (50, 50))
    page.add('<bpmn:exclusiveGateway id="plain"/>', "plain", 5, (50, 50), ' isMarkerVisible="false"')
    page.add('<bpmn:eventBasedGateway id="instant" instantiate="true"/>', "instant", 6, (50, 50))
    page.row += 1
    for column, (name, loop) in enumerate(LOOPS.items()):
        page.add(f'<bpmn:task id="{name}" name="{name}">{loop}</bpmn:task>', name, column, (100, 80))
    page.add(
        '<bpmn:subProcess id="closed" name="收起的子流程"/>', "closed", 3, (100, 80), ' isExpanded="false"'
    )
    page.add(
        '<bpmn:subProcess id="by_event" name="事件子流程" triggeredByEvent="true"/>', "by_event", 4, (100, 80)
    )
    page.add('<bpmn:transaction id="trans" name="事务"/>', "trans", 5, (100, 80))
    page.add('<bpmn:adHocSubProcess id="ad_hoc" name="随意"/>', "ad_hoc", 6, (100, 80))
    page.add('<bpmn:callActivity id="call" name="调用另一个流程"/>', "call", 7, (100, 80))
    page.row += 1
    page.add(
        '<bpmn:dataObject id="d"/><bpmn:dataObjectReference id="dr" dataObjectRef="d" name="登记表"/>',
        "dr",
        0,
        (36, 50),
    )
    page.add(
        '<bpmn:dataObject id="c" isCollection="true"/><bpmn:dataObjectReference id="cr" dataObjectRef="c"/>',
        "cr",
        1,
        (36, 50),
    )
    page.add('<bpmn:dataStoreReference id="ds" name="客户数据库"/>', "ds", 2, (50, 50))
    page.place("note", 3, (100, 50))
    page.place("around", 5, (120, 70))
    notes = (
        '<bpmn:textAnnotation id="note"><bpmn:text>超过两次不满意时升级到分管领导。</bpmn:text></bpmn:textAnnotation>'
        '<bpmn:group id="around" categoryValueRef="cv"/>'
    )
    body = "".join(page.elements) + notes
    plane = "".join(page.shapes)
    return (
        f'{HEAD}<bpmn:category id="cat"><bpmn:categoryValue id="cv" value="受理"/></bpmn:category>'
        f'<bpmn:process id="p" name="图例">{body}</bpmn:process><bpmndi:BPMNDiagram id="dia"><bpmndi:BPMNPlane id="plane"'
        f' bpmnElement="p">{plane}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>'
    ).encode()
