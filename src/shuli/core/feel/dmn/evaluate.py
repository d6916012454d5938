"""Evaluate decisions: what they require first, every element once."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shuli.core.feel.budget import Limits, Run, bounded
from shuli.core.feel.compiler.scope import ContextScope
from shuli.core.feel.convert import feel_value
from shuli.core.feel.dmn.compiled_model import CompiledModel, Located, Parameter, name_of
from shuli.core.feel.dmn.model import (
    AnyElement,
    BusinessKnowledge,
    Decision,
    DecisionService,
    InputData,
)
from shuli.core.feel.dmn.place import admitted
from shuli.core.feel.dmn.read import references_of
from shuli.core.feel.dmn.recording import MODEL_LIMITS, Match, ModelRun, Problem
from shuli.core.feel.errors import ExpressionError, OutOfBudget
from shuli.core.feel.types import FeelType, FunctionType, Simple
from shuli.core.feel.values import Function

_MOST_LEVELS = 60
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionResult:
    """What a decision answered: the value (None is null), why something was null, the rules that matched."""

    value: Any
    problems: tuple[Problem, ...] = ()
    matches: tuple[Match, ...] = ()


class Evaluation:
    """One evaluation: the inputs, and every value that is known so far by import path and id."""

    def __init__(self, root: CompiledModel, inputs: Mapping[str, Any], run: ModelRun) -> None:
        self.root = root
        self.run = run
        self._inputs = inputs
        self._known: dict[tuple[Path, str], Any] = {}
        self._open: set[tuple[Path, str]] = set()

    def value_of(self, located: Located) -> Any:
        """Return the value of an element, evaluated at most once."""
        key = (located.path, located.element.id)
        if key not in self._known:
            self._known[key] = self._evaluated(located, key)
        return self._known[key]

    def give(self, path: Path, identity: str, value: Any) -> None:
        """Set the value of an element instead of evaluating it."""
        self._known[path, identity] = value

    def _evaluated(self, located: Located, key: tuple[Path, str]) -> Any:
        if key in self._open or len(self._open) > _MOST_LEVELS:
            self.run.warn("", 0, "circular_requirement", {"name": located.element.name})
            return None
        before, self.run.element = self.run.element, located.element.name
        self._open.add(key)
        try:
            return self._of_kind(located)
        finally:
            self._open.discard(key)
            self.run.element = before

    def _of_kind(self, located: Located) -> Any:
        element = located.element
        if isinstance(element, InputData):
            return self._input(located, element)
        if isinstance(element, DecisionService):
            return service_function(self, located, element)
        if isinstance(element, BusinessKnowledge):
            return self._knowledge(located, element)
        closure = located.model.closure(element)
        return None if closure is None else closure(self.scope(located))

    def scope(self, located: Located) -> ContextScope:
        """Return the scope of an element: what it requires, and nothing else."""
        scope = ContextScope({}, self.run)
        for href in references_of(located.element):
            found = located.model.find(href)
            if found is None:
                self.run.warn("", 0, "unknown_reference", {"found": href})
            else:
                self._bind(scope, found, located.path)
        return scope

    def _bind(self, scope: dict[str, Any], found: Located, path: Path) -> None:
        """Set the name of a required element; one of an imported model stands in a context of that name."""
        value = self.value_of(Located(found.model, path + found.path, found.element))
        for name in found.path:
            if name:
                scope = scope.setdefault(name, {})
        scope[name_of(found.element)] = value

    def _knowledge(self, located: Located, element: BusinessKnowledge) -> Function | None:
        # the scope fills itself after the function is known, so that knowledge may require itself
        scope = ContextScope({}, self.run)
        closure = located.model.closure(element)
        function = None if closure is None else closure(scope)
        if not isinstance(function, Function):
            return None
        made = _with_result(function, located, element)
        self._known[located.path, element.id] = made
        scope.update(self.scope(located))
        return made

    def _input(self, located: Located, element: InputData) -> Any:
        inputs: Any = self._inputs
        for name in located.path:
            inner = inputs.get(name) if name and isinstance(inputs, Mapping) else None
            inputs = inner if isinstance(inner, Mapping) else inputs
        name = name_of(element)
        if not isinstance(inputs, Mapping) or name not in inputs:
            self.run.warn("", 0, "missing_input", {"name": name})
            return None
        kind = located.model.type_named(element.variable.type)
        value = feel_value(inputs[name])
        return value if kind is None else admitted(self.scope(located), value, kind, element.variable.type)


def _with_result(function: Function, located: Located, element: BusinessKnowledge) -> Function:
    result = located.model.type_named(element.variable.type)
    return Function(
        parameters=function.parameters, types=function.types, call=function.call, name=name_of(element),
        result=_result_type(result),
    )  # fmt: skip


def _result_type(kind: FeelType | None) -> FeelType | None:
    """Return the type of a function's result, whether it is declared itself or as a part of a function type."""
    if isinstance(kind, FunctionType):
        return None if kind.result is Simple.ANY else kind.result
    return None if kind is Simple.FUNCTION else kind


