"""Several pools in one file: each a process of its own, joined by messages."""

from core.bpmn.samples import HEAD, codes, flows
from shuli.core.bpmn import check, compile_pools, read_bpmn

MESSAGE = "<bpmn:messageEventDefinition/>"
BUYING = f"""<bpmn:process id="buying" name="采购" isExecutable="true">
  <bpmn:startEvent id="b0"/><bpmn:sendTask id="ask" name="下单"/>
  <bpmn:intermediateCatchEvent id="wait" name="等回复">{MESSAGE}</bpmn:intermediateCatchEvent><bpmn:endEvent id="b1"/>
  {flows("b0>ask", "ask>wait", "wait>b1")}
</bpmn:process>"""
SELLING = f"""<bpmn:process id="selling" name="销售" isExecutable="true">
  <bpmn:startEvent id="s0">{MESSAGE}</bpmn:startEvent>
  <bpmn:endEvent id="s1">{MESSAGE}</bpmn:endEvent>
  {flows("s0>s1")}
</bpmn:process>"""
POOLS = '<bpmn:participant id="p1" processRef="buying"/><bpmn:participant id="p2" processRef="selling"/>'


def flow(source: str, target: str, name: str = "", more: str = "") -> str:
    return f'<bpmn:messageFlow id="{source}_{target}" name="{name}" sourceRef="{source}" targetRef="{target}"{more}/>'


def document(*message_flows: str, around: str = ""):
    pools = f'<bpmn:collaboration id="c">{POOLS}{"".join(message_flows)}</bpmn:collaboration>'
    reading = read_bpmn(f"{HEAD}{around}{pools}{BUYING}{SELLING}</bpmn:definitions>".encode())
    assert reading.document is not None, reading.findings
    return reading.document


def message_of(model, process: str, node: str):
    return compile_pools(model)[process].graph.nodes[node].event


def test_every_pool_is_a_process_of_its_own():
    compiled = compile_pools(document())

    assert list(compiled) == ["buying", "selling"]
    assert set(compiled["selling"].graph.nodes) == {"s0", "s1"}


def test_both_ends_of_a_message_flow_know_the_message_by_the_flow_s_name():
    model = document(flow("ask", "s0", "订单"), flow("s1", "wait", "回复"))

    assert [message_of(model, "buying", "ask").name, message_of(model, "selling", "s0").name] == [
        "订单",
        "订单",
    ]
    assert [message_of(model, "selling", "s1").name, message_of(model, "buying", "wait").name] == [
        "回复",
        "回复",
    ]
    assert message_of(model, "buying", "ask").trigger == "message"


def test_a_message_that_the_flow_carries_goes_before_the_flow_s_name():
    model = document(
        flow("ask", "s0", "发出", ' messageRef="m"'), around='<bpmn:message id="m" name="订单"/>'
    )

    assert message_of(model, "selling", "s0").name == "订单"


def test_without_any_name_both_ends_still_agree():
    model = document(flow("ask", "s0"))

    assert message_of(model, "buying", "ask").name == message_of(model, "selling", "s0").name == "ask_s0"


def test_a_flow_within_one_pool_is_told():
    assert "message_flow_inside" in codes(check(document(flow("ask", "wait"))))


def test_ends_that_name_different_messages_are_told_once():
    around = '<bpmn:message id="m1" name="订单"/><bpmn:message id="m2" name="询价"/>'
    buying = BUYING.replace('<bpmn:sendTask id="ask"', '<bpmn:sendTask id="ask" messageRef="m1"')
    selling = SELLING.replace(f'"s0">{MESSAGE}', '"s0"><bpmn:messageEventDefinition messageRef="m2"/>')
    pools = f'<bpmn:collaboration id="c">{POOLS}{flow("ask", "s0", "下单")}</bpmn:collaboration>'
    reading = read_bpmn(f"{HEAD}{around}{pools}{buying}{selling}</bpmn:definitions>".encode())

    told = [one for one in check(reading.document) if one.code == "message_flow_differs"]

    assert [(one.element, one.params["found"]) for one in told] == [("ask_s0", ("订单", "询价"))]
