"""The sentences about a process as a whole and about working together."""

from collections.abc import Mapping

from shuli.core.bpmn.sentence import Sentence, warning

WHOLE: Mapping[str, Sentence] = {
    "goal_missing": warning(
        "流程“{name}”没有写明目标。请写明它为完成什么而设。",
        'The process "{name}" states no goal. Say what it is there to achieve.',
    ),
    "four_elements_missing": warning(
        "流程“{name}”四要素不全，缺少：{missing}。请补上。",
        'The process "{name}" lacks some of the four elements of a process: {missing}. Add them.',
    ),
    "standard_missing": warning(
        "流程“{name}”的各步骤都没有绩效标准。请至少给关键步骤写明标准。",
        'No step of the process "{name}" has a performance standard. Give one at least to its key steps.',
    ),
    "path_open": warning(
        "到“{name}”有一条路径既不留记录也不通知任何人，没有形成闭环。请补上反馈或归档。",
        'A path to "{name}" leaves no record and tells nobody, so it does not close. Add feedback or archiving.',
    ),
    "node_redundant": warning(
        "“{name}”只有一条进线和一条出线，是多余的节点。请删除或补上分支。",
        '"{name}" has one way in and one way out and does nothing. Remove it or add a branch.',
    ),
    "decision_repeated": warning(
        "“{name}”紧接“{before}”，由同样的人再决定一次。请合并。",
        '"{name}" follows "{before}" and asks the same people to decide again. Make them one.',
    ),
    "handover_undocumented": warning(
        "“{name}”把工作交给另一部门的“{taker}”，却没有表单或文件。请补上交接依据。",
        '"{name}" hands its work to "{taker}" in another department without a form or document. '
        "Add what is handed over.",
    ),
    "department_doubled": warning(
        "“{name}”中部门“{found}”既主导又配合，或重复列出。请只保留一处。",
        'The department "{found}" has more than one part in "{name}". Leave it one.',
    ),
    "work_led_twice": warning(
        "“{name}”出现多次，由不同部门主导（{found}），职责重叠。请改名区分或归一个部门。",
        'There are several "{name}", led by different departments ({found}): duties overlap. '
        "Tell them apart by name, or give them to one department.",
    ),
}
