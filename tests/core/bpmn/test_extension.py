"""Shuli's own elements: the examples of the documentation run, and what is written reads back equal."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.bpmn.samples import HEAD, codes, document
from shuli.core.bpmn import BpmnDocument, compile_process, read_bpmn, write_bpmn
from shuli.core.bpmn.elements import Definitions, Process, Task
from shuli.core.bpmn.extension import Extension, name_of, with_extension, with_name, xml_of
from shuli.core.bpmn.graph import Assign, Duty, Output, Performer, SeatRule, ServiceRule, VoteRule
from shuli.core.text import Text
from shuli.core.worktime import Agreed, Offset, Relative, Repeat, Strictest, WorkingDays

GUIDE = (Path(__file__).parents[3] / "docs/bpmn-extension.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```xml\n(.*?)```", GUIDE, re.DOTALL)


def compiled(example: str):
    body = example if "<bpmn:process" in example else f'<bpmn:process id="p">{example}</bpmn:process>'
    found = read_bpmn(f"{HEAD}{body}</bpmn:definitions>".encode())
    return found, compile_process(found.document)


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_of_the_guide_are_understood_completely(example):
    reading, compilation = compiled(example)

    assert reading.findings == compilation.findings == ()
    assert read_bpmn(write_bpmn(reading.document)).document == reading.document


def test_a_user_task_of_the_guide_says_everything():
    duty = compiled(EXAMPLES[0])[1].graph.nodes["C3b"].duty

    said = {name for name in Duty.__struct_fields__ if getattr(duty, name) != getattr(Duty(), name)}

    # these stand in the example with their defaults
    assert set(Duty.__struct_fields__) - said == {
        "becomes_first_responder",
        "transfer_needs_reason",
        "transfer_needs_acceptance",
        "on_reject",
        "keep_siblings",  # of gateways
    }
    assert duty.seats[0].performer == Performer(kind="liaison", value='"service"')
    assert duty.limits[1].limits[1] == Agreed(variable="agreed_due", default=WorkingDays(amount=15))
    assert duty.outputs[1] == Output(document="evidence", mandatory=False, made_by="attachment")
    assert duty.instruction == Text(
        zh="说明原因、补救办法和责任人。", en="State the cause, the remedy and who is answerable."
    )


def test_a_process_of_the_guide_says_everything():
    graph = compiled(EXAMPLES[1])[1].graph

    assert (graph.key, graph.owner, graph.category) == ("P-COMPLAINT", "service-manager", "core")
    assert graph.name == Text(zh="客户投诉处理", en="Customer complaints")
    assert [phase.name.en for phase in graph.phases] == ["Receive and register", "Solve"]
    assert graph.lanes[0].department == graph.nodes["contact"].duty.lead == '"service"'


def test_the_other_elements_of_the_guide_say_everything():
    nodes = compiled(EXAMPLES[2])[1].graph.nodes

    assert nodes["every_two_days"].event.timer.repeat.repeat == Repeat(every=2, unit="working_days")
    assert nodes["after_launch"].event.timer.limit.variable == "go_live_at"
    assert (nodes["classify"].decision, nodes["classify"].result) == ("complaint-level", "level")
    assert (nodes["reckon"].script, nodes["reckon"].result) == ("amount * 1.13", "total")
    assert (nodes["archive"].service.name, nodes["archive"].result) == ("archive_case", "archive_number")
    assert (nodes["order"].service.url, nodes["order"].service.retries) == (
        "https://erp.example.com/orders/{order_number}",
        5,
    )
    assert nodes["order"].service.outputs[0].value == "response.body.state"
    assert (nodes["pack"].service.name, nodes["pack"].service.cannot_be_undone) == ("packing", False)
    assert (nodes["packed"].event.correlation, nodes["packed"].event.keep_hours) == ("order_number", 48)
    assert nodes["packed"].event.send[0].name == "weight"
    assert (nodes["review"].call.version, nodes["review"].call.all_in) == ("3", False)
    assert nodes["review"].call.outputs[0].value == "result"
    assert nodes["visit_each"].multiple.item == "customer"
    assert nodes["answer_comes"].event.correlation == "complaint_number"
    assert nodes["refused"].event.outcome == "rejected"


WORDS = (
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn")), min_size=1)
    .map(str.strip)
    .filter(bool)
)
TEXTS = st.builds(Text, zh=st.just("") | WORDS, en=st.just("") | WORDS)
AMOUNTS = st.integers(0, 10**6).map(float) | st.sampled_from([0.5, 2.25])
LIMITS = st.recursive(
    st.builds(WorkingDays, amount=AMOUNTS),
    lambda inner: (
        st.builds(Relative, variable=WORDS, limit=inner)
        | st.builds(Agreed, variable=WORDS, default=st.none() | inner)
        | st.builds(Strictest, limits=st.lists(inner, min_size=1, max_size=3).map(tuple))
    ),
    max_leaves=4,
)
PERFORMERS = st.builds(Performer, kind=st.sampled_from(["head", "post", "starter"]), value=st.none() | WORDS)
DUTIES = st.builds(
    Duty,
    lead=st.none() | WORDS,
    cooperating=st.lists(WORDS, max_size=2).map(tuple),
    performer=st.none() | PERFORMERS,
    seats=st.lists(
        st.builds(SeatRule, key=WORDS, performer=PERFORMERS, department=st.none() | WORDS), max_size=2
    ).map(tuple),
    vote=st.builds(VoteRule, kind=st.sampled_from(["single", "ratio"]), percent=st.integers(1, 100)),
    limits=st.lists(LIMITS, max_size=2).map(tuple),
    reminders=st.lists(
        st.builds(Offset, amount=AMOUNTS, when=st.sampled_from(["before", "after"])), max_size=2
    ).map(tuple),
    rights=st.dictionaries(WORDS, st.sampled_from(["write", "read", "hidden"]), max_size=3),
    inputs=st.lists(WORDS, max_size=2).map(tuple),
    decision=st.booleans(),
    transfer_needs_reason=st.booleans(),
    instruction=TEXTS,
    returns=st.sampled_from(["none", "starter", "chosen"]),
)


@settings(max_examples=150, deadline=None)
@given(duty=DUTIES)
def test_a_duty_that_is_written_reads_back_equal(duty):
    task = with_extension(Task(id="t", kind="user_task"), "duty", xml_of("duty", duty))
    made = BpmnDocument(definitions=Definitions(roots=(Process(id="p", flow_elements=(task,)),)))

    extension = Extension(read_bpmn(write_bpmn(made)).document.elements["t"])

    assert Duty(**extension.fields("duty")) == duty
    assert extension.mistakes == []


SERVICES = st.builds(
    ServiceRule,
    kind=st.sampled_from(["function", "http", "worker"]),
    name=st.just("") | WORDS,
    method=st.sampled_from(["GET", "POST"]),
    url=st.just("") | WORDS,
    headers=st.lists(st.builds(Assign, name=WORDS, value=WORDS), max_size=2).map(tuple),
    body=st.none() | WORDS,
    outputs=st.lists(st.builds(Assign, name=WORDS, value=WORDS), max_size=2).map(tuple),
    retries=st.integers(0, 9),
    irreversible=st.none() | st.booleans(),
)


@settings(max_examples=80, deadline=None)
@given(rule=SERVICES)
def test_a_service_that_is_written_reads_back_equal(rule):
    task = with_extension(Task(id="t", kind="service_task"), "service", xml_of("service", rule))
    made = BpmnDocument(definitions=Definitions(roots=(Process(id="p", flow_elements=(task,)),)))

    extension = Extension(read_bpmn(write_bpmn(made)).document.elements["t"])

    assert extension.record("service") == rule
    assert extension.mistakes == []


def test_a_name_in_both_languages_reads_back():
    task = with_name(Task(id="t"), Text(zh="登记", en="Register"))

    assert task.name == "登记"
    assert name_of(task) == Text(zh="登记", en="Register")


@pytest.mark.parametrize(
    ("duty", "code", "tag"),
    [
        ('<shuli:duty frm="x"/>', "extension_unknown", "duty/@frm"),
        ("<shuli:duty><shuli:boss/></shuli:duty>", "extension_unknown", "boss"),
        ('<shuli:duty decision="perhaps"/>', "extension_value", "duty/@decision"),
        ('<shuli:duty><shuli:limit kind="soon"/></shuli:duty>', "extension_value", "limit"),
        ('<shuli:duty><shuli:limit kind="working_days"/></shuli:duty>', "extension_value", "limit"),
        (
            '<shuli:duty><shuli:limit kind="working_days" amount="-1"/></shuli:duty>',
            "extension_value",
            "limit/@amount",
        ),
        ('<shuli:duty><shuli:performer kind="anyone"/></shuli:duty>', "extension_value", "performer/@kind"),
        (
            '<shuli:duty><shuli:instruction lang="fr">x</shuli:instruction></shuli:duty>',
            "extension_value",
            "instruction",
        ),
        ("<shuli:dutty/>", "extension_unknown", "dutty"),
    ],
)
def test_a_slip_in_an_extension_is_told(duty, code, tag):
    found = document(
        f'<bpmn:userTask id="a"><bpmn:extensionElements>{duty}</bpmn:extensionElements></bpmn:userTask>'
    )

    findings = compile_process(found).findings

    assert (findings[0].code, findings[0].params["tag"], findings[0].element) == (code, tag, "a")


def test_two_lead_departments_are_told_with_the_node():
    found = document(
        '<bpmn:userTask id="a" name="评审"><bpmn:extensionElements><shuli:duty><shuli:lead>"x"</shuli:lead>'
        '<shuli:lead>"y"</shuli:lead></shuli:duty></bpmn:extensionElements></bpmn:userTask>'
    )

    findings = compile_process(found).findings

    assert codes(findings) == ["lead_departments_many"]
    assert findings[0].params == {"name": Text(zh="评审")}
