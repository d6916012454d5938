"""The four tables of the handbook, field by field (H2-40 to H2-47, H2-71 to H2-78), and what the other forms ask."""

from datetime import UTC, datetime

import pytest

from library.shipped import decide, forms
from shuli.core.forms import answer_keys, companion_key, fields_of, initial_values, validate

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

# field: type, required in the handbook's table or by its steps
TABLES = {
    ("P-NEW", "new_business_request", "表1"): {
        "request_number": "auto_number", "business_name": "text", "initiating_department": "department",
        "initiator": "person", "request_date": "date", "background": "long_text", "business_goals": "table",
        "core_functions": "text_list", "expected_benefit": "long_text", "resource_people": "number",
        "resource_days": "number", "resource_budget": "money", "resource_support": "long_text",
        "request_files": "attachment",
    },
    ("P-NEW", "plan_review", "表2"): {
        "review_items": "table", "overall_conclusion": "choice", "conclusion_reason": "long_text",
        "tech_signature": "signature", "marketing_signature": "signature", "finance_signature": "signature",
        "product_signature": "signature", "development_days": "number",
    },
    ("P-COMPLAINT", "complaint_register", "表3"): {
        "complaint_number": "auto_number", "complaint_at": "datetime", "complainant": "text", "contact": "text",
        "channel": "choice", "problem_types": "choices", "problem_description": "long_text", "demands": "choices",
        "urgency": "choice",
    },
    ("P-COMPLAINT", "follow_up", "表4"): {
        "complaint_number": "case", "result_summary": "text", "follow_up_date": "date", "follow_up_by": "person",
        "satisfaction": "choice", "speed_rating": "rating", "solution_rating": "rating", "attitude_rating": "rating",
        "customer_suggestion": "long_text",
    },
}  # fmt: skip

OPTIONS = {
    ("complaint_register", "channel"): ["phone", "online", "email"],
    ("complaint_register", "problem_types"): ["product_quality", "service_attitude", "logistics_delay", "after_sales", "other"],
    ("complaint_register", "demands"): ["refund", "exchange", "repair", "apology", "other"],
    ("complaint_register", "urgency"): ["normal", "urgent", "critical"],
    ("classification", "level"): ["minor", "major"],
    ("execution", "actions"): ["refund", "exchange", "compensation", "fix"],
    ("follow_up", "satisfaction"): ["satisfied", "fairly_satisfied", "dissatisfied"],
}  # fmt: skip


def field(process, form, key):
    return next(one for one in fields_of(forms(process)[form]) if one.key == key)


def check(process, form, answers, **context):
    return validate(forms(process)[form], answers, context, now=NOW, person="ann", decide=decide)


def errors(process, form, answers, **context):
    return {error.path for error in check(process, form, answers, **context).errors}


@pytest.mark.parametrize(("process", "key", "table"), TABLES)
def test_a_table_of_the_handbook_has_all_its_fields_typed(process, key, table):
    form = forms(process)[key]
    types = {one.key: type(one).__struct_config__.tag for one in fields_of(form)}

    wanted = TABLES[process, key, table]
    assert form.table == table
    assert {name: types.get(name) for name in wanted} == wanted


@pytest.mark.parametrize(("form", "key"), OPTIONS)
def test_options_are_those_of_the_handbook(form, key):
    assert [option.code for option in field("P-COMPLAINT", form, key).options] == OPTIONS[form, key]


@pytest.mark.parametrize("key", ["problem_types", "demands"])
def test_other_asks_for_a_text(key):
    assert companion_key(field("P-COMPLAINT", "complaint_register", key)) == f"{key}_other"


def test_goals_are_metric_figure_and_period():
    columns = {
        column.key: column for column in field("P-NEW", "new_business_request", "business_goals").columns
    }

    assert {"metric", "value", "period"} <= set(columns)
    assert type(columns["value"]).__struct_config__.tag == "number"


@pytest.mark.parametrize(
    ("functions", "is_right"), [([], False), (["a"], True), (["a", "b", "c"], True), (list("abcd"), False)]
)
def test_core_functions_are_one_to_three(functions, is_right):
    found = errors("P-NEW", "new_business_request", {"core_functions": functions})

    assert ("core_functions" not in found) == is_right


def test_the_review_has_the_three_fixed_rows():
    table = field("P-NEW", "plan_review", "review_items")

    assert [row.label.zh for row in table.fixed_rows] == ["业务方案", "技术方案", "资源预算"]
    assert [column.key for column in table.columns] == ["content", "opinion", "reviewer", "reviewed_on"]
    opinion = next(column for column in table.columns if column.key == "opinion")
    assert [option.code for option in opinion.options] == ["pass", "fail", "revise"]


def opinions(**others):
    given = {
        f"{who}_{what}_opinion": "pass"
        for who in ("tech", "marketing", "finance")
        for what in ("business", "technical", "budget")
    }
    return given | others


