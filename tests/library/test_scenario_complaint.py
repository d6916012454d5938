"""P-COMPLAINT says what the handbook's list of steps says: who leads, by when, with which output."""

from datetime import datetime, timedelta

import pytest

from core.engine.test_shipped_processes import complaint, done
from library.shipped import decide, forms, graph, people_nodes
from shuli.core.forms import fields_of
from shuli.core.worktime import (
    ByExpression,
    ClockHours,
    DayOfMonth,
    Minutes,
    Relative,
    Strictest,
    WorkingDays,
)

P = "P-COMPLAINT"
NODES = graph(P).nodes
SERVICE, RESPONSIBLE = '"service"', "responsible_department"

# node: lead, cooperating, performer, mandatory outputs
STEPS = {
    "C1a": (SERVICE, (), "department", ()),
    "C1b": (SERVICE, (), "first_responder", ("complaint_register",)),
    "C2": (SERVICE, (), "first_responder", ("classification_result",)),
    "C3a": (SERVICE, (), "first_responder", ("assignment_record",)),
    "C3b": (RESPONSIBLE, (SERVICE,), "department", ("complaint_solution",)),
    "C3c": (SERVICE, (), "first_responder", ("contact_record",)),
    "C4a": (RESPONSIBLE, (SERVICE,), "person", ("execution_record",)),
    "C4b": (SERVICE, (RESPONSIBLE,), "first_responder", ("confirmation_letter", "follow_up")),
    "C4e": ('"management"', (RESPONSIBLE,), "executive", ("executive_instruction",)),
    "C5a": (SERVICE, (), "first_responder", ("archive_sheet",)),
    "C5b": (RESPONSIBLE, (), "department", ("improvement_report",)),
}

EDGES = {
    "C0": {"C1a"}, "C1a": {"C1b"}, "C1b": {"C2"}, "C2": {"G1"}, "G1": {"C2x", "C3a"}, "C2x": {"C3a"}, "C3a": {"C3b"},
    "C3b": {"G3"}, "G3": {"C4a", "C3a"}, "C4a": {"C4b"}, "C4b": {"G2"}, "G2": {"A1", "C3b", "C4e"}, "C4e": {"C3b"},
    "A1": {"C5a", "C5b"}, "C5a": {"A2"}, "C5b": {"A2"}, "A2": {"E1"}, "C3c": {"E2"},
}  # fmt: skip

LIMITS = {
    "C1a": (Minutes(amount=10),),
    "C1b": (Relative(variable="case.started_at", limit=ClockHours(amount=24)),),
    "C2": (WorkingDays(amount=1),),
    "C4b": (WorkingDays(amount=2),),
    "C5b": (DayOfMonth(day=5),),
}


@pytest.mark.parametrize("node", STEPS)
def test_each_step_has_the_lead_performer_and_outputs_of_the_list(node):
    lead, cooperating, performer, outputs = STEPS[node]
    duty = NODES[node].duty

    assert (duty.lead, duty.cooperating, duty.performer.kind) == (lead, cooperating, performer)
    assert tuple(output.document for output in duty.outputs if output.mandatory) == outputs


def test_the_list_names_every_step_of_a_person():
    assert {node.id for node in people_nodes(P)} == set(STEPS)


@pytest.mark.parametrize("node", EDGES)
def test_each_step_leads_where_the_list_says(node):
    assert {flow.target for flow in NODES[node].outgoing} == EDGES[node]


@pytest.mark.parametrize("node", LIMITS)
def test_fixed_limits_are_those_of_the_list(node):
    assert NODES[node].duty.limits == LIMITS[node]


def test_the_solution_is_due_by_the_stricter_of_level_and_urgency():
    (limit,) = NODES["C3b"].duty.limits

    assert isinstance(limit, Strictest)
    inner = [one.limit for one in limit.limits]
    assert all(isinstance(one, ByExpression) for one in inner)
    assert [one.unit for one in inner] == ["working_days", "hours", "working_minutes"]


@pytest.mark.parametrize(
    ("level", "urgency", "due"),
    [
        ("minor", "normal", "2026-03-04T18:00:00+08:00"),
        ("major", "normal", "2026-03-06T18:00:00+08:00"),
        ("minor", "urgent", "2026-03-03T09:00:00+08:00"),
        ("major", "critical", "2026-03-02T09:10:00+08:00"),
    ],
)
def test_a_case_that_begins_on_a_monday_at_nine_is_due(level, urgency, due):
    case = complaint(level)
    done(case, "C3b", acceptance="refused", urgency=urgency)
    done(case, "C3a", responsible_department="operations")

    visit = case.visits("C3b")[0]

    assert visit.due_at == datetime.fromisoformat(due)


