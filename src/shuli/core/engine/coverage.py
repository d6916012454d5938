"""What of BPMN 2.0 runs, as one table: the guide and docs/bpmn-coverage.md are made from it.

Every key of ELEMENTS has its row, and what belongs to no single element (loops, pools, data) has one too.
"""

from msgspec import Struct

from shuli.core.bpmn.draw.titles import kind_of
from shuli.core.engine.elements import ELEMENTS
from shuli.core.text import Text


class Row(Struct, frozen=True, kw_only=True):
    """One thing that a diagram may hold, and what it does when a case comes to it."""

    key: str  # of ELEMENTS; else a word of its own
    group: str
    name: Text
    does: Text
    runs: bool = True


GROUPS = {
    "start": Text(zh="开始事件", en="Start events"),
    "catch": Text(zh="中间捕获事件", en="Intermediate catching events"),
    "throw": Text(zh="中间抛出事件", en="Intermediate throwing events"),
    "boundary": Text(zh="边界事件", en="Boundary events"),
    "end": Text(zh="结束事件", en="End events"),
    "task": Text(zh="任务", en="Tasks"),
    "gateway": Text(zh="网关", en="Gateways"),
    "part": Text(zh="子流程与调用", en="Sub-processes and calls"),
    "around": Text(zh="重复、数据与泳池", en="Repetition, data and pools"),
    "not": Text(zh="不能运行", en="What cannot be run"),
}

