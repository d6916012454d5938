"""P-NEW says what the handbook's list of steps says: who leads, by when, with which output."""

from datetime import datetime, timedelta

import pytest

from core.engine.test_shipped_processes import EVERY_DOCUMENT, developed, done, new_business
from library.shipped import graph, people_nodes
from shuli.core.worktime import Agreed, CalendarDays, Relative, WorkingDays, add_working_days

P = "P-NEW"
NODES = graph(P).nodes
STARTING, PR, T, F, M, S, X = (
    "initiating_department", '"product"', '"tech"', '"finance"', '"marketing"', '"service"', '"management"'
)  # fmt: skip

# node: lead, cooperating, mandatory outputs
STEPS = {
    "N1": (STARTING, (), ("new_business_request",)),
    "N2": (PR, (T, F), ("feasibility_report",)),
    "N3": (PR, (T, M, F), ("plan_review",)),
    "N3r": (PR, (), ("revised_plan",)),
    "N3s": (X, (PR,), ("signoff",)),
    "N4a": (T, (PR, M), ("resource_plan",)),
    "N4b": (T, (PR, M), ("delivery_note",)),
    "N4c": (T, (PR, M), ("test_report",)),
    "N4d": (PR, (M, T), ("uat_confirmation",)),
    "N5a": (T, (M, S), ("launch_plan",)),
    "N5b": (T, (), ("deployment_checklist",)),
    "N5c": (M, (), ("promotion_material",)),
    "N5d": (S, (), ("training_record",)),
    "N5g": (T, (), ("contingency_plan",)),
    "N5e": (T, (M, S), ("go_live_confirmation",)),
    "N5f": (T, (), ("monitoring_log",)),
    "N6": (M, (PR,), ("evaluation_report",)),
    "N7": (M, (PR,), ("project_archive",)),
}

EDGES = {
    "N0": {"N1"}, "N1": {"N2"}, "N2": {"G1"}, "G1": {"N3", "N1", "E1"}, "N3": {"G2"}, "G2": {"N3s", "N3r", "E2"},
    "N3r": {"G2r"}, "G2r": {"N3", "N2"}, "N3s": {"N4a"}, "N4a": {"N4b"}, "N4b": {"N4c"}, "N4c": {"G3"},
    "G3": {"N4d", "N4b"}, "N4d": {"G4"}, "G4": {"N5a", "N4b"}, "N5a": {"A1"}, "A1": {"N5b", "N5c", "N5d"},
    "A2": {"G5"}, "G5": {"N5e", "N5g"}, "N5g": {"G5"}, "N5e": {"A3"}, "A3": {"N5f", "T6"}, "T6": {"N6"},
    "N6": {"A4"}, "N5f": {"A4"}, "A4": {"N7"}, "N7": {"E3"},
}  # fmt: skip

AGREED = Agreed(variable="development_days", unit="working_days", default=WorkingDays(amount=15))
LIMITS = {
    "N1": WorkingDays(amount=3),
    "N2": WorkingDays(amount=5),
    "N3": WorkingDays(amount=3),
    **dict.fromkeys(("N4a", "N4b", "N4c", "N4d"), Relative(variable="development_started_at", limit=AGREED)),
    **dict.fromkeys(
        ("N5a", "N5b", "N5c", "N5d", "N5g"),
        Relative(variable="preparation_started_at", limit=WorkingDays(amount=3)),
    ),
    "N6": Relative(variable="go_live_at", limit=WorkingDays(amount=7)),
    "N7": Relative(variable="go_live_at", limit=WorkingDays(amount=7)),
}


@pytest.mark.parametrize("node", STEPS)
def test_each_step_has_the_lead_and_outputs_of_the_list(node):
    lead, cooperating, outputs = STEPS[node]
    duty = NODES[node].duty

    assert (duty.lead, duty.cooperating) == (lead, cooperating)
    assert tuple(output.document for output in duty.outputs if output.mandatory) == outputs


def test_the_list_names_every_step_of_a_person():
    assert {node.id for node in people_nodes(P)} == set(STEPS)


@pytest.mark.parametrize("node", EDGES)
def test_each_step_leads_where_the_list_says(node):
    assert {flow.target for flow in NODES[node].outgoing} == EDGES[node]


@pytest.mark.parametrize("node", LIMITS)
def test_limits_are_those_of_the_list(node):
    assert NODES[node].duty.limits == (LIMITS[node],)


