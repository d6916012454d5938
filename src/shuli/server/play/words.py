"""What `shuli play` says, in Chinese and English: one table, so that both stand side by side."""

from collections.abc import Mapping
from typing import Any

WORDS: Mapping[str, tuple[str, str]] = {
    "intro": (
        """这是试走：按流程图走一遍，只在这个窗口里进行，不保存数据，也不通知任何人。
所有角色都由您扮演。输入左边的编号就办理那一项；输入 help 查看全部命令，quit 退出。""",
        """This is a walk through the process. It happens in this window only: nothing is stored, nobody is told.
You play everybody. Type a number to do what stands beside it; help shows all commands, quit leaves.""",
    ),
    "steps": ("已走 {n} 步", "{n} steps so far"),
    "at": ("走到", "At"),
    "changed": ("新数据", "New data"),
    "no_variables": ("还没有数据。", "There is no data yet."),
    "to_do": ("现在可以做：", "What can be done now:"),
    "more_timers": ("还有 {n} 个定时；输入 next 依次触发", "{n} more timers; next fires them in turn"),
    "nothing": (
        "现在没有可以做的事。可用 undo 撤销上一步。",
        "Nothing can be done now. undo takes the last step back.",
    ),
    "just_now": ("刚才", "Just now"),
    "kind_start": ("启动", "start"),
    "kind_task": ("任务", "task"),
    "kind_timer": ("定时", "timer"),
    "kind_message": ("消息", "message"),
    "kind_signal": ("信号", "signal"),
    "kind_condition": ("条件", "condition"),
    "kind_service": ("外部服务", "service"),
    "kind_call": ("被调用的流程", "called process"),
    "kind_incident": ("停住", "stopped"),
    "anybody": ("任何人", "anybody"),
    "you": ("您", "you"),
    "pool": ("{name}（可领取）", "{name} (may claim)"),
    "contribute": ("配合", "contributes"),
    "vote": ("会签", "votes"),
    "due": ("{at} 到期", "due {at}"),
    "fires": ("{at} 触发", "fires {at}"),
    "timer_due": ("到期", "due date"),
    "timer_reminder": ("提醒", "reminder"),
    "timer_escalation": ("升级", "escalation"),
    "fields": ("填写", "asks for"),
    "ask": ("{label}{options} [{value}]：", "{label}{options} [{value}]: "),
    "ask_hint": (
        "直接回车采用方括号中的示例；输入 - 留空；输入 ! 其余全部采用示例。",
        "Enter takes the example in brackets; - leaves it empty; ! takes the examples for the rest.",
    ),
    "refused": ("没有办成：{why}", "Not done: {why}"),
    "undone": ("已撤销一步。", "One step taken back."),
    "nothing_to_undo": ("没有可以撤销的步骤。", "There is no step to take back."),
    "unknown": (
        "没有这个命令：{word}。输入 help 查看全部命令。",
        "There is no such command: {word}. help shows them all.",
    ),
    "which": (
        "没有找到“{word}”。请用列表里的编号或名称。",
        'There is no "{word}". Use a number or a name from the list.',
    ),
    "pair": ("“{word}”应写成 名称=值。", '"{word}" should be name=value.'),
    "span": (
        "看不懂时间“{word}”。请写成 30m、4h、2d，或 2026-03-05T09:00。",
        'The time "{word}" is not understood. Write 30m, 4h, 2d, or 2026-03-05T09:00.',
    ),
    "backwards": ("时钟只能往前走。", "The clock only goes forward."),
    "saved": (
        "已保存 {n} 步到 {file}，可用 --script 重放。",
        "Saved {n} steps to {file}; --script plays them again.",
    ),
    "no_way": ("没有找到能走“{word}”的数据。", 'No data was found that leads to "{word}".'),
    "no_condition": ("“{word}”没有条件可选。", '"{word}" has no condition to meet.'),
    "line": ("第 {n} 行：{line}", "Line {n}: {line}"),
    "ended": ("案件已结束：{status}", "The case has ended: {status}"),
    "stopped": ("停在“{name}”：{why}", 'Stopped at "{name}": {why}'),
    "stuck": ("还在进行，但没有任何事可以再发生。", "It is still running, but nothing more can happen."),
    "too_long": ("走了 {n} 步仍未结束。", "After {n} steps it has not ended."),
    "against": ("这个模型不能试走：", "This model cannot be played:"),
    "to_mend": (
        "发布前还要改 {n} 处（shuli check 列出全部）。",
        "Before publication {n} things have to be mended (shuli check lists them).",
    ),
    "way": ("{name}：{condition}", "{name}: {condition}"),
    "ways": ("可走的路：", "Ways out:"),
    "return_to": ("可退回到：{names}", "Can be returned to: {names}"),
    "not_decided": (
        "“{word}”还没有可以拿回的决定。",
        'Nothing was decided at "{word}" that could be taken back.',
    ),
    "sign_whom": (
        "请写明加签给谁：sign 任务 with 人[,人]。",
        "Say whom to ask: sign TASK with PERSON[,PERSON].",
    ),
    "jump_what": (
        "看不懂“{word}”。请写 jump 所在节点 to 目标节点。",
        '"{word}" is not understood. Write jump NODE to NODE, from where something stands.',
    ),
    "not_entered": (
        "“{word}”没有可以进入的案件。要进入被调用的流程，请用 --also 给出它的文件。",
        'There is no case to enter at "{word}". To go into called processes give their files with --also.',
    ),
    "not_called": ("没有别的案件调用这一个。", "No other case has called this one."),
    "return_none": ("这一项不能退回。", "This cannot be returned."),
    "log_empty": ("还没有经过。", "Nothing has happened yet."),
    "case_draft": ("未启动", "not started"),
    "case_running": ("进行中", "running"),
    "case_suspended": ("已暂停", "suspended"),
    "case_approved": ("已完成", "completed"),
    "case_rejected": ("已驳回", "rejected"),
    "case_withdrawn": ("已撤回", "withdrawn"),
    "case_terminated": ("已终止", "terminated"),
    "case_failed": ("失败", "failed"),
    # what happened
    "did_CaseStarted": ("案件启动", "the case started"),
    "did_VisitOpened": ("任务来到：{node}", "a task came: {node}"),
    "did_VisitClosed": ("任务完成：{node}", "a task is done: {node}"),
    "did_CaseReturned": ("退回到：{to}", "returned to: {to}"),
    "did_ActivityStarted": ("启动：{node}", "started: {node}"),
    "did_PartFinished": ("宣布完成：{part}", "declared complete: {part}"),
    "did_TimerFired": ("定时触发", "a timer fired"),
    "did_WentOverdue": ("已超时：{node}", "overdue: {node}"),
    "did_ReminderRaised": ("提醒：{node}", "reminder: {node}"),
    "did_Escalated": ("升级给 {people}：{node}", "escalated to {people}: {node}"),
    "did_Informed": ("告知 {people}：{node}", "informed {people}: {node}"),
    "did_MessageThrown": ("发出消息：{name}", "message sent: {name}"),
    "did_ChildRequested": ("调用流程：{process}", "called the process: {process}"),
    "did_IncidentRaised": ("停住：{node}", "stopped: {node}"),
    "did_CaseEnded": ("案件结束", "the case ended"),
    "help": (
        """编号 或 do 编号 [名称=值 …]     办理列表中的一项
complete 任务 [名称=值 …]       完成任务        reject 任务      不同意
return 任务 to 节点 [原因]      退回            ways 节点        看有哪些路
choose 节点 连线                按这条路需要的数据继续
take back 节点 [原因]           拿回            jump 节点 to 节点 [原因]   跳转
sign 任务 with 人[,人] [before|after|beside] [all|any|sequence]   加签
enter 调用 / up                 进入被调用的案件 / 回到调用它的案件
vars                            看数据
next                            触发下一个定时   wait 30m|4h|2d|时刻   时钟往前走
deliver 消息 [名称=值 …]        送达消息或信号   finish 流程|服务  被调用的流程或外部服务有了结果
set 名称=值 …                   更改数据        mend 节点 [名称=值 …]  改正后重试
suspend / resume                暂停 / 恢复      withdraw / terminate 原因   撤回 / 终止
auto [步数]                     自动走下去      undo             撤销一步
show                            再看一遍        log              经过
save 文件                       保存脚本        quit             退出""",
        """N or do N [name=value …]        do what has this number in the list
complete TASK [name=value …]    complete it      reject TASK      decide against it
return TASK to NODE [reason]    send it back     ways NODE        show its ways out
choose NODE FLOW                go on with data that lead this way
take back NODE [reason]         void a decision  jump NODE to NODE [reason]   move what stands there
sign TASK with PERSON[,PERSON] [before|after|beside] [all|any|sequence]   ask others to sign
enter CALL / up                 go into a called case / back to the one that called it
vars                            show the data
next                            fire the next timer     wait 30m|4h|2d|MOMENT   move the clock
deliver MESSAGE [name=value …]  bring a message or signal     finish PROCESS|SERVICE   it has a result
set name=value …                change data      mend NODE [name=value …]   correct and try again
suspend / resume                hold / go on     withdraw / terminate REASON
auto [STEPS]                    go on by itself  undo             take a step back
show                            look again       log              what happened
save FILE                       keep the script  quit             leave""",
    ),
}


class Words:
    """The words in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._at = 0 if language.startswith("zh") else 1

    def __call__(self, code: str, /, **params: Any) -> str:
        return WORDS[code][self._at].format(**params) if params else WORDS[code][self._at]

    def labelled(self, code: str, text: str) -> str:
        """Return a label and what it is for."""
        return f"{self(code)}{'：' if self._at == 0 else ': '}{text}"

    def has(self, code: str) -> bool:
        return code in WORDS
