"""The ProcessGraph: what a diagram means, compiled once and read by everybody.

The engine runs it, the simulator predicts it, the miner compares it with what happened, the handbook explains it.
Every expression is FEEL text over the variables of the case, so a fixed department is written `"service"`.
"""

import re
from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from shuli.core.text import Text
from shuli.core.worktime import Limit, Offset

Feel = str
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")  # FEEL in the address of a service

PerformerKind = Literal[
    "person",  # value: a person's username
    "starter",
    "first_responder",  # the custodian of the case (首问责任人)
    "department",  # value: a department's code; everybody in it may claim
    "head",  # value: a department's code
    "liaison",  # value: a department's code
    "executive",  # the executive in charge of the department in value
    "post",  # value: a post's code
    "owner",  # of the process
    "supervisor",  # of the process
    "same_as",  # value: a node id, as FEEL text; whoever completed that node last
    "superior",  # value: how many levels above the starter, or {of: a username or node id, levels: n}; default 1
    "group",  # value: code of a candidate group (候选组)
    "chosen",  # value: the username, or a list of them, that a form or the start dialog holds
    "least_loaded",  # value: a pool such as "department:service"; whoever there has the least to do
]

# What a node may forbid its people by naming only the rest; claiming, completing and saving are always theirs.
NodeVerb = Literal[
    "none", "reject", "abstain", "return", "transfer", "delegate", "take_back", "urge", "release",
    "add_signer_before", "add_signer_after", "add_signer_beside",
]  # fmt: skip


class Performer(Struct, frozen=True, kw_only=True):
    """Say who is to act: the rule that the directory resolves when the visit opens."""

    kind: PerformerKind
    value: Feel | None = None
    # of "chosen": the node at which it is chosen (a start event, an earlier task); None: a field of a form asks
    chooser: str | None = None
    # and from whom: a pool such as "department:tech"; None: from everybody
    candidates: str | None = None


class SeatRule(Struct, frozen=True, kw_only=True):
    """One more place at a node beside the lead's: a cooperating department's contribution, or a voter."""

    key: str  # stable within the node: "tech"
    performer: Performer
    department: Feel | None = None
    form: str | None = None  # key of the form that this seat fills; None: an opinion only
    weight: int = 1


class VoteRule(Struct, frozen=True, kw_only=True):
    """How the seats of a node decide it (engine.md, "Votes")."""

    kind: Literal["single", "all", "any", "ratio", "count", "sequence", "contribute"] = "single"
    percent: int = 100  # ratio
    count: int = 1  # count
    collect: bool = False  # all / any: hear everybody before deciding
    blocks: bool = True  # contribute: the lead waits for every contribution
    abstain_counts: bool = False  # whoever abstains stays in the count
    opinions_stay: bool = False  # once decided, the others may still say what they think, uncounted


class EscalationStep(Struct, frozen=True, kw_only=True):
    """Whom to tell when, measured from the due moment, and what else happens then."""

    offset: Offset
    to: Performer
    action: Literal["remind", "transfer", "pass", "reject", "jump"] = "remind"
    target: str | None = None  # jump: the node


class Guard(Struct, frozen=True, kw_only=True):
    """A hard gate: the task cannot be completed while the condition is not true."""

    condition: Feel
    message: Text
    field: str | None = None  # where the person mends it


class Assign(Struct, frozen=True, kw_only=True):
    """Set a variable of the case when the node completes."""

    name: str
    value: Feel


class Output(Struct, frozen=True, kw_only=True):
    """A document that the node makes or needs."""

    document: str  # key of the document type
    mandatory: bool = True
    made_by: Literal["form", "attachment"] = "form"


class Notice(Struct, frozen=True, kw_only=True):
    """Who is told (获知) when the node is reached; blocks nothing."""

    to: tuple[Performer, ...]
    subject: Text = Text()