def test_the_fixed_limits_add_up_to_thirty_six_working_days():
    days = [LIMITS["N1"].amount, LIMITS["N2"].amount, LIMITS["N3"].amount, AGREED.default.amount]
    days += [LIMITS["N5a"].limit.amount, LIMITS["N6"].limit.amount]

    assert sum(days) == 36


@pytest.mark.parametrize(
    ("node", "departments"),
    [("N2", ["tech", "finance"]), ("N3", ["tech", "marketing", "finance"]), ("N6", ["product"])],
)
def test_the_lead_waits_for_the_contributions(node, departments):
    duty = NODES[node].duty

    assert (duty.vote.kind, duty.vote.blocks) == ("contribute", True)
    assert [seat.key for seat in duty.seats] == departments
    assert all(seat.form for seat in duty.seats)


def test_the_executive_signs_before_money_is_spent_and_may_send_it_back():
    duty = NODES["N3s"].duty

    assert duty.decision
    assert (duty.performer.kind, duty.performer.value) == ("executive", PR)
    assert duty.on_reject == "previous"


def signed(**answers):
    case = new_business()
    done(case, "N2", feasibility_conclusion="pass")
    done(case, "N3", overall_conclusion="pass", **answers)
    return done(case, "N3s")


@pytest.mark.parametrize(("agreed", "days"), [({}, 15), ({"development_days": 20}, 20)])
def test_development_and_test_share_the_days_that_were_agreed(agreed, days):
    case = signed(**agreed)
    begun = datetime.fromisoformat(case.marking.variables["development_started_at"])
    due = add_working_days(case.world.working_calendar, begun, days)

    assert case.visits("N4a")[0].due_at == due
    case.wait(days=3)
    assert done(case, "N4a").visits("N4b")[0].due_at == due


def test_the_executive_who_rejects_sends_it_back_to_the_review():
    case = new_business()
    done(case, "N2", feasibility_conclusion="pass")
    done(case, "N3", overall_conclusion="pass")

    case.complete("N3s", "product_vp", decision="reject", signed=True, documents=EVERY_DOCUMENT)

    assert case.open == ["N3"]


def test_what_touches_the_feasibility_is_studied_again():
    case = new_business()
    done(case, "N2", feasibility_conclusion="pass")
    done(case, "N3", overall_conclusion="revise")

    assert done(case, "N3r", feasibility_affected="yes").open == ["N2"]


def test_a_stopped_or_refused_case_counts_as_rejected():
    stopped, refused = new_business(), new_business()
    done(stopped, "N2", feasibility_conclusion="fail", after_failure="stop")
    done(refused, "N2", feasibility_conclusion="pass")

    done(refused, "N3", overall_conclusion="fail")

    assert (stopped.status, refused.status) == ("rejected", "rejected")


def test_the_launch_itself_is_guarded_too():
    case = done(developed(), "N5a", rollback_plan="restore", compensation_plan="refund")
    for node in ("N5b", "N5c", "N5d"):
        done(case, node)
    answers = {"launched_at": "2026-03-02T10:00:00+08:00", "compensation_plan": ""}
    launch = case.completion("N5e", "tech_1", documents=EVERY_DOCUMENT, answers=answers)

    refused = case.refused(launch)

    assert refused.code == "guard_failed"
    assert "应急预案" in refused.params["message"]["zh"]


def test_the_launch_sets_when_it_went_live():
    rules = {rule.name: rule.value for rule in NODES["N5e"].duty.assign}

    assert rules == {"go_live_at": "launched_at"}


def test_feedback_is_collected_for_seven_days_before_it_is_evaluated():
    assert NODES["T6"].event.timer.limit == Relative(variable="go_live_at", limit=CalendarDays(amount=7))
    assert NODES["N5f"].duty.limits == (Relative(variable="go_live_at", limit=CalendarDays(amount=7)),)


def test_the_evaluation_is_due_seven_working_days_after_go_live():
    case = done(developed(), "N5a", rollback_plan="restore", compensation_plan="refund")
    for node in ("N5b", "N5c", "N5d"):
        done(case, node)
    live = case.world.now
    done(case, "N5e", launched_at=live.isoformat())

    case.wait(days=7, minutes=1)

    assert case.visits("N6")[0].due_at == add_working_days(case.world.working_calendar, live, 7)
    assert case.world.now - live < timedelta(days=8)


def test_there_are_seven_phases_from_request_to_archive():
    assert [phase.key for phase in graph(P).phases] == [
        "request", "feasibility", "review", "develop", "prepare", "launch", "evaluate",
    ]  # fmt: skip
