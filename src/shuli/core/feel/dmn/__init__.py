"""DMN decision models: read, check, evaluate, write."""

from shuli.core.feel.dmn.evaluate import DecisionResult
from shuli.core.feel.dmn.findings import Finding
from shuli.core.feel.dmn.model import Model
from shuli.core.feel.dmn.read import Reading, read_dmn
from shuli.core.feel.dmn.recording import Match, Problem
from shuli.core.feel.dmn.table import Aggregation, DecisionTable, HitPolicy, Input, Output, Rule

__all__ = [
    "Aggregation",
    "DecisionResult",
    "DecisionTable",
    "Finding",
    "HitPolicy",
    "Input",
    "Match",
    "Model",
    "Output",
    "Problem",
    "Reading",
    "Rule",
    "read_dmn",
]
