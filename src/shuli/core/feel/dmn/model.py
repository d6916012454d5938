"""A decision model as DMN 1.3 to 1.5 describe it, as frozen values."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from shuli.core.feel.budget import Limits
from shuli.core.feel.dmn.findings import Finding
from shuli.core.feel.dmn.table import DecisionTable

if TYPE_CHECKING:
    from shuli.core.feel.dmn.compiled_model import CompiledModel
    from shuli.core.feel.dmn.evaluate import DecisionResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """A name with the type that is declared for it ("" for none)."""

    name: str
    type: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxed:
    """What all kinds of boxed expressions have."""

    type: str = ""
    id: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeelText(Boxed):
    """FEEL text."""

    text: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Boxed):
    table: DecisionTable


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextEntry:
    variable: Variable | None  # None: the result of the whole context
    value: "Expression | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxedContext(Boxed):
    entries: tuple[ContextEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation(Boxed):
    columns: tuple[Variable, ...] = ()
    rows: tuple[tuple["Expression | None", ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxedList(Boxed):
    items: tuple["Expression | None", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    parameter: Variable
    value: "Expression | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invocation(Boxed):
    function: "Expression | None" = None
    bindings: tuple[Binding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxedFunction(Boxed):
    parameters: tuple[Variable, ...] = ()
    body: "Expression | None" = None
    kind: Literal["FEEL", "Java", "PMML"] = "FEEL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditional(Boxed):
    condition: "Expression | None" = None
    then: "Expression | None" = None
    otherwise: "Expression | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxedLoop(Boxed):
    variable: str = ""
    source: "Expression | None" = None
    body: "Expression | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxedQuantifier(Boxed):
    every: bool
    variable: str = ""
    source: "Expression | None" = None
    condition: "Expression | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxedFilter(Boxed):
    source: "Expression | None" = None
    condition: "Expression | None" = None


Expression: TypeAlias = (
    FeelText | Table | BoxedContext | Relation | BoxedList | Invocation | BoxedFunction | Conditional
    | BoxedLoop | BoxedQuantifier | BoxedFilter
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDefinition:
    """A type of the model: another type with a restriction, a structure, a list or a function."""

    name: str
    type: str = ""
    is_collection: bool = False
    allowed_values: str = ""  # tests for a value, or for every item of a collection
    type_constraint: str = ""  # tests for the value as a whole
    components: tuple["ItemDefinition", ...] = ()
    parameters: tuple[Variable, ...] | None = None  # of a function type
    result: str = ""
    id: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """What all elements of the requirement graph have."""

    id: str
    name: str
    label: str = ""
    description: str = ""
    extensions: str = ""  # elements of other makers, as XML, kept for writing
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class InputData(Element):
    variable: Variable


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Element):
    variable: Variable
    expression: Expression | None = None
    question: str = ""
    allowed_answers: str = ""
    # references to other elements: "#id" or "namespace#id"
    required_inputs: tuple[str, ...] = ()
    required_decisions: tuple[str, ...] = ()
    required_knowledge: tuple[str, ...] = ()
    # what the element is based on: the kind of reference (requiredAuthority …) and the reference
    authorities: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessKnowledge(Element):
    variable: Variable
    function: BoxedFunction | None = None
    required_knowledge: tuple[str, ...] = ()
    # what the element is based on: the kind of reference (requiredAuthority …) and the reference
    authorities: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionService(Element):
    variable: Variable
    output_decisions: tuple[str, ...] = ()
    encapsulated_decisions: tuple[str, ...] = ()
    input_decisions: tuple[str, ...] = ()
    input_data: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeSource(Element):
    kind: str = ""
    location: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    namespace: str
    name: str  # "": the elements are known by their own names
    kind: str = ""
    location: str = ""


AnyElement: TypeAlias = InputData | Decision | BusinessKnowledge | DecisionService | KnowledgeSource


@dataclass(frozen=True, kw_only=True)
class Model:
    """A file of decisions. `models` are the models that its imports name."""

    namespace: str
    name: str
    id: str = ""
    description: str = ""
    imports: tuple[Import, ...] = ()
    types: tuple[ItemDefinition, ...] = ()
    elements: tuple[AnyElement, ...] = ()
    extensions: str = ""
    diagrams: str = ""  # the DMNDI part as XML, kept for writing
    models: tuple["Model", ...] = field(default=(), compare=False, repr=False)

    @cached_property
    def by_id(self) -> dict[str, AnyElement]:
        return {element.id: element for element in self.elements}

    @cached_property
    def by_name(self) -> dict[str, AnyElement]:
        return {element.name: element for element in reversed(self.elements)}

    def evaluate(
        self,
        name: str,
        inputs: Mapping[str, Any],
        now: dt.datetime | None = None,
        limits: Limits | None = None,
    ) -> "DecisionResult":
        """Return the result of a decision, decision service or business knowledge by its name (or id).

        `inputs` are the values of input data by name; those of an imported model stand in a mapping
        under the name of the import. Whatever goes wrong is null and stands among the problems.
        """
        from shuli.core.feel.dmn.evaluate import evaluate

        return evaluate(self._compiled, name, inputs, now, limits)

    def findings(self) -> "tuple[Finding, ...]":
        """Return every error in the expressions of the model."""
        return self._compiled.findings()

    @cached_property
    def _compiled(self) -> "CompiledModel":
        # evaluation builds on these values, so they know it only when they are asked
        from shuli.core.feel.dmn.compiled_model import CompiledModel

        return CompiledModel(self, self.known_models)

    @cached_property
    def known_models(self) -> dict[str, "Model"]:
        """Return every model that can be reached, by its namespace."""
        known: dict[str, Model] = {}
        waiting = [self]
        while waiting:
            model = waiting.pop()
            if model.namespace not in known:
                known[model.namespace] = model
                waiting.extend(model.models)
        return known
