"""The two processes that are shipped, as their files say them, run from start to end."""

from functools import cache
from pathlib import Path

import pytest

import shuli.library
from core.engine.play import Play, c, e
from shuli.core.bpmn import compile_process, read_bpmn
from shuli.core.engine import FixedWorld, unsupported

DEPARTMENTS = ("service", "product", "operations", "tech", "marketing", "finance", "management", "logistics")
EVERY_DOCUMENT = frozenset(
    [
        "complaint_register",
        "classification_result",
        "assignment_record",
        "complaint_solution",
        "execution_record",
        "confirmation_letter",
        "follow_up",
        "executive_instruction",
        "archive_sheet",
        "improvement_report",
        "contact_record",
        "new_business_request",
        "feasibility_report",
        "plan_review",
        "revised_plan",
        "signoff",
        "resource_plan",
        "delivery_note",
        "test_report",
        "uat_confirmation",
        "launch_plan",
        "deployment_checklist",
        "promotion_material",
        "training_record",
        "contingency_plan",
        "go_live_confirmation",
        "monitoring_log",
        "evaluation_report",
        "project_archive",
    ]
)


@cache
def shipped(key):
    folder = Path(shuli.library.__file__).parent / "processes" / key
    return compile_process(read_bpmn((folder / "process.bpmn").read_bytes()).document).graph


def world():
    return FixedWorld(
        pools={f"department:{name}": (f"{name}_1", f"{name}_2") for name in DEPARTMENTS}
        | {f"post:{shipped(key).owner}": ("owner",) for key in ("P-COMPLAINT", "P-NEW")},
        heads={name: f"{name}_head" for name in DEPARTMENTS},
        executives={name: f"{name}_vp" for name in DEPARTMENTS},
    )


def done(case, node, actor=None, **answers):
    """Complete a node with all documents and a signature; contributions come first."""
    visit = case.visits(node)[0]
    for seat in visit.seats.values():
        if seat.role == "contribute":
            case.do(c.Complete(actor=case.world.pools.get(seat.pool, (seat.holder,))[0], seat=seat.id))
    seat = next(seat for seat in visit.seats.values() if seat.role == "lead")
    actor = actor or seat.holder or case.world.pools[seat.pool][0]
    return case.do(
        c.Complete(actor=actor, seat=seat.id, answers=answers, signed=True, documents=EVERY_DOCUMENT)
    )


@pytest.mark.parametrize("key", ["P-COMPLAINT", "P-NEW"])
def test_the_engine_runs_every_element_of_them(key):
    assert unsupported(shipped(key)) == ()


def complaint(level="major"):
    case = Play(shipped("P-COMPLAINT"), world())
    case.do(
        c.Start(
            actor="service_1",
            start="C0",
            variables={"channel": "phone", "problem_types": ["product_quality"]},
        )
    )
    done(case, "C1a", "service_2", responded_at="2026-03-02T09:05:00+08:00")
    done(case, "C1b")
    done(case, "C2", level=level, urgency="normal")
    return done(case, "C3a", responsible_department="product")


def test_a_major_complaint_is_told_to_the_executive_and_solved_by_the_product_department():
    case = complaint()
    assert case.happened(e.Informed)
    assert case.open == ["C3b"]
    assert case.visits("C3b")[0].department == "product"

    done(case, "C3b", acceptance="accepted", executor="product_2")
    done(case, "C4a")
    done(case, "C4b", satisfaction="satisfied")
    assert case.open == ["C5a", "C5b"]
    done(case, "C5b")
    done(case, "C5a")

    assert case.status == "approved"
    assert case.incidents == []


def test_a_minor_complaint_is_told_to_nobody():
    assert complaint("minor").happened(e.Informed) == []


def test_whoever_answered_first_keeps_the_case():
    case = complaint()

    assert case.marking.custodian == "service_2"


def test_a_department_that_is_not_responsible_sends_it_back_to_be_assigned():
    case = complaint()

    done(case, "C3b", acceptance="refused")

    assert case.open == ["C3a"]
    assert case.marking.variables["refused_departments"] == ["product"]


