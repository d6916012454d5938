"""The sentences about single elements: what an event, gateway or sub-process needs in order to run at all."""

from collections.abc import Mapping

from shuli.core.bpmn.sentence import Sentence, error

ELEMENTS: Mapping[str, Sentence] = {
    "condition_empty": error(
        "条件事件“{name}”没有条件。请填写。",
        'The conditional event "{name}" has no condition. Give it one.',
    ),
    "signal_missing": error(
        "信号事件“{name}”没有指明信号。请选择或新建一个。",
        'The signal event "{name}" names no signal. Choose or create one.',
    ),
    "event_interrupts": error(
        "“{name}”必须中断所在的活动。请改为中断。",
        '"{name}" always interrupts its activity. Make it interrupting.',
    ),
    "start_outside": error(
        "“{name}”这种开始事件只能放在事件子流程里。请移入，或换一种触发方式。",
        'A start event such as "{name}" belongs in an event sub-process. Move it there or give it another trigger.',
    ),
    "ad_hoc_start": error(
        "随意子流程中的活动由人启动，不需要开始事件“{name}”。请删除。",
        'People start what is in an ad-hoc sub-process; it needs no start event "{name}". Remove it.',
    ),
    "event_sub_process_start": error(
        "事件子流程“{name}”应恰有一个开始事件，由消息、定时、信号、条件、错误或升级触发；现有 {found} 个。请更正。",
        'The event sub-process "{name}" needs exactly one start event, triggered by a message, timer, signal, condition, '
        "error or escalation; it has {found}. Correct it.",
    ),
    "event_sub_process_flow": error(
        "事件子流程“{name}”由事件启动，不能有连线。请删除连线。",
        'The event sub-process "{name}" begins with its event and has no flows. Remove them.',
    ),
    "event_sub_process_ad_hoc": error(
        "随意子流程里不能有事件子流程“{name}”。请移到外面。",
        'An ad-hoc sub-process cannot hold the event sub-process "{name}". Move it outside.',
    ),
    "handler_missing": error(
        "“{name}”的补偿事件没有用关联线连到同一层的补偿活动。请画上关联线，并把该活动设为补偿活动。",
        'No association leads from the compensation event of "{name}" to an activity beside it that is for compensation. '
        "Draw it, and mark the activity.",
    ),
    "handler_alone": error(
        "补偿活动“{name}”没有连到任何补偿事件。请用关联线连上。",
        'Nothing leads to "{name}", which is for compensation. Associate it with a compensation event.',
    ),
    "handler_flow": error(
        "补偿活动“{name}”不能有连线。请删除连线。",
        '"{name}" is for compensation and has no flows. Remove them.',
    ),
    "compensation_empty": error(
        "“{name}”没有可以补偿的活动。请给要撤销的活动加上补偿事件。",
        'There is nothing that "{name}" could undo. Put a compensation event on the activities to be undone.',
    ),
    "cancel_outside": error(
        "取消结束事件“{name}”只能放在事务子流程里。请移入，或改为终止结束事件。",
        'The cancel end event "{name}" belongs in a transaction. Move it there or make it a terminate event.',
    ),
    "cancel_uncaught": error(
        "事务“{name}”会被取消，但边界上没有取消事件。请补上，说明取消之后怎么走。",
        'The transaction "{name}" can be cancelled but has no cancel event on its edge. Add it, with what then follows.',
    ),
    "cancel_boundary_elsewhere": error(
        "取消事件“{name}”只能放在事务的边界上。请移动或删除。",
        'The cancel event "{name}" belongs on the edge of a transaction. Move or remove it.',
    ),
    "cancel_repeated": error(
        "会被取消的事务“{name}”不能重复执行。请放进一个重复执行的子流程。",
        'The transaction "{name}" can be cancelled and cannot repeat. Put it into a sub-process that does.',
    ),
    "activation_missing": error(
        "复杂网关“{name}”没有激活条件。请写明几条分支到达后继续，如 activationCount >= 2。",
        'The complex gateway "{name}" has no activation condition. Say how many branches are enough, as in activationCount >= 2.',
    ),
    "complex_unpaired": error(
        "复杂网关“{name}”没有对应的分叉。请让一个分叉的所有分支都到达它。",
        'The complex gateway "{name}" has no fork of its own. Lead all branches of one fork to it.',
    ),
    "event_expected": error(
        "事件网关“{gateway}”之后应是捕获事件或接收任务，而“{name}”不是。请更正。",
        'Behind the event-based gateway "{gateway}" stands "{name}", which waits for no event. Put a catching event there.',
    ),
    "instantiate_inside": error(
        "“{name}”会发起案件，之前不能有连线。请删除连线，或取消“发起案件”。",
        'A case begins at "{name}", so nothing can lead to it. Remove the flow, or let it not begin a case.',
    ),
    "loop_endless": error(
        "循环活动“{name}”既无条件也无次数上限，会无休止地重复。请填写其一。",
        'The loop "{name}" has neither a condition nor a maximum and would never end. Give it one of them.',
    ),
    "ad_hoc_empty": error(
        "随意子流程“{name}”里没有可以启动的活动。请补上。",
        'The ad-hoc sub-process "{name}" holds nothing that could be started. Add an activity.',
    ),
    "message_flow_inside": error(
        "消息流“{name}”的两端在同一个泳池里。请改为顺序流。",
        'Both ends of the message flow "{name}" lie in one pool. Use a sequence flow.',
    ),
    "message_flow_differs": error(
        "消息流“{name}”两端的消息不同（{found}），消息不会到达。请改为同一个消息。",
        'The message flow "{name}" joins different messages ({found}), so that nothing would arrive. Name one message.',
    ),
}