@pytest.mark.parametrize(
    ("others", "conclusion"),
    [
        ({}, "pass"),
        ({"finance_budget_opinion": "revise"}, "revise"),
        ({"finance_budget_opinion": "revise", "tech_technical_opinion": "fail"}, "fail"),
    ],
)
def test_the_overall_conclusion_follows_from_the_opinions(others, conclusion):
    known = opinions(**others)
    rows = initial_values(forms("P-NEW")["plan_review"], known | {"user": "ann"}, now=NOW)["review_items"]
    answers = {"review_items": rows, "overall_conclusion": conclusion}

    found = check("P-NEW", "plan_review", answers, **known)

    assert found.values["derived_conclusion"] == conclusion
    assert "conclusion_reason" not in {error.path for error in found.errors}


def test_a_conclusion_that_departs_from_the_opinions_needs_a_reason():
    known = opinions(tech_technical_opinion="fail")
    rows = initial_values(forms("P-NEW")["plan_review"], known | {"user": "ann"}, now=NOW)["review_items"]

    found = errors("P-NEW", "plan_review", {"review_items": rows, "overall_conclusion": "pass"}, **known)

    assert "conclusion_reason" in found


def test_development_takes_fifteen_working_days_unless_agreed_otherwise():
    assert initial_values(forms("P-NEW")["plan_review"], {}, now=NOW)["development_days"] == 15


@pytest.mark.parametrize(
    ("criteria", "level", "asks"),
    [
        ([], "minor", False),
        ([], "major", True),
        (["reputation"], "major", False),
        (["reputation"], "minor", True),
    ],
)
def test_a_level_that_departs_from_the_criteria_needs_a_reason(criteria, level, asks):
    answers = {"problem_types": ["after_sales"], "level_criteria": criteria, "level": level}

    assert ("level_reason" in errors("P-COMPLAINT", "classification", answers)) == asks


@pytest.mark.parametrize(
    ("chosen", "refused", "asks"),
    [("product", [], False), ("service", [], True), ("product", ["product"], True)],
)
def test_an_assignment_that_departs_from_the_table_needs_a_reason(chosen, refused, asks):
    found = errors(
        "P-COMPLAINT",
        "assignment",
        {"responsible_department": chosen},
        problem_types=["product_quality"],
        refused_departments=refused,
    )

    assert ("assignment_reason" in found) == asks


def test_a_department_that_declines_gives_a_reason_and_nothing_else():
    assert errors("P-COMPLAINT", "solution", {"acceptance": "refused"}) == {"refusal_reason"}


def test_a_solution_names_cause_remedy_person_date_and_answer():
    found = errors("P-COMPLAINT", "solution", {"acceptance": "accepted"})

    assert found == {"liability", "cause_note", "remedies", "plan_due_date", "executor", "customer_reply"}


def test_money_is_asked_for_only_where_money_flows():
    accepted = {"acceptance": "accepted", "remedies": ["exchange"]}

    assert "compensation_amount" not in errors("P-COMPLAINT", "solution", accepted)
    assert "compensation_amount" in errors("P-COMPLAINT", "solution", accepted | {"remedies": ["refund"]})


def test_feasibility_has_four_dimensions_and_a_conclusion():
    found = errors("P-NEW", "feasibility", {})

    dimensions = {f"feasibility_{name}" for name in ("technology", "resources", "benefit", "market")}
    assert dimensions | {"feasibility_conclusion"} <= found


def test_after_a_fail_product_says_whether_to_revise_or_to_stop():
    assert "after_failure" in errors("P-NEW", "feasibility", {"feasibility_conclusion": "fail"})
    assert "after_failure" not in errors("P-NEW", "feasibility", {"feasibility_conclusion": "pass"})


def test_a_launch_plan_may_be_handed_in_without_its_contingency_plan():
    found = errors("P-NEW", "launch_plan", {})

    assert {"planned_go_live_at", "launch_people"} <= found
    assert found & {"rollback_plan", "compensation_plan"} == set()


def test_what_is_missing_of_the_contingency_plan_is_asked_for_before_the_launch():
    assert errors("P-NEW", "contingency", {}) == {"rollback_plan", "compensation_plan"}


def test_a_test_with_open_critical_defects_cannot_pass():
    answers = {"critical_defects": 1, "test_conclusion": "pass"}

    assert "test_conclusion" in errors("P-NEW", "test_report", answers)


def test_no_two_forms_of_a_process_keep_different_kinds_of_answer_under_one_name():
    for process in ("P-COMPLAINT", "P-NEW"):
        kinds: dict[str, set[str]] = {}
        for form in forms(process).values():
            for one in fields_of(form):
                kinds.setdefault(one.key, set()).add(type(one).__struct_config__.tag)
            assert len(set(answer_keys(form))) == len(answer_keys(form))
        kinds.pop("complaint_number", None)  # issued in 表3, referred to in the others
        assert {key: found for key, found in kinds.items() if len(found) > 1} == {}