class Duty(Struct, frozen=True, kw_only=True):
    """Everything that the company says about a node beyond BPMN."""

    lead: Feel | None = None  # the lead department (主导部门), exactly one
    cooperating: tuple[Feel, ...] = ()
    performer: Performer | None = None
    first_responsible: Performer | None = None  # answerable for the node; default: the holder
    seats: tuple[SeatRule, ...] = ()
    vote: VoteRule = VoteRule()
    limits: tuple[Limit, ...] = ()  # the strictest wins
    reminders: tuple[Offset, ...] = ()
    escalation: tuple[EscalationStep, ...] = ()
    form: str | None = None
    rights: Mapping[str, Literal["write", "read", "hidden"]] = {}  # per field key, "*" for the rest
    inputs: tuple[str, ...] = ()  # document keys
    outputs: tuple[Output, ...] = ()
    decision: bool = False  # 决策节点: needs a recorded signature
    key_control_point: bool = False
    becomes_first_responder: bool = False  # whoever completes it keeps the case
    instruction: Text = Text()
    key_point: Text = Text()
    standard: Text = Text()
    guards: tuple[Guard, ...] = ()
    assign: tuple[Assign, ...] = ()
    notice: Notice | None = None
    transfer_needs_reason: bool = True
    transfer_needs_acceptance: bool = False
    returns: Literal["none", "previous", "starter", "chosen"] = "chosen"
    # When the node is decided with a rejection: on to the next node, back, or the case ends rejected.
    on_reject: Literal["continue", "previous", "starter", "end"] = "continue"
    verbs: tuple[NodeVerb, ...] = ()  # what its people may do beside their work; empty: everything
    resubmit: Literal["either", "walk", "straight"] = "either"  # how work that it sent back returns
    most_rounds: int | None = (
        None  # how often the node may be begun before nothing is sent back to it any more
    )
    # Automatic policies; they run as "system", with their reason.
    same_person: Literal["keep", "skip"] = "keep"  # whoever has just completed the node before comes again
    starter_performs: Literal["self", "skip", "superior", "head"] = "self"  # the starter would do it
    nobody: Literal["admin", "pass", "reject", "person", "superior"] = "admin"  # nobody is found to do it
    fallback: Performer | None = None  # nobody = "person": who
    keep_siblings: bool = (
        False  # a fork: branches that were done stay done when it runs again, inputs unchanged
    )
    # For diagnosis: what the node costs each time (company's currency), whether the customer gains by it, what may go wrong.
    cost: float | None = None
    value_added: Literal["yes", "necessary", "no"] | None = None
    risk: Text = Text()

    @property
    def is_judgement(self) -> bool:
        """Whoever leads it approves or rejects, and does not only work."""
        return self.decision or self.on_reject != "continue" or self.vote.kind not in ("single", "contribute")


class Flow(Struct, frozen=True, kw_only=True):
    id: str
    source: str
    target: str
    name: Text = Text()
    condition: Feel | None = None
    is_default: bool = False


class TimerRule(Struct, frozen=True, kw_only=True):
    """When a timer event fires, as BPMN's ISO text or FEEL, or as a working-time limit."""

    kind: Literal["date", "duration", "cycle"]
    expression: Feel | None = None
    limit: Limit | None = None
    repeat: Offset | None = None  # cycle in working time
    # Of a start event: what happens to starts that were missed, such as when no worker ran: one case for all of
    # them, one for each, or none.
    missed: Literal["once", "each", "skip"] = "once"


class EventRule(Struct, frozen=True, kw_only=True):
    trigger: Literal[
        "none", "message", "timer", "signal", "error", "escalation", "conditional",
        "link", "compensation", "cancel", "terminate", "multiple",
    ] = "none"  # fmt: skip
    name: str | None = None  # of the message, signal, error, escalation or link
    activity: str | None = None  # compensation that is thrown: what to undo; None: all of its scope
    correlation: Feel | None = None
    condition: Feel | None = None
    timer: TimerRule | None = None
    send: tuple[Assign, ...] = ()  # what a thrown message brings; nothing said: all variables of the case
    keep_hours: int | None = None  # how long a thrown message waits for somebody who expects it
    outcome: Literal["approved", "rejected"] = "approved"  # end events: how a case counts that ends here


class Multiple(Struct, frozen=True, kw_only=True):
    """Multi-instance: one instance an item of the collection, or `cardinality` instances."""

    sequential: bool = False
    collection: Feel | None = None
    cardinality: Feel | None = None
    item: str | None = None  # variable that holds the item
    output_collection: str | None = None
    output_item: Feel | None = None
    completion: Feel | None = None  # over numberOfInstances, numberOfCompletedInstances, …


class StandardLoop(Struct, frozen=True, kw_only=True):
    condition: Feel | None = None
    test_before: bool = False
    maximum: int | None = None


class AdHoc(Struct, frozen=True, kw_only=True):
    """How an ad-hoc sub-process is worked through: people start what is in it, until it is complete."""

    sequential: bool = False  # one activity at a time
    completion: Feel | None = (
        None  # looked at when something started has ended; None: a person says that it is done
    )
    cancels_remaining: bool = True  # what still runs then is cancelled, else waited for


class Call(Struct, frozen=True, kw_only=True):
    """A called process: which, bound how, with which variables in and out."""

    process: str
    binding: Literal["latest", "version"] = "latest"
    version: str | None = None
    inputs: tuple[Assign, ...] = ()  # name in the child, FEEL over the parent
    outputs: tuple[Assign, ...] = ()  # name in the parent, FEEL over the child
    all_in: bool = True
    all_out: bool = True


