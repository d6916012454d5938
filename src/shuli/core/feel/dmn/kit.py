"""Compare a model with the cases of the Technology Compatibility Kit (TCK)."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shuli.core.feel.compare import same
from shuli.core.feel.dmn.evaluate import DecisionResult
from shuli.core.feel.dmn.model import Decision, DecisionService, Model
from shuli.core.feel.dmn.read_expressions import normal_name
from shuli.core.feel.dmn.xml import child, children, local, open_xml
from shuli.core.feel.numbers import NUMERIC, number_from_literal
from shuli.core.feel.temporal import reading
from shuli.core.feel.text import brief

_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
# The kit writes results with fewer digits than FEEL computes.
_TOLERANCE = Decimal("1e-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a case expects of one node."""

    name: str
    value: Any
    is_error: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    id: str
    service: str  # the decision service or business knowledge that is invoked, "" for decisions
    inputs: Mapping[str, Any]
    expected: tuple[Expected, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KitFile:
    """The cases of one file, and the name of the model that they are about."""

    model: str
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResult:
    """The outcome of one node of one case; `reason` is empty when it passed."""

    id: str
    reason: str = ""

    @property
    def passed(self) -> bool:
        return not self.reason


def read_cases(data: bytes) -> KitFile:
    """Return the cases of a kit's file; ValueError when it is none."""
    root, refused = open_xml(data)
    if refused is not None or local(root) != "testCases":
        raise ValueError(f"Expected a file of test cases but found {refused or local(root)}")
    name = child(root, "modelName")
    cases = tuple(_case(part, number) for number, part in enumerate(children(root, "testCase"), 1))
    return KitFile(model="" if name is None else (name.text or "").strip(), cases=cases)


def run_case(model: Model, case: Case, now: dt.datetime | None = None) -> tuple[CaseResult, ...]:
    """Return the result of every node of a case."""
    return tuple(_compared(model, case, expected, now) for expected in case.expected)


def _case(element: Any, number: int) -> Case:
    kind = element.get("type", "decision")
    inputs = {normal_name(part.get("name")): _value(part) for part in children(element, "inputNode")}
    return Case(
        id=element.get("id") or element.get("name") or str(number),
        service=normal_name(element.get("invocableName")) if kind != "decision" else "",
        inputs=inputs,
        expected=tuple(_expected(part) for part in children(element, "resultNode")),
    )


def _expected(element: Any) -> Expected:
    expected = child(element, "expected")
    return Expected(
        name=normal_name(element.get("name")),
        value=None if expected is None else _value(expected),
        is_error=element.get("errorResult") == "true",
    )


def _value(element: Any) -> Any:
    """Return the value that an element of the kit holds."""
    if element.get(_NIL) == "true":
        return None
    components = children(element, "component")
    if components:
        return {normal_name(part.get("name")): _value(part) for part in components}
    items = child(element, "list")
    if items is not None:
        return None if items.get(_NIL) == "true" else [_value(item) for item in children(items, "item")]
    value = child(element, "value")
    return None if value is None else _simple(value)


def _simple(element: Any) -> Any:
    if element.get(_NIL) == "true":
        return None
    kind = (element.get(_TYPE) or "string").rpartition(":")[2]
    text = element.text or ""
    read = _SIMPLE.get(kind)
    return text if read is None else read(text.strip())


_SIMPLE: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(("decimal", "double", "integer", "int", "long", "float"), number_from_literal),
    "boolean": lambda text: text in ("true", "1"),
    "date": reading.date_from,
    "time": reading.time_from,
    "dateTime": reading.date_time_from,
    **dict.fromkeys(("duration", "dayTimeDuration", "yearMonthDuration"), reading.duration_from),
}


def _compared(model: Model, case: Case, expected: Expected, now: dt.datetime | None) -> CaseResult:
    result = model.evaluate(case.service or expected.name, case.inputs, now)
    value = _output(model, case, expected, result)
    identity = f"{case.id}/{expected.name}"
    if not is_close(value, expected.value):
        problems = "; ".join(str(problem.error) for problem in result.problems[:3])
        found = f"expected {brief(expected.value, 200)} but found {brief(value, 200)}"
        return CaseResult(id=identity, reason=f"{found} ({problems})" if problems else found)
    if expected.is_error and not result.problems:
        return CaseResult(id=identity, reason="expected a recorded error but found none")
    return CaseResult(id=identity)


def _output(model: Model, case: Case, expected: Expected, result: DecisionResult) -> Any:
    """Return the part of a service's result that a case asks for."""
    service = model.by_name.get(case.service)
    if not isinstance(service, DecisionService) or len(service.output_decisions) < 2:
        return result.value
    names = [
        element.name for element in model.elements
        if isinstance(element, Decision) and f"#{element.id}" in service.output_decisions
    ]  # fmt: skip
    value = result.value
    return value.get(expected.name) if expected.name in names and isinstance(value, dict) else value


def is_close(value: Any, expected: Any) -> bool:
    """Return whether a value is the expected one; numbers may differ by one part in a hundred million."""
    if type(value) in NUMERIC and type(expected) in NUMERIC:
        return bool(abs(value - expected) <= _TOLERANCE * max(1, abs(expected)))
    if isinstance(value, list) and isinstance(expected, list):
        return len(value) == len(expected) and _all_close(value, expected)
    if isinstance(value, dict) and isinstance(expected, dict):
        return value.keys() == expected.keys() and _all_close(
            [value[name] for name in expected], list(expected.values())
        )
    return same(value, expected)


def _all_close(values: Sequence[Any], expected: Sequence[Any]) -> bool:
    return all(is_close(one, other) for one, other in zip(values, expected, strict=True))
