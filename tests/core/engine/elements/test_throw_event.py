from core.engine.play import Play, e
from shuli.core.bpmn.graph import Duty, Notice, Performer
from shuli.core.engine.building import node, process, task


def test_a_milestone_is_passed_and_its_notice_tells_people_and_pools():
    notice = Notice(
        to=(
            Performer(kind="head", value='"service"'),
            Performer(kind="department", value='"tech"'),
            Performer(kind="executive", value='"nobody"'),
        )
    )
    graph = process(
        node("intermediate_throw_event", "reached", duty=Duty(notice=notice)), task("a", person="ann")
    )

    case = Play(graph).start()

    told = case.happened(e.Informed)[0]
    assert (told.people, told.pools) == (("sue",), ("department:tech",))
    assert case.open == ["a"]
