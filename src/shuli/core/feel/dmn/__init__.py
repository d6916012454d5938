"""DMN decision models: read, check, evaluate, write."""

from shuli.core.feel.dmn.check import check_table
from shuli.core.feel.dmn.evaluate import DecisionResult
from shuli.core.feel.dmn.findings import Finding
from shuli.core.feel.dmn.model import Model
from shuli.core.feel.dmn.one_decision import model_of_table
from shuli.core.feel.dmn.read import Reading, read_dmn
from shuli.core.feel.dmn.recording import Match, Problem
from shuli.core.feel.dmn.standalone import RunnableTable, TableResult, compile_table
from shuli.core.feel.dmn.table import Aggregation, DecisionTable, HitPolicy, Input, Output, Rule
from shuli.core.feel.dmn.write import write_dmn

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
    "RunnableTable",
    "TableResult",
    "check_table",
    "compile_table",
    "model_of_table",
    "read_dmn",
    "write_dmn",
]
