"""What other vendors' extensions say that has no effect here: each is told, none is lost, for all are written back.

What is not named here and not understood either is told as well, in one general sentence.
"""

from collections.abc import Mapping

from shuli.core.bpmn.extension import Mistake

# How another engine runs the step inside: transactions, retries, priorities of jobs.
TECHNICAL = frozenset(
    {"async", "asyncBefore", "asyncAfter", "exclusive", "jobPriority", "taskPriority", "failedJobRetryTimeCycle",
     "retries", "jobRetryTimeCycle"}
)  # fmt: skip
# Programs of the other engine's own.
LISTENERS = frozenset(
    {"executionListener", "taskListener", "executionListeners", "taskListeners", "eventListener"}
)
PROGRAMS = frozenset({"class", "delegateExpression", "variableMappingClass", "variableMappingDelegateExpression",
                      "connector"})  # fmt: skip
# What describes the model and asks for nothing.
DESCRIBING = frozenset(
    {"versionTag", "historyTimeToLive", "isStartableInTasklist", "modelerTemplate", "modelerTemplateVersion",
     "modelerTemplateIcon", "diagramRelationId", "properties", "property", "userTask", "taskHeaders", "header",
     "candidateStarterUsers", "candidateStarterGroups", "type", "decisionRefBinding", "decisionRefVersion",
     "calledElementBinding", "formRefBinding", "mapDecisionResult"}
)  # fmt: skip


def ignored(name: str, prefix: str) -> tuple[Mistake, ...]:
    """Return what to tell about an attribute or element, by its name without namespace; nothing about a description."""
    if name in DESCRIBING:
        return ()
    return (Mistake(code=code_of(name), params={"found": f"{prefix}:{name}"}),)


def code_of(name: str) -> str:
    for names, code in CODES.items():
        if name in names:
            return code
    return "vendor_no_effect"


CODES: Mapping[frozenset[str], str] = {
    TECHNICAL: "vendor_technical",
    LISTENERS: "listener_not_run",
    PROGRAMS: "program_not_run",
    frozenset({"caseRef"}): "case_model_called",
    frozenset({"resource"}): "script_elsewhere",
}
