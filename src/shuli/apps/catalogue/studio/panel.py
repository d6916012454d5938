"""The sections of the studio's panel: which fields which elements have. The island draws them, this says them."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuli.apps.catalogue.studio.records import (
    RECORDS,
    Choices,
    Spec,
    Words,
    attribute,
    child,
    children,
    content,
    flag,
    record,
    records,
    select,
    wording,
)

HUMAN = ["bpmn:UserTask", "bpmn:ManualTask"]
WORK = [
    *HUMAN,
    "bpmn:SendTask",
    "bpmn:ServiceTask",
    "bpmn:ScriptTask",
    "bpmn:BusinessRuleTask",
    "bpmn:ReceiveTask",
]
NODES = ["bpmn:FlowNode"]
RETURNS: Choices = (
    ("none", _("nowhere")),
    ("previous", _("to the step before")),
    ("starter", _("to the starter")),
    ("chosen", _("to a step that the performer chooses")),
)
REJECTION: Choices = (
    ("continue", _("the process goes on")),
    ("previous", _("back to the step before")),
    ("starter", _("back to the starter")),
    ("end", _("the case ends as rejected")),
)
RESUBMIT: Choices = (
    ("either", _("whoever sends it back says")),
    ("walk", _("through all steps between")),
    ("straight", _("straight to this step")),
)
SAME: Choices = (("keep", _("they do it again")), ("skip", _("it is passed if nothing has changed")))
STARTER: Choices = (
    ("self", _("they do it themselves")),
    ("skip", _("it is passed")),
    ("superior", _("their superior does it")),
    ("head", _("the head of their department does it")),
)
NOBODY: Choices = (
    ("admin", _("the process owner is asked")),
    ("pass", _("the step is passed")),
    ("reject", _("the step is rejected")),
    ("person", _("somebody else does it")),
    ("superior", _("the superior does it")),
)
VERBS: Choices = (
    ("none", pgettext_lazy("verbs", "nothing else")),
    ("reject", _("reject")),
    ("abstain", _("abstain")),
    ("return", _("send back")),
    ("transfer", _("hand over")),
    ("delegate", _("delegate")),
    ("take_back", _("take back")),
    ("urge", _("urge")),
    ("release", _("put back into the pool")),
    ("add_signer_before", _("add a signer before")),
    ("add_signer_after", _("add a signer after")),
    ("add_signer_beside", _("add a signer beside")),
)
VALUE: Choices = (
    ("", _("not assessed")),
    ("yes", _("value-added")),
    ("necessary", _("necessary, not value-added")),
    ("no", _("not value-added")),
)


def section(
    key: str, label: Words, icon: str, on: list[str], holder: str, *fields: Spec, **more: Any
) -> Spec:
    """Return a part of the panel: which elements have it, and which of Shuli's elements holds its fields."""
    return {
        "key": key,
        "label": label,
        "icon": icon,
        "on": on,
        "holder": holder,
        "fields": list(fields),
        **more,
    }


def native(name: str, label: Words, control: str = "text", **more: Any) -> Spec:
    """Return a field of BPMN's own, which the island knows by name."""
    return {"how": "native", "name": name, "label": label, "control": control, **more}


