"""Try a decision with sample values before it is published: which row fires, and whether it is what was expected."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from shuli.core.feel import ExpressionError, compile_expression
from shuli.core.feel.dmn import Model
from shuli.core.feel.dmn.decided import decide, main_table
from shuli.core.feel.dmn.one_decision import variables_of_table
from shuli.core.feel.text import brief
from shuli.kit import clock
from shuli.kit.feel_words import error_words

MOST_SAMPLES = 100
LONGEST_INPUT = 2_000


@dataclass(frozen=True, kw_only=True)
class Tried:
    """What came of one sample."""

    value: str
    rows: tuple[int, ...] = ()
    # None where nothing was expected
    is_right: bool | None = None
    # what is wrong with an input or the expectation, by name; "" for the decision itself
    problems: Mapping[str, str] | None = None


def variables(model: Model) -> tuple[str, ...]:
    """Return the variables that a sample gives: those that the table reads."""
    table = main_table(model)
    return variables_of_table(table) if table is not None else ()


def clean_samples(samples: Any) -> list[dict[str, Any]]:
    """Return samples as they are kept: texts only, and not too many."""
    found = []
    for one in samples if isinstance(samples, list) else []:
        if isinstance(one, Mapping) and isinstance(one.get("inputs"), Mapping):
            inputs = {str(k)[:200]: str(v)[:LONGEST_INPUT] for k, v in one["inputs"].items()}
            found.append({"inputs": inputs, "expected": str(one.get("expected", ""))[:LONGEST_INPUT]})
    return found[:MOST_SAMPLES]


def try_samples(model: Model, samples: Iterable[Mapping[str, Any]]) -> list[Tried]:
    """Return what the model decides for each sample."""
    return [try_sample(model, sample) for sample in samples]


def try_sample(model: Model, sample: Mapping[str, Any]) -> Tried:
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for name, text in sample.get("inputs", {}).items():
        value, problem = feel_input(str(text))
        values[name] = value
        if problem:
            problems[name] = problem
    decided = decide(model, {name: values.get(name) for name in variables(model)}, clock.local_now())
    expected, wrong = feel_input(str(sample.get("expected", "")))
    if wrong:
        problems["expected"] = wrong
    asked = bool(str(sample.get("expected", "")).strip()) and not wrong
    return Tried(
        value=brief(decided.value, 200),
        rows=decided.rows,
        is_right=brief(decided.value, 4_000) == brief(expected, 4_000) if asked else None,
        problems=problems,
    )


def feel_input(text: str) -> tuple[Any, str]:
    """Return the value of FEEL text (null for none), and what is wrong with it."""
    if not text.strip():
        return None, ""
    try:
        return compile_expression(text).evaluate({}, clock.local_now()), ""
    except ExpressionError as error:
        return None, error_words(error)