class ServiceRule(Struct, frozen=True, kw_only=True):
    """What does the work of a service task: a registered function, a call over HTTP, or a worker that fetches it."""

    kind: Literal["function", "http", "worker"] = "function"
    name: str = ""  # of the function; the topic under which workers fetch; "": the node's id
    when: Literal["now", "later"] = "now"  # a function: within the step, or as a job after it
    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"] = "POST"
    url: str = (
        ""  # "https://host/orders/{number}": FEEL stands in the braces, and its value is percent-encoded
    )
    headers: tuple[Assign, ...] = ()
    body: Feel | None = None
    credential: str = ""  # name of an entry in the operator's file of credentials
    inputs: tuple[Assign, ...] = ()  # what a worker or a later function is given; nothing said: all variables
    outputs: tuple[Assign, ...] = ()  # FEEL over the case and what came back
    result: str | None = None  # variable that takes what came back
    timeout: int = 10  # seconds that one attempt may take
    retries: int = 3  # further attempts after one that failed
    irreversible: bool | None = None  # None: as its kind and method say

    @property
    def cannot_be_undone(self) -> bool:
        """Say whether a case that has got so far can no longer be withdrawn as if nothing had happened."""
        if self.irreversible is not None:
            return self.irreversible
        return self.kind == "worker" or (self.kind == "http" and self.method != "GET")


NodeKind = Literal[
    "start_event", "intermediate_catch_event", "intermediate_throw_event", "boundary_event", "end_event",
    "user_task", "manual_task", "service_task", "script_task", "send_task", "receive_task",
    "business_rule_task", "task",
    "exclusive_gateway", "parallel_gateway", "inclusive_gateway", "event_based_gateway", "complex_gateway",
    "sub_process", "event_sub_process", "transaction", "ad_hoc_sub_process", "call_activity",
]  # fmt: skip


class Node(Struct, frozen=True, kw_only=True):
    id: str
    kind: NodeKind
    name: Text = Text()
    element: str = ""  # key in the engine's table ELEMENTS: kind, or kind:trigger for events
    scope: str = ""  # id of the enclosing sub-process; "" is the process itself
    lane: str = ""
    phase: str = ""
    incoming: tuple[Flow, ...] = ()
    outgoing: tuple[Flow, ...] = ()
    duty: Duty = Duty()
    event: EventRule = EventRule()
    attached_to: str | None = None  # boundary events
    handler: str | None = None  # compensation boundary events: the activity that undoes the one they sit on
    is_handler: bool = False  # only compensation starts it
    interrupting: bool = True  # boundary events, and starts of event sub-processes
    boundaries: tuple[str, ...] = ()  # boundary events on this activity
    multiple: Multiple | None = None
    loop: StandardLoop | None = None
    call: Call | None = None
    script: Feel | None = None
    service: ServiceRule | None = None  # service and send tasks: who does the work
    result: str | None = None  # variable that takes a script's or decision's result
    decision: str | None = None  # business rule: key of the decision table
    ad_hoc: AdHoc | None = None
    data_in: tuple[Assign, ...] = ()  # variables that input associations set when the node is reached
    activation: Feel | None = None  # complex joins: over activationCount, when enough have arrived
    parallel: bool = False  # event-based gateways: every event happens, not only the first
    instantiates: bool = False  # event-based gateways and receive tasks: a case begins here, with the event
    link_target: str | None = None  # throwing link: the catching node
    starts: tuple[str, ...] = ()  # sub-processes: start events inside
    # Block structure: the forks that enclose this node, outermost first, each with the flow of its branch.
    branches: tuple[tuple[str, str], ...] = ()
    pair: str | None = None  # a fork's join, a join's fork; None where they do not pair


class PhaseStep(Struct, frozen=True, kw_only=True):
    """One numbered sentence of a phase's procedure (任务程序), with the time that it allows."""

    text: Text
    within: Text = Text()


class Phase(Struct, frozen=True, kw_only=True):
    """A row of the process in column form; what it says beside its name is a row of the description table."""

    key: str
    name: Text
    task: Text = Text()  # what the description table calls it (任务名称); nothing said: its name
    steps: tuple[PhaseStep, ...] = ()
    key_point: Text = Text()
    standard: Text = Text()
    documents: tuple[str, ...] = ()  # keys of documents (相关资料)


class Lane(Struct, frozen=True, kw_only=True):
    id: str
    name: Text
    department: Feel | None = None


class ProcessGraph(Struct, frozen=True, kw_only=True):
    """One process, ready to run."""

    key: str  # "P-COMPLAINT"
    name: Text
    nodes: Mapping[str, Node]
    starts: tuple[str, ...]
    lanes: tuple[Lane, ...] = ()
    phases: tuple[Phase, ...] = ()
    goal: Text = Text()
    owner: str | None = None  # post code
    supervisor: str | None = None  # post code
    category: Literal["strategic", "core", "support", ""] = ""
    number_pattern: str = ""  # "TS{yyyymmdd}{seq}"
    title: Feel | None = None  # what a case is called in lists, over its variables
    withdraw: Literal["before_first_action", "any_time", "never"] = "before_first_action"
    ladder: bool = False  # nodes with a limit and no escalation of their own climb the usual ladder
