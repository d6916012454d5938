"""The BPMN elements that the engine can run: one table, one file for each."""

from collections.abc import Mapping

from shuli.core.engine.behaviour import Behaviour
from shuli.core.engine.elements.abstract_task import ABSTRACT_TASK
from shuli.core.engine.elements.ad_hoc_sub_process import AD_HOC_SUB_PROCESS
from shuli.core.engine.elements.business_rule_task import BUSINESS_RULE_TASK
from shuli.core.engine.elements.call_activity import CALL_ACTIVITY
from shuli.core.engine.elements.cancel_boundary_event import CANCEL_BOUNDARY_EVENT
from shuli.core.engine.elements.cancel_end_event import CANCEL_END_EVENT
from shuli.core.engine.elements.compensation_boundary_event import COMPENSATION_BOUNDARY_EVENT
from shuli.core.engine.elements.compensation_end_event import COMPENSATION_END_EVENT
from shuli.core.engine.elements.compensation_throw_event import COMPENSATION_THROW_EVENT
from shuli.core.engine.elements.complex_gateway import COMPLEX_GATEWAY
from shuli.core.engine.elements.conditional_boundary_event import CONDITIONAL_BOUNDARY_EVENT
from shuli.core.engine.elements.conditional_catch_event import CONDITIONAL_CATCH_EVENT
from shuli.core.engine.elements.end_event import END_EVENT
from shuli.core.engine.elements.error_boundary_event import ERROR_BOUNDARY_EVENT
from shuli.core.engine.elements.error_end_event import ERROR_END_EVENT
from shuli.core.engine.elements.escalation_boundary_event import ESCALATION_BOUNDARY_EVENT
from shuli.core.engine.elements.escalation_end_event import ESCALATION_END_EVENT
from shuli.core.engine.elements.escalation_throw_event import ESCALATION_THROW_EVENT
from shuli.core.engine.elements.event_based_gateway import EVENT_BASED_GATEWAY
from shuli.core.engine.elements.event_sub_process import EVENT_SUB_PROCESS
from shuli.core.engine.elements.exclusive_gateway import EXCLUSIVE_GATEWAY
from shuli.core.engine.elements.inclusive_gateway import INCLUSIVE_GATEWAY
from shuli.core.engine.elements.link_events import LINK_CATCH_EVENT, LINK_THROW_EVENT
from shuli.core.engine.elements.manual_task import MANUAL_TASK
from shuli.core.engine.elements.message_boundary_event import MESSAGE_BOUNDARY_EVENT
from shuli.core.engine.elements.message_catch_event import MESSAGE_CATCH_EVENT
from shuli.core.engine.elements.message_end_event import MESSAGE_END_EVENT
from shuli.core.engine.elements.message_throw_event import MESSAGE_THROW_EVENT
from shuli.core.engine.elements.parallel_gateway import PARALLEL_GATEWAY
from shuli.core.engine.elements.receive_task import RECEIVE_TASK
from shuli.core.engine.elements.script_task import SCRIPT_TASK
from shuli.core.engine.elements.send_task import SEND_TASK
from shuli.core.engine.elements.service_task import SERVICE_TASK
from shuli.core.engine.elements.signal_boundary_event import SIGNAL_BOUNDARY_EVENT
from shuli.core.engine.elements.signal_catch_event import SIGNAL_CATCH_EVENT
from shuli.core.engine.elements.signal_end_event import SIGNAL_END_EVENT
from shuli.core.engine.elements.signal_throw_event import SIGNAL_THROW_EVENT
from shuli.core.engine.elements.start_event import (
    CONDITIONAL_START_EVENT,
    MESSAGE_START_EVENT,
    SIGNAL_START_EVENT,
    START_EVENT,
    TIMER_START_EVENT,
)
from shuli.core.engine.elements.sub_process import SUB_PROCESS
from shuli.core.engine.elements.terminate_end_event import TERMINATE_END_EVENT
from shuli.core.engine.elements.throw_event import THROW_EVENT
from shuli.core.engine.elements.timer_boundary_event import TIMER_BOUNDARY_EVENT
from shuli.core.engine.elements.timer_catch_event import TIMER_CATCH_EVENT
from shuli.core.engine.elements.transaction import TRANSACTION
from shuli.core.engine.elements.user_task import USER_TASK