def test_dissatisfaction_begins_a_new_clock_and_a_refusal_does_not():
    case = complaint("minor")
    first = case.visits("C3b")[0].due_at
    case.wait(days=1)
    done(case, "C3b", acceptance="refused")
    done(case, "C3a", responsible_department="operations")
    assert case.visits("C3b")[0].due_at == first
    done(case, "C3b", acceptance="accepted", executor="operations_1")
    done(case, "C4a")

    done(case, "C4b", satisfaction="dissatisfied")

    assert case.visits("C3b")[0].due_at >= first + timedelta(days=1)


def test_the_customer_hears_something_every_two_days_until_the_case_is_closed():
    timers = [node for node in NODES.values() if node.kind == "boundary_event"]

    assert {node.attached_to for node in timers} == {"C3b", "C4a", "C4b"}
    for node in timers:
        assert not node.interrupting
        assert {flow.target for flow in node.outgoing} == {"C3c"}
        assert (node.event.timer.repeat.amount, node.event.timer.repeat.unit) == (2, "calendar_days")


def test_the_rhythm_counts_from_the_last_contact_and_not_from_the_step():
    case = complaint().wait(days=1, hours=12)
    done(case, "C3b", acceptance="accepted", executor="product_1")
    assert "C3c" not in case.open

    case.wait(hours=13)

    assert "C3c" in case.open


def test_each_contact_is_kept_and_the_next_one_starts_empty():
    case = complaint().wait(days=2, hours=1)
    moment = case.world.now.isoformat()

    done(case, "C3c", contact_at=moment, contact_channel="phone", contact_content="更换件已寄出")

    variables = case.marking.variables
    assert [entry["told"] for entry in variables["contact_log"]] == ["更换件已寄出"]
    assert variables["contact_content"] is None
    assert variables["last_contact_at"] == moment


def test_an_open_contact_does_not_keep_a_finished_case_open():
    case = complaint().wait(days=3)
    assert "C3c" in case.open
    done(case, "C3b", acceptance="accepted", executor="product_1")
    done(case, "C4a")
    done(case, "C4b", satisfaction="satisfied")

    done(case, "C5a")
    done(case, "C5b")

    assert case.status == "approved"
    assert case.open == []


def test_refusals_are_counted_as_transfers_and_leave_the_custodian():
    case = complaint()

    done(case, "C3b", acceptance="refused", refusal_reason="属物流部")

    assert case.marking.variables["transfer_count"] == 1
    assert case.marking.custodian == "service_2"


def test_a_major_complaint_is_told_to_head_and_executive_in_this_order():
    told = NODES["C2x"].duty.notice.to

    assert [(one.kind, one.value) for one in told] == [
        ("head", "suggested_department"),
        ("executive", "suggested_department"),
    ]


def test_the_first_to_respond_becomes_custodian_and_nobody_else():
    assert [node.id for node in NODES.values() if node.duty.becomes_first_responder] == ["C1a"]


def test_the_five_phases_are_those_of_the_handbook():
    assert [phase.name.zh for phase in graph(P).phases] == [
        "接收与登记", "分类与分级", "指派与处理", "执行与确认", "归档与复盘",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kinds", "department"),
    [
        (["product_quality", "after_sales"], "product"),
        (["service_attitude"], "operations"),
        (["logistics_delay"], "logistics"),
        (["after_sales"], "service"),
        (["other"], "service"),
    ],
)
def test_the_table_proposes_a_department_for_each_kind_of_problem(kinds, department):
    decided = decide("complaint-routing", {"problem_types": kinds})

    assert decided.value == department
    assert len(decided.rows) == 1


@pytest.mark.parametrize(
    ("criteria", "level", "row"),
    [
        ([], "minor", 6),
        (["reputation"], "major", 3),
        (["caused_loss", "repeated"], "major", 1),
    ],
)
def test_the_table_gives_the_level_and_the_row_that_decided(criteria, level, row):
    decided = decide("complaint-level", {"level_criteria": criteria})

    assert (decided.value, decided.rows) == (level, (row,))
    assert all(decided.annotations[0])


def test_the_table_says_nothing_about_criteria_that_nobody_answered():
    decided = decide("complaint-level", {"level_criteria": None})

    assert (decided.value, decided.rows) == (None, ())


def test_the_analysis_asks_for_causes_that_can_be_counted():
    fields = {field.key: field for field in fields_of(forms(P)["improvement_report"])}

    assert fields["cause_category"].required is True
    assert fields["cause_object"].searchable
    assert fields["whys"].max_items == 5