# key: zh, en
DOES: dict[str, tuple[str, str]] = {
    "start_event": ("由人发起。", "A person starts the case."),
    "start_event:message": ("收到消息时发起；也可启动事件子流程。", "A message starts it, or an event sub-process."),
    "start_event:timer": ("按日期或周期发起；也可启动事件子流程。", "A date or cycle starts it, or an event sub-process."),
    "start_event:signal": ("收到信号时发起；也可启动事件子流程。", "A signal starts it, or an event sub-process."),
    "start_event:conditional": (
        "发起时条件成立的那一个生效；在事件子流程里，条件一成立就启动，只一次。",
        "Of several, the one whose condition holds is where the case starts; in an event sub-process, once, as soon as it holds.",
    ),
    "start_event:error": ("只用于事件子流程，中断所在范围。", "Only of an event sub-process; it interrupts what is around."),
    "start_event:escalation": ("只用于事件子流程，可以不中断。", "Only of an event sub-process, interrupting or not."),
    "intermediate_catch_event:timer": ("等到日期、时长或工作时限。", "Waits for a date, a duration or a limit in working time."),
    "intermediate_catch_event:message": ("等消息，可按关联值匹配。", "Waits for a message, by its correlation value where it has one."),
    "intermediate_catch_event:signal": ("等信号，不论来自哪个案件。", "Waits for a signal, whichever case throws it."),
    "intermediate_catch_event:conditional": ("等到条件成立；变量变化时检查。", "Waits until its condition holds; looked at when variables change."),
    "intermediate_catch_event:link": ("连接符的去处。", "Where a connector leads to."),
    "intermediate_throw_event": ("里程碑，立即通过；可告知相关人员。", "A milestone, passed at once; it may tell people."),
    "intermediate_throw_event:message": ("发出消息，继续。", "Sends a message and goes on."),
    "intermediate_throw_event:signal": ("广播信号，本案件内立即生效，继续。", "Throws a signal to everybody, in this case at once, and goes on."),
    "intermediate_throw_event:escalation": ("向外层报告；没有人接也继续。", "Reports outward; where nobody takes it up it goes on all the same."),
    "intermediate_throw_event:compensation": (
        "撤销已完成的活动，后完成的先撤销；可指定一项活动。全部撤销后继续。",
        "Undoes what was completed, the latest first, or one activity that it names; goes on when all is undone.",
    ),
    "intermediate_throw_event:link": ("跳到同名的连接符。", "Goes on at the connector of the same name."),
    "boundary_event:timer": ("中断或不中断；可重复。", "Interrupting or not; may repeat."),
    "boundary_event:message": ("中断或不中断。", "Interrupting or not."),
    "boundary_event:signal": ("中断或不中断。", "Interrupting or not."),
    "boundary_event:error": ("总是中断；按代码或全部捕获。", "Always interrupts; catches one code, or all."),
    "boundary_event:escalation": ("中断或不中断；按代码或全部捕获。", "Interrupting or not; catches one code, or all."),
    "boundary_event:conditional": ("中断或不中断；条件一成立就发生，只一次。", "Interrupting or not; once, as soon as its condition holds."),
    "boundary_event:compensation": (
        "用关联线指明由哪项活动来撤销。同一范围内反复完成的活动只撤销一次，completedRounds 为完成次数。",
        "Its association names what undoes this one. What was done often in one scope is undone once; completedRounds counts.",
    ),
    "boundary_event:cancel": ("事务取消并撤销后由此继续。", "The way on after a transaction was cancelled and undone."),
    "end_event": ("路径结束；最后一条路径结束时案件结束。", "The path ends; with the last one the case ends."),
    "end_event:message": ("发出消息后结束。", "Sends a message, then ends."),
    "end_event:signal": ("广播信号后结束。", "Throws a signal, then ends."),
    "end_event:error": ("由外层的错误事件捕获；无人捕获则案件失败。", "Caught by an error event around; uncaught, the case fails."),
    "end_event:escalation": ("向外层报告后结束。", "Reports outward, then ends."),
    "end_event:compensation": ("撤销已完成的活动后结束。", "Undoes what was completed, then ends."),
    "end_event:cancel": ("停止事务，撤销其中已完成的活动，从取消事件继续。", "Stops its transaction, undoes what was completed in it, and goes on at the cancel event."),
    "end_event:terminate": ("所在范围内其余的一切都取消。", "Cancels everything else in its scope."),
    "user_task": ("由人办理：会签、或签、票签、依次、配合。", "People decide it: all, any, by share or count, in sequence, with contributions."),
    "manual_task": ("指明由谁确认时为人工办理，否则直接通过。", "Human where the model says who confirms it, else passed."),
    "task": ("指明由谁办理时为人工办理，否则直接通过。", "Human where the model says who does it, else passed."),
    "service_task": ("由登记的程序、HTTP 调用或外部工作者完成。", "A registered function, an HTTP call or a worker does it."),
    "send_task": ("发出消息或通知。", "Sends a message or a notice."),
    "receive_task": ("等消息。", "Waits for a message."),
    "script_task": ("计算 FEEL 表达式。", "Works out a FEEL expression."),
    "business_rule_task": ("查决策表（DMN）。", "Asks a decision table (DMN)."),
    "exclusive_gateway": ("第一个条件成立的出口，否则默认出口。", "The first way whose condition holds, else the default."),
    "parallel_gateway": ("走所有出口；等所有分支。", "Takes every way; waits for every branch."),
    "inclusive_gateway": ("走条件成立的出口；恰好等走过的分支。", "Takes every way whose condition holds; waits for exactly those."),
    "event_based_gateway": (
        "先发生的事件决定去向；并行型等所有事件；可以发起案件。",
        "The event that comes first decides; a parallel one waits for all; a case may begin at one.",
    ),
    "complex_gateway": (
        "到达的分支数满足激活条件（activationCount）就继续，后到的分支被收下；分叉再次触发时重新计数。",
        "Goes on when its condition over activationCount holds, takes in what comes later, and counts anew when its fork fires again.",
    ),
    "sub_process": ("内部全部结束后继续。", "Goes on when everything inside has ended."),
    "event_sub_process": ("事件发生时启动，中断或不中断所在范围。", "Begins when its event happens, interrupting what is around or not."),
    "transaction": ("可由取消结束事件整体撤销的子流程。", "A sub-process that a cancel end event undoes as a whole."),
    "ad_hoc_sub_process": (
        "由人启动其中的活动，并行或逐项；条件成立或由人宣布时完成。",
        "People start what is in it, beside one another or one at a time, until its condition holds or a person says so.",
    ),
    "call_activity": ("运行另一个流程，传入和取回数据。", "Runs a case of another process, with data in and out."),
}  # fmt: skip
AROUND = (
    ("standard_loop", "标准循环", "Standard loop", "先判断或后判断，可设上限；不等待的循环到步数上限时成为异常。", "Tested before or after, with a maximum; one that never waits becomes an incident at the step limit."),
    ("multi_instance", "多实例", "Multi-instance", "并行或依次；任务、子流程和调用；可设完成条件。", "Parallel or sequential, of tasks, sub-processes and calls, with a completion condition."),
    ("lanes", "泳道", "Lanes", "指明责任部门。", "Name the responsible department."),
    ("pools", "泳池与消息流", "Pools and message flows", "每个泳池是一个流程；消息流两端的消息同名，案件之间由此相通。", "Every pool is a process of its own; a message flow names the message at both ends, and so joins their cases."),
    ("data", "数据对象、数据库与关联", "Data objects, stores and associations", "关联里的 FEEL 转换或赋值会设变量；其余原样保留。", "A transformation or assignment in FEEL sets variables; everything else is kept as it is drawn."),
)  # fmt: skip
NOT = (
    ("multiple", "多重与并行多重事件", "Multiple and parallel multiple events", "请拆成多个事件。", "Use one event for each trigger."),
    ("compensation_start", "以补偿开始的事件子流程", "Event sub-processes that begin with compensation", "请用补偿边界事件。", "Use a boundary compensation event."),
    ("choreography", "编排与会话", "Choreographies and conversations", "读入并保留，不运行。", "Read and kept, not run."),
    ("global_tasks", "全局任务", "Global tasks", "读入并保留；请调用一个流程。", "Read and kept; call a process instead."),
)  # fmt: skip