def service_function(evaluation: Evaluation, located: Located, service: DecisionService) -> Function:
    """Return a decision service as a function of its inputs."""
    parameters = located.model.parameters(service)

    def call(_: Run, *values: Any) -> Any:
        return run_service(evaluation, located, service, dict(zip(parameters, values, strict=True)))

    kind = located.model.type_named(service.variable.type)
    return Function(
        parameters=tuple(parameter.name for parameter in parameters),
        types=tuple(parameter.type for parameter in parameters),
        call=call,
        name=name_of(service),
        result=_result_type(kind),
    )


def run_service(
    evaluation: Evaluation, located: Located, service: DecisionService, given: Mapping[Parameter, Any]
) -> Any:
    """Return the output of a decision service: one value, or a context when it has several outputs."""
    inner = Evaluation(evaluation.root, {}, evaluation.run)
    for parameter, value in given.items():
        inner.give(located.path + parameter.path, parameter.id, value)
    outputs: dict[str, Any] = {}
    for href in service.output_decisions:
        found = located.model.find(href)
        if found is not None:
            element = Located(found.model, located.path + found.path, found.element)
            outputs[name_of(found.element)] = inner.value_of(element)
    return next(iter(outputs.values())) if len(outputs) == 1 else outputs


def evaluate(
    root: CompiledModel,
    name: str,
    inputs: Mapping[str, Any],
    now: dt.datetime | None = None,
    limits: Limits | None = None,
) -> DecisionResult:
    """Return the result of a decision, or of a decision service or business knowledge with named inputs."""
    run = ModelRun(limits or MODEL_LIMITS, now)
    element = root.model.by_name.get(name) or root.model.by_id.get(name)
    if element is None:
        run.warn(name, 0, "unknown_name", {"name": name})
        return DecisionResult(value=None, problems=tuple(run.problems))
    evaluation = Evaluation(root, inputs, run)
    try:
        value = bounded(_value(evaluation, Located(root, (), element), inputs), limits or MODEL_LIMITS)
    except (OutOfBudget, RecursionError) as stopped:
        code = stopped.code if isinstance(stopped, OutOfBudget) else "too_deep"
        error = ExpressionError(code=code, expression=name)
        run.problems.append(Problem(element=run.element or name, error=error))
        value = None
    return DecisionResult(value=value, problems=tuple(run.problems), matches=tuple(run.matches))


def _value(evaluation: Evaluation, located: Located, inputs: Mapping[str, Any]) -> Any:
    value = evaluation.value_of(located)
    if not isinstance(value, Function) or isinstance(located.element, (Decision, InputData)):
        return value
    return _called(evaluation, value, located.element, inputs)


def _called(
    evaluation: Evaluation, function: Function, element: AnyElement, inputs: Mapping[str, Any]
) -> Any:
    run = evaluation.run
    run.element = element.name
    scope = ContextScope({}, run)
    values: list[Any] = []
    for index, name in enumerate(function.parameters):
        if name not in inputs:
            run.warn(element.name, 0, "missing_input", {"name": name})
        value = feel_value(inputs.get(name))
        kind = function.types[index] if function.types else None
        values.append(value if kind is None else admitted(scope, value, kind, str(kind)))
    result = function.call(run, *values)
    return (
        result if function.result is None else admitted(scope, result, function.result, str(function.result))
    )
