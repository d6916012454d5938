"""A decision table as plain data, as a page edits it."""

from dataclasses import dataclass
from enum import Enum


class HitPolicy(Enum):
    """What a table answers when several rules match."""

    UNIQUE = "UNIQUE"
    FIRST = "FIRST"
    PRIORITY = "PRIORITY"
    ANY = "ANY"
    COLLECT = "COLLECT"
    RULE_ORDER = "RULE ORDER"
    OUTPUT_ORDER = "OUTPUT ORDER"

    @property
    def answers_list(self) -> bool:
        """Return whether the answer is a list (unless it is aggregated)."""
        return self in (HitPolicy.COLLECT, HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER)


class Aggregation(Enum):
    """What the policy COLLECT makes of the outputs of the rules that match."""

    SUM = "SUM"
    COUNT = "COUNT"
    MIN = "MIN"
    MAX = "MAX"


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A column that is tested; `values` are the tests that every value must pass, "" for any value."""

    expression: str
    type: str = ""
    values: str = ""
    label: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A column that is answered. The order of `values` is the priority; `default` answers without a rule."""

    name: str = ""
    type: str = ""
    values: str = ""
    default: str = ""
    label: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row: a test for every input ("-" for any value), an expression for every output."""

    tests: tuple[str, ...]
    outputs: tuple[str, ...]
    annotation: str = ""
    annotations: tuple[str, ...] = ()  # for the further annotation columns
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTable:
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]
    hit_policy: HitPolicy = HitPolicy.UNIQUE
    aggregation: Aggregation | None = None
    name: str = ""
    # titles of the annotation columns
    annotations: tuple[str, ...] = ()
    id: str = ""

    @property
    def is_compound(self) -> bool:
        """Return whether a rule answers a context with an entry for every output."""
        return len(self.outputs) > 1