def coverage() -> tuple[Row, ...]:
    """Return the whole table, in the order in which a page shows it."""
    rows = [
        Row(key=key, group=group_of(key), name=kind_of(key), does=Text(zh=zh, en=en))
        for key, (zh, en) in DOES.items()
    ]
    for group, others in (("around", AROUND), ("not", NOT)):
        rows += [
            Row(
                key=key,
                group=group,
                name=Text(zh=zh, en=en),
                does=Text(zh=does, en=said),
                runs=group != "not",
            )
            for key, zh, en, does, said in others
        ]
    order = list(GROUPS)
    return tuple(sorted(rows, key=lambda row: order.index(row.group)))


def group_of(key: str) -> str:
    kind = key.partition(":")[0]
    by_kind = {
        "start_event": "start",
        "intermediate_catch_event": "catch",
        "intermediate_throw_event": "throw",
        "boundary_event": "boundary",
        "end_event": "end",
    }
    if kind in by_kind:
        return by_kind[kind]
    if kind.endswith("gateway"):
        return "gateway"
    return "task" if kind.endswith("task") else "part"


def coverage_page(language: str) -> str:
    """Return the table as a page in Markdown, in "zh" or "en"."""
    zh = language == "zh"
    rows = coverage()
    running = sum(row.runs for row in rows)
    lines = [
        "# BPMN 覆盖范围" if zh else "# What of BPMN runs",
        "",
        f"引擎可运行 {len(ELEMENTS)} 种元素，连同循环、数据和泳池共 {running} 项。本页由 `shuli coverage --write` 生成。"
        if zh
        else f"The engine runs {len(ELEMENTS)} kinds of elements; with loops, data and pools, {running} rows in all. "
        "`shuli coverage --write` makes this page.",
    ]
    for group, title in GROUPS.items():
        heads = ("元素", "说明") if zh else ("element", "what it does")
        lines += ["", f"## {title.in_language(language)}", "", f"| {heads[0]} | {heads[1]} |", "|---|---|"]
        for row in rows:
            if row.group == group:
                lines.append(f"| {row.name.in_language(language)} | {row.does.in_language(language)} |")
    return "\n".join([*lines, ""])
