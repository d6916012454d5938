"""The description table: what a phase says of itself, else a row for each of its steps."""

import pytest

from shuli.core.bpmn.description import description_table, number_of
from shuli.core.bpmn.graph import Duty, Node, Output, Phase, PhaseStep, ProcessGraph
from shuli.core.text import Text
from shuli.core.worktime import WorkingDays


def text(words):
    return Text(zh=words, en=f"{words} en")


def described(name, phase, **duty):
    said = {"instruction": text("做"), "key_point": text("点"), "standard": text("准")} | duty
    return Node(id=name, kind="user_task", name=text(name), phase=phase, duty=Duty(**said))


def process(*nodes, phases):
    return ProcessGraph(
        key="P", name=text("流程"), nodes={node.id: node for node in nodes}, starts=(), phases=phases
    )


@pytest.mark.parametrize(
    ("name", "number"), [("3.16 与客户确认", "3.16"), ("1.1客户投诉", "1.1"), ("618", ""), ("登记", "")]
)
def test_a_nodes_number_stands_before_its_name(name, number):
    assert number_of(name) == number


def test_a_phase_that_says_its_procedure_is_printed_as_it_says_it():
    phase = Phase(
        key="a",
        name=text("收集"),
        task=text("信息收集"),
        steps=(PhaseStep(text=text("接受投诉"), within=text("即时")),),
        key_point=text("记录"),
        documents=("record",),
    )
    graph = process(described("1.10 登记", "a"), described("1.9 响应", "a"), phases=(phase,))

    (row,) = description_table(graph)

    assert (row.task.zh, [node.zh for node in row.nodes]) == ("信息收集", ["1.9", "1.10"])
    assert [(step.text.zh, step.within.zh) for step in row.steps] == [("接受投诉", "即时")]
    assert (row.key_points, row.documents) == ((text("记录"),), ("record",))
    assert row.standards == (text("准"),)


def test_any_other_has_a_row_for_every_step_that_people_do():
    limit = WorkingDays(amount=2)
    nodes = (
        described("登记", "a", limits=(limit,), outputs=(Output(document="form"),)),
        described("分级", "a", instruction=text("定级"), inputs=("form",)),
        Node(id="gate", kind="exclusive_gateway", name=text("分级？"), phase="a"),
    )
    graph = process(*nodes, phases=(Phase(key="a", name=text("受理")),))

    rows = description_table(graph)

    assert [(row.task.zh, row.node, row.steps[0].text.zh, row.steps[0].limits) for row in rows] == [
        ("受理", "登记", "做", (limit,)),
        ("受理", "分级", "定级", ()),
    ]
    assert [(row.key_points, row.documents) for row in rows] == [((text("点"),), ("form",))] * 2


def test_nodes_without_a_phase_come_last_and_empty_phases_not_at_all():
    graph = process(
        described("登记", "a"),
        described("归档", ""),
        phases=(Phase(key="b", name=text("空")), Phase(key="a", name=text("受理"))),
    )

    assert [row.key for row in description_table(graph)] == ["a", ""]
