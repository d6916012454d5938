"""The runner of the compatibility kit compares values, not texts, and prints what failed."""

import pytest

from shuli.core.feel import compile_expression
from shuli.core.feel.dmn.kit import is_close, read_cases
from shuli.server.tck import run_tck

MODEL = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="n" name="m">
  <inputData id="i" name="n"><variable name="n" typeRef="number"/></inputData>
  <decision id="d" name="double"><variable name="double" typeRef="number"/>
    <informationRequirement><requiredInput href="#i"/></informationRequirement>
    <literalExpression><text>n * 2</text></literalExpression></decision>
</definitions>"""
CASES = """<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
  <modelName>m.dmn</modelName>
  <testCase id="001"><inputNode name="n"><value xsi:type="xsd:decimal">4</value></inputNode>
    <resultNode name="double"><expected><value xsi:type="xsd:decimal">8.000000000001</value></expected></resultNode></testCase>
  <testCase id="002"><inputNode name="n"><value xsi:type="xsd:string">x</value></inputNode>
    <resultNode name="double" errorResult="true"><expected><value xsi:nil="true"/></expected></resultNode></testCase>
  <testCase id="003"><inputNode name="n"><value xsi:type="xsd:decimal">4</value></inputNode>
    <resultNode name="double"><expected><value xsi:type="xsd:decimal">9</value></expected></resultNode></testCase>
</testCases>"""


@pytest.fixture
def kit(tmp_path):
    folder = tmp_path / "compliance-level-2" / "0001-double"
    folder.mkdir(parents=True)
    (folder / "m.dmn").write_text(MODEL, encoding="utf-8")
    (folder / "m-test-01.xml").write_text(CASES, encoding="utf-8")
    return tmp_path


def test_the_runner_counts_by_level_and_names_what_failed(kit, capsys):
    status = run_tck(kit)

    first, second = capsys.readouterr().out.splitlines()
    assert status == 1
    assert first == "level-2: 2 passed, 1 failed"
    assert second.startswith("0001-double/003/double: expected 9 but found 8")


def test_a_folder_without_cases_is_said_to_be_empty(tmp_path, capsys):
    assert run_tck(tmp_path) == 2
    assert "found none" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("1", "1.000000001", True),
        ("1", "1.0001", False),
        ("[1, 2]", "[1, 2]", True),
        ("[1]", "[1, 2]", False),
        ("{a: 1}", "{a: 1, b: null}", False),
        ("null", "null", True),
        ("null", "false", False),
        ('"1"', "1", False),
    ],
)
def test_values_are_compared_with_the_precision_of_the_kit(one, other, expected):
    values = (compile_expression(text).evaluate({}) for text in (one, other))

    assert is_close(*values) is expected


def test_values_of_every_type_are_read():
    inside = "".join(
        f'<component name="{kind}"><value xsi:type="xsd:{kind}">{text}</value></component>'
        for kind, text in (
            ("boolean", "true"),
            ("date", "2020-01-01"),
            ("duration", "P1D"),
            ("string", " a "),
        )
    )
    data = CASES.replace('<value xsi:type="xsd:decimal">4</value>', inside, 1).encode()

    case = read_cases(data).cases[0]

    assert case.inputs["n"]["boolean"] is True
    assert case.inputs["n"]["string"] == " a "
    assert str(case.inputs["n"]["date"]) == "2020-01-01"


def test_a_file_that_is_no_kit_is_refused():
    with pytest.raises(ValueError, match="test cases"):
        read_cases(b"<other/>")