def test_a_customer_who_is_dissatisfied_twice_reaches_the_executive():
    case = complaint()
    for opened in ("C3b", "C4e"):
        done(case, "C3b", acceptance="accepted", executor="product_2")
        done(case, "C4a")
        done(case, "C4b", satisfaction="dissatisfied")
        assert case.open == [opened]

    assert case.seat("C4e").holder == "product_vp"


def test_every_two_days_the_customer_is_told_how_far_it_is():
    case = complaint().wait(days=5)

    assert "C3c" in case.open
    assert case.incidents == []


def new_business():
    case = Play(shipped("P-NEW"), world())
    case.do(c.Start(actor="marketing_1", start="N0", variables={"initiating_department": "marketing"}))
    return done(case, "N1")


def developed():
    case = new_business()
    done(case, "N2", feasibility_conclusion="pass")
    done(case, "N3", overall_conclusion="pass")
    for node, answers in (
        ("N3s", {}), ("N4a", {}), ("N4b", {}), ("N4c", {"test_conclusion": "pass"}), ("N4d", {"uat_conclusion": "pass"}),
    ):  # fmt: skip
        done(case, node, **answers)
    return case


def test_feasibility_waits_for_technology_and_finance():
    case = new_business()
    seat = next(seat for seat in case.visits("N2")[0].seats.values() if seat.role == "lead")

    answer = case.refused(c.Complete(actor="product_1", seat=seat.id, documents=EVERY_DOCUMENT, signed=True))

    assert answer.code == "contributions_missing"
    assert answer.params["who"] == ["tech", "finance"]


def test_what_is_not_feasible_is_revised_or_stopped():
    case = new_business()
    done(case, "N2", feasibility_conclusion="fail", after_failure="revise")
    assert case.open == ["N1"]
    done(case, "N1")

    done(case, "N2", feasibility_conclusion="fail", after_failure="stop")

    assert case.status in ("approved", "rejected")


def test_a_plan_that_needs_changes_is_changed_and_reviewed_again():
    case = new_business()
    done(case, "N2", feasibility_conclusion="pass")
    done(case, "N3", overall_conclusion="revise")
    assert case.open == ["N3r"]

    assert done(case, "N3r", feasibility_affected="no").open == ["N3"]


def test_a_failed_test_goes_back_to_development():
    case = new_business()
    done(case, "N2", feasibility_conclusion="pass")
    done(case, "N3", overall_conclusion="pass")
    for node in ("N3s", "N4a", "N4b"):
        done(case, node)

    assert done(case, "N4c", test_conclusion="fail").open == ["N4b"]


def test_nothing_is_launched_without_both_parts_of_the_contingency_plan():
    case = done(developed(), "N5a", rollback_plan="restore the old version")
    assert case.open == ["N5b", "N5c", "N5d"]
    for node in ("N5d", "N5b", "N5c"):
        done(case, node)
    assert case.open == ["N5g"]

    assert done(case, "N5g", compensation_plan="refund").open == ["N5e"]


def test_seven_days_after_go_live_it_is_evaluated_with_a_number_and_archived():
    case = done(developed(), "N5a", rollback_plan="restore", compensation_plan="refund")
    for node in ("N5b", "N5c", "N5d"):
        done(case, node)
    done(case, "N5e", launched_at=case.world.now.isoformat())
    assert case.open == ["N5f"]
    assert case.wait(days=8).open == ["N5f", "N6"]
    product = next(seat for seat in case.visits("N6")[0].seats.values() if seat.role == "contribute")
    case.do(c.Complete(actor="product_1", seat=product.id))
    lead = case.completion("N6", "marketing_1", documents=EVERY_DOCUMENT, answers={"evaluation_metrics": []})
    assert case.refused(lead).code == "guard_failed"

    case.complete(
        "N6", "marketing_1", documents=EVERY_DOCUMENT, answers={"evaluation_metrics": [{"actual": 5}]}
    )
    done(case, "N5f")

    assert done(case, "N7").status == "approved"
    assert case.incidents == []
