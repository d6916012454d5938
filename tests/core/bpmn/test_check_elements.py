"""The linter on single elements: what each needs, and the sentence for what is missing."""

import pytest

from core.bpmn.samples import codes, document, flows
from shuli.core.bpmn import check, has_errors, sentence

TASK = '<bpmn:task id="work" name="办理"/>'
ENDS = '<bpmn:startEvent id="start" name="开始"/><bpmn:endEvent id="done" name="结束"/>'
SIGNAL = '<bpmn:signal id="sig" name="警报"/>'
UNDO = '<bpmn:boundaryEvent id="undo" attachedToRef="work"><bpmn:compensateEventDefinition/></bpmn:boundaryEvent>'
HANDLER = '<bpmn:task id="back" name="撤销" isForCompensation="true"/>'
ASSOCIATION = '<bpmn:association id="a" sourceRef="undo" targetRef="back"/>'
THROW = '<bpmn:intermediateThrowEvent id="off" name="撤销"><bpmn:compensateEventDefinition/></bpmn:intermediateThrowEvent>'


def found(*parts: str, ways=("start>work", "work>done"), around=SIGNAL):
    return check(document("\n".join([*parts, flows(*ways)]), around))


def in_part(tag: str, inside: str, *more: str, **attributes: str):
    """Return the findings of a process in which a sub-process holds something."""
    said = "".join(f' {name}="{value}"' for name, value in attributes.items())
    part = f'<bpmn:{tag} id="part" name="部分"{said}>{inside}</bpmn:{tag}>'
    return found(ENDS, TASK, part, *more, ways=("start>work", "work>part", "part>done"))


def event(tag: str, definition: str = "", **attributes: str) -> str:
    said = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<bpmn:{tag} id="event" name="事件"{said}>{definition}</bpmn:{tag}>'


def beside(*inside: str, ways=()):
    part = (
        f'<bpmn:subProcess id="part" name="旁支" triggeredByEvent="true">{"".join(inside)}</bpmn:subProcess>'
    )
    return found(ENDS, TASK, part, ways=("start>work", "work>done", *ways))


def behind_gateway(target: str):
    parts = ('<bpmn:eventBasedGateway id="first"/>', '<bpmn:receiveTask id="work" name="收"/>', target)
    return found(ENDS, *parts, ways=("start>first", "first>event", "event>done", "first>work", "work>done"))


def joined(activation: str, fork: str = "parallelGateway"):
    parts = (
        f'<bpmn:{fork} id="fork" name="分"/>',
        f'<bpmn:complexGateway id="join" name="合">{activation}</bpmn:complexGateway>',
    )
    ways = ("start>fork", "fork>work", "work>join", "fork>other", "other>join", "join>done")
    return found(ENDS, TASK, *parts, '<bpmn:task id="other" name="另办"/>', ways=ways)


