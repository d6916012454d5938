"""Two versions in words and on their diagrams."""

import msgspec
import pytest
from django.utils import translation

from apps.catalogue.publication.conftest import KEY
from shuli.apps.catalogue import queries
from shuli.apps.catalogue.publication.comparing import FACETS, comparison
from shuli.apps.catalogue.publication.lines import KINDS
from shuli.apps.catalogue.publication.sides import side_of_version
from shuli.core.bpmn import compare as comparing
from shuli.core.bpmn.graph import Output, Performer
from shuli.core.text import Text
from shuli.core.worktime import WorkingDays


@pytest.fixture(autouse=True)
def _in_chinese():
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def side(company):
    from dataclasses import replace

    return replace(side_of_version(queries.version_in_force(KEY)), label="v1")


def changed(side, node, **duty):
    from dataclasses import replace

    nodes = dict(side.graph.nodes)
    said = msgspec.structs.replace(nodes[node].duty, **duty)
    nodes[node] = msgspec.structs.replace(nodes[node], duty=said)
    return replace(side, label="v2", graph=msgspec.structs.replace(side.graph, nodes=nodes))


def lines(before, after):
    rows = comparison(before, after)["lines"].rows
    return [(row.cells[0].value, row.cells[0].note, *row.cells[1:]) for row in rows]


@pytest.mark.parametrize(
    ("duty", "facet", "after"),
    [
        ({"limits": (WorkingDays(amount=5),)}, "时限", "5 工作日"),
        ({"performer": Performer(kind="head", value='"finance"')}, "执行人", "财务部负责人"),
        ({"lead": '"legal"'}, "主导部门", "法务部"),
        ({"cooperating": ('"legal"', '"finance"')}, "配合部门", "法务部、财务部"),
        ({"outputs": (Output(document="solution_plan", mandatory=False),)}, "必交输出", "（可选）"),
        ({"form": "follow_up"}, "表单", "客户满意度回访表"),
        ({"decision": True}, "签字决策", "是"),
        ({"standard": Text(zh="当日完成")}, "标准", "当日完成"),
        ({"returns": "none"}, "其他设置", "–"),
    ],
)
def test_what_changes_at_a_step_is_said_in_words(side, duty, facet, after):
    found = lines(side, changed(side, "C2", **duty))

    assert [(row[0], row[1], row[2]) for row in found] == [("活动“分类与分级”", facet, "修改")]
    assert after in found[0][4]


def test_a_condition_is_said_at_its_flow(side):
    from dataclasses import replace

    nodes = dict(side.graph.nodes)
    source = next(n for n in nodes.values() if any(f.condition for f in n.outgoing))
    flows = tuple(
        msgspec.structs.replace(f, condition="1 = 1") if f.condition else f for f in source.outgoing
    )
    nodes[source.id] = msgspec.structs.replace(source, outgoing=flows)
    after = replace(side, graph=msgspec.structs.replace(side.graph, nodes=nodes))

    found = lines(side, after)

    assert {row[1] for row in found} == {"条件"}
    assert all(row[0].startswith("连线“") and row[4] == "1 = 1" for row in found)


def test_a_wording_that_changed_in_the_other_language_only_shows_both(side):
    name = side.graph.nodes["C2"].duty.standard
    after = changed(side, "C2", standard=Text(zh=name.zh, en="Better"))

    ((_subject, _facet, _kind, before, now),) = lines(side, after)

    assert before != now
    assert now.endswith("/ Better")


def test_every_facet_and_kind_has_its_words():
    tables = (
        comparing.FACETS, comparing.FLOW_FACETS, comparing.LANE_FACETS, comparing.PHASE_FACETS,
        comparing.PROCESS_FACETS,
    )  # fmt: skip

    assert {key for table in tables for key in table} | {comparing.OTHER} <= set(FACETS)
    assert set(KINDS) == {"added", "removed", "changed", "moved"}


def test_a_process_that_does_not_differ_says_so(side):
    assert comparison(side, side)["line_count"] == 0


def with_form(side, key, **facts):
    """Return the side with another solution form: its first field has other facts."""
    from dataclasses import replace

    form = side.forms[key]
    first, *rest = form.sections[0].fields
    section = msgspec.structs.replace(
        form.sections[0], fields=(msgspec.structs.replace(first, **facts), *rest)
    )
    changed = msgspec.structs.replace(form, sections=(section, *form.sections[1:]))
    return replace(side, label="v2", forms={**side.forms, key: changed})


@pytest.mark.parametrize(
    ("facts", "facet", "after"),
    [
        ({"label": Text(zh="怎么办", en="What to do")}, "名称", "“怎么办”"),
        ({"hint": Text(zh="写清步骤", en="Name the steps")}, "提示", "“写清步骤”"),
    ],
)
def test_what_changes_in_a_form_is_said_with_both_values(side, facts, facet, after):
    (line,) = lines(side, with_form(side, "solution", **facts))

    assert (line[0], line[2], line[4]) == ("表单“投诉处理方案”", "修改", after)
    assert line[1].startswith("字段“")
    assert facet in line[1]


def test_a_form_that_goes_is_one_line(side):
    from dataclasses import replace

    left = {key: form for key, form in side.forms.items() if key != "solution"}

    assert lines(side, replace(side, forms=left)) == [("表单“投诉处理方案”", "", "删除", "–", "–")]