# Key: the node's kind, or kind:trigger for an event with a trigger.
ELEMENTS: Mapping[str, Behaviour] = {
    "start_event": START_EVENT,
    "start_event:message": MESSAGE_START_EVENT,
    "start_event:timer": TIMER_START_EVENT,
    "start_event:signal": SIGNAL_START_EVENT,
    "start_event:conditional": CONDITIONAL_START_EVENT,
    # Only of an event sub-process.
    "start_event:error": START_EVENT,
    "start_event:escalation": START_EVENT,
    "end_event": END_EVENT,
    "end_event:message": MESSAGE_END_EVENT,
    "end_event:error": ERROR_END_EVENT,
    "end_event:signal": SIGNAL_END_EVENT,
    "end_event:escalation": ESCALATION_END_EVENT,
    "end_event:compensation": COMPENSATION_END_EVENT,
    "end_event:cancel": CANCEL_END_EVENT,
    "end_event:terminate": TERMINATE_END_EVENT,
    "intermediate_catch_event:timer": TIMER_CATCH_EVENT,
    "intermediate_catch_event:message": MESSAGE_CATCH_EVENT,
    "intermediate_catch_event:conditional": CONDITIONAL_CATCH_EVENT,
    "intermediate_catch_event:signal": SIGNAL_CATCH_EVENT,
    "intermediate_catch_event:link": LINK_CATCH_EVENT,
    "intermediate_throw_event": THROW_EVENT,
    "intermediate_throw_event:message": MESSAGE_THROW_EVENT,
    "intermediate_throw_event:signal": SIGNAL_THROW_EVENT,
    "intermediate_throw_event:escalation": ESCALATION_THROW_EVENT,
    "intermediate_throw_event:compensation": COMPENSATION_THROW_EVENT,
    "intermediate_throw_event:link": LINK_THROW_EVENT,
    "boundary_event:timer": TIMER_BOUNDARY_EVENT,
    "boundary_event:message": MESSAGE_BOUNDARY_EVENT,
    "boundary_event:error": ERROR_BOUNDARY_EVENT,
    "boundary_event:signal": SIGNAL_BOUNDARY_EVENT,
    "boundary_event:escalation": ESCALATION_BOUNDARY_EVENT,
    "boundary_event:conditional": CONDITIONAL_BOUNDARY_EVENT,
    "boundary_event:compensation": COMPENSATION_BOUNDARY_EVENT,
    "boundary_event:cancel": CANCEL_BOUNDARY_EVENT,
    "user_task": USER_TASK,
    "manual_task": MANUAL_TASK,
    "task": ABSTRACT_TASK,
    "service_task": SERVICE_TASK,
    "send_task": SEND_TASK,
    "receive_task": RECEIVE_TASK,
    "script_task": SCRIPT_TASK,
    "business_rule_task": BUSINESS_RULE_TASK,
    "exclusive_gateway": EXCLUSIVE_GATEWAY,
    "parallel_gateway": PARALLEL_GATEWAY,
    "inclusive_gateway": INCLUSIVE_GATEWAY,
    "event_based_gateway": EVENT_BASED_GATEWAY,
    "complex_gateway": COMPLEX_GATEWAY,
    "sub_process": SUB_PROCESS,
    "event_sub_process": EVENT_SUB_PROCESS,
    "transaction": TRANSACTION,
    "ad_hoc_sub_process": AD_HOC_SUB_PROCESS,
    "call_activity": CALL_ACTIVITY,
}