TWO_STARTS = '<bpmn:startEvent id="s1"><bpmn:signalEventDefinition signalRef="sig"/></bpmn:startEvent>' * 1
ALONE = '<bpmn:startEvent id="s1" name="起"/><bpmn:endEvent id="e1"/>' + flows("s1>e1")
CANCEL_END = (
    '<bpmn:startEvent id="s1"/><bpmn:endEvent id="event" name="取消"><bpmn:cancelEventDefinition/></bpmn:endEvent>'
    + flows("s1>event")
)
ENOUGH = "<bpmn:activationCondition>activationCount &gt;= 1</bpmn:activationCondition>"
WRONG = {
    "condition_empty": lambda: found(ENDS, TASK, event("boundaryEvent", "<bpmn:conditionalEventDefinition/>", attachedToRef="work")),
    "signal_missing": lambda: found(ENDS, TASK, event("boundaryEvent", "<bpmn:signalEventDefinition/>", attachedToRef="work")),
    "event_interrupts": lambda: found(ENDS, TASK, event("boundaryEvent", "<bpmn:errorEventDefinition/>", attachedToRef="work", cancelActivity="false")),
    "start_outside": lambda: found(ENDS, TASK, event("startEvent", "<bpmn:errorEventDefinition/>"), ways=("start>work", "work>done", "event>work")),
    "ad_hoc_start": lambda: in_part("adHocSubProcess", '<bpmn:startEvent id="s1"/><bpmn:task id="t1"/>'),
    "ad_hoc_empty": lambda: in_part("adHocSubProcess", '<bpmn:endEvent id="e1"/>'),
    "event_sub_process_start": lambda: beside(ALONE),
    "event_sub_process_flow": lambda: beside(TWO_STARTS, ways=("work>part",)),
    "event_sub_process_ad_hoc": lambda: in_part("adHocSubProcess", '<bpmn:task id="t1"/><bpmn:subProcess id="p" triggeredByEvent="true">' + TWO_STARTS + "</bpmn:subProcess>"),
    "handler_missing": lambda: found(ENDS, TASK, UNDO, HANDLER),
    "handler_alone": lambda: found(ENDS, TASK, HANDLER),
    "handler_flow": lambda: found(ENDS, TASK, UNDO, HANDLER, ASSOCIATION, ways=("start>work", "work>done", "back>done")),
    "compensation_empty": lambda: found(ENDS, TASK, THROW, ways=("start>work", "work>off", "off>done")),
    "cancel_outside": lambda: found(ENDS, TASK, event("endEvent", "<bpmn:cancelEventDefinition/>"), ways=("start>work", "work>event")),
    "cancel_uncaught": lambda: in_part("transaction", CANCEL_END),
    "cancel_repeated": lambda: in_part("transaction", "<bpmn:standardLoopCharacteristics/>" + CANCEL_END),
    "cancel_boundary_elsewhere": lambda: found(ENDS, TASK, event("boundaryEvent", "<bpmn:cancelEventDefinition/>", attachedToRef="work")),
    "activation_missing": lambda: joined(""),
    "complex_unpaired": lambda: joined(ENOUGH, "exclusiveGateway"),
    "event_expected": lambda: behind_gateway(event("intermediateThrowEvent")),
    "instantiate_inside": lambda: found(ENDS, '<bpmn:receiveTask id="work" name="收" instantiate="true"/>'),
    "loop_endless": lambda: found(ENDS, TASK.replace("/>", "><bpmn:standardLoopCharacteristics/></bpmn:task>")),
}  # fmt: skip


@pytest.mark.parametrize("code", WRONG)
def test_what_an_element_lacks_is_told_and_refuses_publication(code):
    told = WRONG[code]()

    finding = next((one for one in told if one.code == code), None)

    assert finding is not None, codes(told)
    assert has_errors((finding,))
    assert finding.element is not None
    for language in ("zh", "en"):
        assert "?" not in sentence(finding, language).replace("？", "")


def test_two_start_events_in_an_event_sub_process_are_told_with_their_number():
    other = TWO_STARTS.replace("s1", "s2")

    told = next(one for one in beside(TWO_STARTS, other) if one.code == "event_sub_process_start")

    assert (told.element, told.params["found"]) == ("part", 2)


def test_what_has_all_that_it_needs_is_not_told():
    good = [
        found(ENDS, TASK, UNDO, HANDLER, ASSOCIATION, THROW, ways=("start>work", "work>off", "off>done")),
        joined(ENOUGH),
        behind_gateway(event("intermediateCatchEvent", '<bpmn:signalEventDefinition signalRef="sig"/>')),
    ]

    assert [one.code for findings in good for one in findings if one.code in WRONG] == []


def test_a_loop_of_an_automatic_activity_without_a_maximum_is_doubted():
    loop = "<bpmn:standardLoopCharacteristics{}><bpmn:loopCondition>more</bpmn:loopCondition></bpmn:standardLoopCharacteristics>"
    endless = f'<bpmn:scriptTask id="work" name="算">{loop.format("")}</bpmn:scriptTask>'
    bounded = endless.replace(loop.format(""), loop.format(' loopMaximum="5"'))

    assert "loop_automatic" in codes(found(ENDS, endless))
    assert "loop_automatic" not in codes(found(ENDS, bounded))


def test_all_mistakes_are_told_at_once():
    told = found(
        ENDS,
        TASK,
        UNDO,
        HANDLER,
        event("boundaryEvent", "<bpmn:signalEventDefinition/>", attachedToRef="work"),
    )

    assert {"handler_missing", "handler_alone", "signal_missing"} <= set(codes(told))
