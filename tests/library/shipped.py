"""The processes that ship, read once for all tests of this folder."""

import json
from dataclasses import replace
from functools import cache
from importlib import resources

from shuli.core.bpmn import BpmnDocument, compile_process, read_bpmn
from shuli.core.bpmn.graph import ProcessGraph
from shuli.core.feel.dmn import read_dmn
from shuli.core.feel.dmn.decided import decide as by_model
from shuli.core.forms import FormDefinition, read_form

KEYS = (
    "P-APPRAISAL", "P-AUDIT", "P-COMPLAINT", "P-DELIVERY", "P-DOC", "P-FEEDBACK", "P-NEW", "P-PLAN", "P-PROJECT",
    "P-PROPOSAL", "P-QA", "P-QUALITY", "P-QUARTER", "P-REVIEW", "P-TRIAL",
)  # fmt: skip

# The codes by which departments are known in a new installation.
DEPARTMENTS = frozenset(
    ["service", "product", "operations", "tech", "finance", "marketing", "legal", "rnd", "pmo", "opsmgmt", "logistics",
     "design", "strategy", "production", "purchasing", "sales", "quality", "techcenter", "management"]
)  # fmt: skip


def folder(key: str):
    return resources.files("shuli.library") / "processes" / key


@cache
def facts(key: str) -> dict:
    return json.loads((folder(key) / "process.json").read_text(encoding="utf-8"))


@cache
def reading(key: str):
    return read_bpmn((folder(key) / "process.bpmn").read_bytes())


def document(key: str) -> BpmnDocument:
    return reading(key).document


@cache
def graph(key: str) -> ProcessGraph:
    return compile_process(document(key)).graph


@cache
def raw_forms(key: str) -> dict[str, dict]:
    files = [file for file in (folder(key) / "forms").iterdir() if file.name.endswith(".json")]
    return {file.name.removesuffix(".json"): json.loads(file.read_text(encoding="utf-8")) for file in files}


@cache
def forms(key: str) -> dict[str, FormDefinition]:
    return {name: read_form(raw).form for name, raw in raw_forms(key).items()}


@cache
def decision_model(process: str, key: str):
    file = folder(process) / "decisions" / f"{key}.dmn"
    return read_dmn(file.read_bytes()).model


def decide(decision: str, variables: dict, now=None):
    """Decide by what P-COMPLAINT ships."""
    return replace(
        by_model(decision_model("P-COMPLAINT", decision), variables, now), decision=decision, version=1
    )


def people_nodes(key: str):
    return [node for node in graph(key).nodes.values() if node.kind == "user_task"]
