from core.engine.play import Play, e
from shuli.core.bpmn.graph import Duty, EventRule, Notice, Performer
from shuli.core.engine.building import node, process, task


def test_it_tells_people_and_goes_on_by_itself():
    notice = Notice(
        to=(Performer(kind="head", value='"service"'), Performer(kind="executive", value='"service"'))
    )
    case = Play(process(node("send_task", "tell", duty=Duty(notice=notice)), task("a", person="ann"))).start()

    assert case.happened(e.Informed)[0].people == ("sue", "max")
    assert case.open == ["a"]


def test_it_sends_its_message():
    event = EventRule(trigger="message", name="order")
    case = Play(process(node("send_task", "tell", event=event), task("a", person="ann"))).start()

    assert case.happened(e.MessageThrown)[0].name == "order"