NAMES = section(
    "names", _("Name"), "tag", ["bpmn:BaseElement"], "",
    native("name", _("Chinese name"), "long"),
    native("englishName", _("English name"), "long"),
    native("id", _("Id in the file"), "shown"),
    open=True,
)  # fmt: skip
RESPONSIBLE = section(
    "responsible", _("Responsible"), "users", WORK, "duty",
    child("lead", _("Lead department"), "department"),
    children("cooperating", _("Cooperating departments"), "department"),
    record("performer", _("Performer"), "performer"),
    record("firstResponsible", _("First responsible"), "performer"),
    open=True,
)  # fmt: skip
WHAT = section(
    "what", _("What is to be done"), "checklist", [*WORK, "bpmn:CallActivity"], "duty",
    wording("instruction", _("Instruction")),
    wording("keyPoint", _("Key point")),
    wording("standard", _("Standard: what counts as done")),
    flag("decision", _("Decision node: needs a recorded signature")),
    flag("keyControlPoint", _("Key control point")),
    flag("becomesFirstResponder", _("Whoever completes it keeps the case")),
    open=True,
)  # fmt: skip
FORM = section(
    "form", _("Form and documents"), "forms", [*HUMAN, "bpmn:StartEvent"], "duty",
    attribute("form", _("Form"), "form"),
    records("right", _("Rights on fields"), "right"),
    records("output", _("Outputs"), "output"),
    children("input", _("Inputs"), "document"),
    open=True,
)  # fmt: skip
TIME = section(
    "time", _("Time limit"), "clock", HUMAN, "duty",
    records("limit", _("Limit (the strictest counts)"), "limit"),
    records("reminder", _("Reminders"), "offset"),
    records("escalation", _("Escalation"), "escalation"),
)  # fmt: skip
VOTE = section(
    "vote", _("Countersigning and vote"), "users-group", HUMAN, "duty",
    records("seat", _("Seats beside the lead"), "seat"),
    record("vote", _("Vote"), "vote"),
)  # fmt: skip
POLICIES = section(
    "policies", _("Rules"), "settings", HUMAN, "duty",
    select("returns", _("May be sent back"), RETURNS, "chosen"),
    select("onReject", _("After a rejection"), REJECTION, "continue"),
    select("resubmit", _("What was sent back returns"), RESUBMIT, "either"),
    attribute("mostRounds", _("May be begun at most so often"), "number"),
    select("samePerson", _("If the same person has just done the step before"), SAME, "keep"),
    select("starterPerforms", _("If the starter would do it"), STARTER, "self"),
    select("nobody", _("If nobody is found"), NOBODY, "admin"),
    record("fallback", _("Who does it then"), "performer"),
    flag("transferNeedsReason", _("Handing over needs a reason"), default=True),
    flag("transferNeedsAcceptance", _("Handing over needs acceptance")),
    {"how": "set", "name": "verb", "label": _("The performer may also (nothing chosen: everything)"), "options": VERBS},
    records("guard", _("Cannot be completed unless"), "guard"),
)  # fmt: skip
COST = section(
    "cost", _("Cost, value and risk"), "coin", WORK, "duty",
    attribute("cost", _("Cost each time"), "number"),
    select("valueAdded", _("Value for the customer"), VALUE, ""),
    wording("risk", _("Risk")),
)  # fmt: skip
TOLD = section(
    "told", _("Who is told"), "bell", NODES, "duty", record("notice", _("Notice"), "notice"),
    records("assign", _("Variables set on completion"), "assign"),
)  # fmt: skip
PHASE = section("phase", _("Phase"), "layout-rows", NODES, "inPhase", attribute("key", _("Phase"), "phase"))
FLOW = section(
    "flow", _("Condition"), "git-branch", ["bpmn:SequenceFlow"], "",
    native("condition", _("Is taken when"), "feel"),
    native("default", _("Is taken when no other condition is true"), "flag"),
    open=True,
)  # fmt: skip
LANE = section(
    "lane",
    _("Department"),
    "building",
    ["bpmn:Lane"],
    "lane",
    child("department", _("Department"), "department"),
    open=True,
)
PROCESS = section(
    "process", _("Process"), "sitemap", ["bpmn:Process", "bpmn:Collaboration", "bpmn:Participant"], "process",
    wording("goal", _("Goal")),
    child("title", _("What a case is called"), "feel"),
    attribute("owner", _("Process owner"), "post-code"),
    attribute("supervisor", _("Supervisor"), "post-code"),
    attribute("numberPattern", _("Number pattern, such as TS{yyyymmdd}{seq}")),
    select("withdraw", _("The starter may withdraw a case"), (
        ("before_first_action", _("before the first step is done")), ("any_time", _("any time")), ("never", _("never")),
    ), "before_first_action"),
    flag("ladder", _("Steps without escalation climb the usual ladder")),
    records("phase", _("Phases"), "phase"),
    of="process", open=True,
)  # fmt: skip
TIMER = section(
    "timer", _("Timer"), "clock", ["timer"], "timer",
    record("limit", _("In working time"), "limit"),
    record("cycle", _("Repeated in working time"), "offset"),
    native("timerKind", _("Or as text"), "select", options=(
        ("timeDuration", _("after a while")), ("timeDate", _("at a moment")), ("timeCycle", _("again and again")),
    )),
    native("timerText", _("ISO 8601 or FEEL, such as PT24H")),
    select("missed", _("Starts that were missed"), (
        ("once", _("one case for all of them")), ("each", _("one case each")), ("skip", _("no case for them")),
    ), "once"),
    of="event", open=True,
)  # fmt: skip
EVENT = section(
    "event", _("Trigger"), "bolt", ["message", "signal", "error", "escalation", "link"], "",
    native("eventName", _("Name")),
    native("eventCode", _("Code")),
    open=True,
)  # fmt: skip
CONDITIONAL = section(
    "conditional",
    _("Condition"),
    "bolt",
    ["conditional"],
    "",
    native("eventCondition", _("Happens when"), "feel"),
    open=True,
)
MESSAGE = section(
    "message", _("Message"), "mail", ["message"], "message",
    records("send", _("What it brings (nothing: all variables)"), "assign"),
    attribute("keepHours", _("Kept for so many hours"), "number", default="168"),
)  # fmt: skip
CORRELATION = section(
    "correlation",
    _("Which case is meant"),
    "key",
    ["message", "bpmn:ReceiveTask"],
    "correlation",
    content(_("Key of the case")),
)
DECISION = section(
    "decision", _("Decision"), "table", ["bpmn:BusinessRuleTask"], "decision",
    attribute("key", _("Decision table"), "decision"),
    attribute("result", _("Variable for the result")),
    open=True,
)  # fmt: skip
SCRIPT = section(
    "script", _("Calculation"), "calculator", ["bpmn:ScriptTask"], "script",
    native("script", _("FEEL"), "feel"),
    attribute("result", _("Variable for the result")),
    open=True,
)  # fmt: skip
SERVICE = section(
    "service", _("Service"), "server", ["bpmn:ServiceTask"], "service",
    select("kind", _("Who does the work"), (
        ("function", _("a function of Shuli")), ("http", _("a service over HTTP")), ("worker", _("a worker that fetches it")),
    ), "function"),
    attribute("name", _("Function or topic")),
    select("when", pgettext_lazy("studio", "When"), (("now", _("within the step")), ("later", _("as a job after it"))), "now"),
    select("method", _("Method"), tuple((one, one) for one in ("GET", "POST", "PUT", "PATCH", "DELETE")), "POST"),
    child("url", _("Address"), "text"),
    attribute("credential", _("Entry of the file of credentials")),
    records("header", _("Headers"), "header"),
    child("body", _("Body")),
    records("in", _("What is handed in"), "assign"),
    records("out", _("What is taken over"), "assign"),
    attribute("result", _("Variable for the result")),
    attribute("timeout", _("Seconds an attempt may take"), "number", default="10"),
    attribute("retries", _("Further attempts"), "number", default="3"),
    select("irreversible", _("Can be undone"), (("", _("as the kind says")), ("true", _("no")), ("false", _("yes"))), ""),
    open=True,
)  # fmt: skip
CALL = section(
    "call", _("Called process"), "arrow-forward-up", ["bpmn:CallActivity"], "call",
    native("called", _("Process"), "process"),
    select("binding", _("Version"), (("latest", _("the one in force")), ("version", _("a certain one"))), "latest"),
    attribute("version", _("Version number")),
    flag("allIn", _("Hand all variables in"), default=True),
    flag("allOut", _("Take all variables over"), default=True),
    records("in", _("What is handed in"), "assign"),
    records("out", _("What is taken over"), "assign"),
    open=True,
)  # fmt: skip
MULTIPLE = section(
    "multiple", _("Several times"), "copy", ["multiple"], "multiple",
    child("collection", _("Once for each of")),
    attribute("item", _("Variable for the one")),
    attribute("outputCollection", _("Variable for all results")),
    child("outputItem", _("Result of each")),
    native("cardinality", _("Or so many times"), "feel"),
    native("completion", _("Enough when"), "feel"),
    of="loop", open=True,
)  # fmt: skip
LOOP = section(
    "loop",
    _("Loop"),
    "repeat",
    ["loop"],
    "",
    native("loopCondition", _("Again as long as"), "feel"),
    native("loopMaximum", _("At most so often"), "number"),
    open=True,
)
AD_HOC = section(
    "adhoc",
    _("Ad-hoc part"),
    "list",
    ["bpmn:AdHocSubProcess"],
    "",
    native("adHocCompletion", _("Complete when"), "feel"),
    open=True,
)
JOIN = section(
    "join",
    _("Join"),
    "git-merge",
    ["bpmn:ComplexGateway"],
    "",
    native("activation", _("Goes on when"), "feel"),
    open=True,
)
SIBLINGS = section(
    "siblings", _("After a return"), "git-branch", ["bpmn:ParallelGateway", "bpmn:InclusiveGateway"], "duty",
    flag("keepSiblings", _("Branches that were done stay done if what they read has not changed")),
)  # fmt: skip
END = section(
    "end", _("Outcome"), "flag", ["bpmn:EndEvent"], "end",
    select("outcome", _("The case counts as"), (("approved", _("approved")), ("rejected", _("rejected"))), "approved"),
)  # fmt: skip

SECTIONS = (
    NAMES, PROCESS, LANE, FLOW, RESPONSIBLE, WHAT, FORM, TIME, DECISION, SCRIPT, SERVICE, CALL, TIMER, EVENT, CONDITIONAL,
    MESSAGE, CORRELATION, MULTIPLE, LOOP, AD_HOC, JOIN, VOTE, POLICIES, SIBLINGS, END, PHASE, TOLD, COST,
)  # fmt: skip


def panel() -> dict[str, Any]:
    """Return sections and records with their words in the active language."""
    return {"sections": said(list(SECTIONS)), "records": said(RECORDS)}


def said(value: Any) -> Any:
    """Return nested data with every lazy word as text."""
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, dict):
        return {key: said(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [said(one) for one in value]
    return value
