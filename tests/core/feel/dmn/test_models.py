"""Decision models are read, evaluated with everything they require, and written again."""

from pathlib import Path

import pytest

from shuli.core.feel import Limits, feel_text
from shuli.core.feel.dmn import Model, read_dmn, write_dmn

FILE = Path(__file__).with_suffix(".dmn")
LINES = [{"price": 20, "unit count": 100}, {"price": 5, "unit count": 2}]


@pytest.fixture(scope="module")
def model() -> Model:
    reading = read_dmn(FILE.read_bytes())
    assert reading.findings == ()
    return reading.model


def test_a_decision_evaluates_what_it_requires_first(model):
    result = model.evaluate("approver", {"lines": LINES, "紧急 程度": "紧急"})

    assert result.value == "总监"
    assert result.problems == ()
    assert [(match.element, match.table, match.rules) for match in result.matches] == [
        ("approver", "approver", (2,))
    ]


def test_the_default_answers_when_no_rule_matches(model):
    assert model.evaluate("approver", {"lines": LINES, "紧急 程度": "普通"}).value == "经理"


def test_a_value_that_is_not_allowed_becomes_null_with_a_reason(model):
    result = model.evaluate("approver", {"lines": LINES, "紧急 程度": "随便"})

    assert result.value == "经理"
    assert [problem.error.params["expected"] for problem in result.problems] == ["tLevel"]


def test_a_missing_input_is_named(model):
    result = model.evaluate("total", {})

    first = result.problems[0]
    assert (first.element, first.error.code) == ("lines", "missing_input")


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("table", '[{name: "a", rank: 1}, {name: "b", rank: null}]'),
        ("list", "[1, 2]"),
        ("doubled", "4"),
        ("choice", '"large"'),
        ("dear", "[{price: 20, unit count: 100}]"),
        ("some dear", "true"),
        ("all dear", "false"),
    ],
)
def test_every_kind_of_boxed_expression_has_a_value(model, entry, expected):
    result = model.evaluate("shapes", {"lines": LINES})

    assert feel_text(result.value[entry]).replace('"unit count"', "unit count") == expected


def test_a_decision_sees_only_what_it_requires(model):
    result = model.evaluate("blind", {"lines": LINES, "total": 5})

    assert result.value is None
    assert result.problems[0].error.code == "unknown_name"


def test_requirements_in_a_circle_end_in_a_problem(model):
    result = model.evaluate("circle a", {})

    assert result.value is None
    assert "circular_requirement" in [problem.error.code for problem in result.problems]


def test_a_decision_service_takes_its_inputs_by_name(model):
    result = model.evaluate("approval service", {"total": 10, "紧急 程度": "普通"})

    assert result.value == "主管"


def test_a_decision_service_is_a_function_in_expressions(model):
    assert model.evaluate("through service", {}).value == "总监"


def test_business_knowledge_may_call_itself(model):
    assert model.evaluate("factorial", {"n": 10}).value == 3628800


def test_endless_recursion_ends_within_the_budget(model):
    result = model.evaluate("factorial", {"n": 10**6}, limits=Limits(depth=30))

    assert result.value is None
    assert result.problems[-1].error.code == "too_deep"


def test_an_unknown_decision_is_a_problem(model):
    assert model.evaluate("nothing", {}).problems[0].error.code == "unknown_name"


def test_broken_expressions_are_found_without_running_them(model):
    (finding,) = model.findings()

    assert (finding.element, finding.code, finding.params["expression"]) == (
        "broken",
        "unexpected_end",
        "1 +",
    )
    assert finding.line > 0


def test_a_model_is_written_as_it_was_read(model):
    written = write_dmn(model)

    again = read_dmn(written)

    assert again.findings == ()
    assert again.model == model
    assert write_dmn(again.model) == written
    assert b"<tool:note" in written


@pytest.mark.parametrize(
    ("version", "uri"), [("1.3", b"20191111/MODEL"), ("1.4", b"20211108/MODEL"), ("1.5", b"20230324/MODEL")]
)
def test_a_model_is_written_in_the_version_asked_for(model, version, uri):
    assert uri in write_dmn(model, version)


def imported(name, uses):
    return f"""<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="http://example.com/{name}" name="{name}">
      <import namespace="http://example.com/{uses}" name="{uses} model" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>
      <decision id="d" name="{name} decision"><variable name="{name} decision" typeRef="string"/>
        <informationRequirement><requiredDecision href="http://example.com/{uses}#d"/></informationRequirement>
        <literalExpression><text>"{name}: " + {uses} model.{uses} decision</text></literalExpression></decision>
    </definitions>""".encode()


BASE = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="http://example.com/base" name="base">
  <inputData id="i" name="person name"><variable name="person name" typeRef="string"/></inputData>
  <decision id="d" name="base decision"><variable name="base decision" typeRef="string"/>
    <informationRequirement><requiredInput href="#i"/></informationRequirement>
    <literalExpression><text>"hello " + person name</text></literalExpression></decision>
</definitions>"""


def test_a_boxed_loop_may_run_over_bare_bounds():
    loop = (
        b'<for iteratorVariable="i"><in><literalExpression><text>1..3</text></literalExpression></in>'
        b"<return><literalExpression><text>i * i</text></literalExpression></return></for>"
    )
    data = BASE.replace(b'<literalExpression><text>"hello " + person name</text></literalExpression>', loop)
    data = data.replace(b'name="base decision" typeRef="string"', b'name="base decision"')

    result = read_dmn(data).model.evaluate("base decision", {})

    assert feel_text(result.value) == "[1, 4, 9]"


def test_an_imported_model_has_its_own_inputs():
    base = read_dmn(BASE).model
    middle = read_dmn(imported("middle", "base"), [base]).model
    top = read_dmn(imported("top", "middle"), [middle]).model

    result = top.evaluate("top decision", {"middle model": {"base model": {"person name": "张三"}}})

    assert result.value == "top: middle: hello 张三"
    assert result.problems == ()


def test_a_missing_import_is_a_problem():
    top = read_dmn(imported("top", "base")).model

    result = top.evaluate("top decision", {})

    assert result.value is None
    assert result.problems[0].error.code == "unknown_reference"
