"""What every finding says, in Chinese and English, with its parameters in braces; pages and `shuli check` print the same.

An error refuses publication, a warning asks for a tick. The element and the line are printed beside the sentence.
"""

from collections.abc import Mapping
from typing import Any

from shuli.core.bpmn.findings import Finding, Severity
from shuli.core.bpmn.sentence import Sentence, error, warning
from shuli.core.bpmn.sentences_of_elements import ELEMENTS
from shuli.core.bpmn.sentences_of_extensions import EXTENSIONS
from shuli.core.bpmn.sentences_of_wholes import WHOLE
from shuli.core.text import Text

# The file itself.
READING: Mapping[str, Sentence] = {
    "file_empty": error(
        "文件是空的。请选择 BPMN 2.0 文件。",
        "The file is empty. Choose a BPMN 2.0 file.",
    ),
    "file_too_large": error(
        "文件有 {found} 字节，上限为 {limit} 字节。请拆分流程。",
        "The file has {found} bytes, more than the {limit} allowed. Split the process.",
    ),
    "too_many_elements": error(
        "文件的元素超过 {limit} 个。请拆分流程。",
        "The file has more than {limit} elements. Split the process.",
    ),
    "too_many_attributes": error(
        "这个元素的属性超过 {limit} 个，不是正常的 BPMN 文件。",
        "This element has more than {limit} attributes; this is no ordinary BPMN file.",
    ),
    "too_deep": error(
        "元素嵌套超过 {limit} 层。请减少嵌套。",
        "Elements are nested more than {limit} deep. Nest less.",
    ),
    "encoding_unknown": error(
        "不支持编码“{found}”。请另存为 UTF-8。",
        'The encoding "{found}" is not supported. Save the file as UTF-8.',
    ),
    "document_type": error(
        "文件含有 DOCTYPE 声明，出于安全原因不予读取。请删除该声明。",
        "The file has a DOCTYPE declaration and is refused for safety. Remove the declaration.",
    ),
    "xml_broken": error(
        "XML 格式有误。请用产生该文件的工具重新导出。",
        "The XML is broken: {message}. Export the file again from the tool that made it.",
    ),
    "root_wrong": error(
        "应为 BPMN 2.0 的 definitions，实际为 {found}。请选择 BPMN 2.0 文件。",
        "Expected BPMN 2.0 definitions but found {found}. Choose a BPMN 2.0 file.",
    ),
    "no_process": warning("文件中没有流程。", "The file holds no process."),
    "id_double": error(
        "标识“{id}”出现多次。请改为不同的标识。",
        'The id "{id}" is used more than once. Give each element its own.',
    ),
    "id_missing": warning(
        "这个 {tag} 没有标识，已自动编号。",
        "This {tag} has no id; it was given one.",
    ),
    "attribute_missing": error(
        "{tag} 缺少 {name}。请补上。",
        "{tag} lacks {name}. Add it.",
    ),
    "value_wrong": error(
        "{name} 应为 {expected}，实际为“{found}”。请更正。",
        'Expected {name} to be {expected} but found "{found}". Correct it.',
    ),
    "reference_broken": error(
        "{tag} 指向“{found}”，但文件中没有它。请改正引用或补上该元素。",
        '{tag} refers to "{found}", which is not in the file. Correct the reference or add the element.',
    ),
    "reference_unknown": warning(
        "{tag} 指向“{found}”，但文件中没有它。",
        '{tag} refers to "{found}", which is not in the file.',
    ),
    "element_unknown": warning(
        "{parent} 中的 {tag} 不属于 BPMN 2.0，原样保留。",
        "{tag} in {parent} is not BPMN 2.0; it is kept as it is.",
    ),
    "element_misplaced": warning(
        "{tag} 不应在 {parent} 中，原样保留但不起作用。",
        "{tag} does not belong in {parent}; it is kept but does nothing.",
    ),
    "element_double": warning(
        "{tag} 只能有一个，后面的原样保留但不起作用。",
        "There can be only one {tag}; the others are kept but do nothing.",
    ),
    "markup_lost": warning(
        "{tag} 中的格式不保留，只保留文字。",
        "The markup in {tag} is not kept, only its words.",
    ),
}

# How the flow goes.
STRUCTURE: Mapping[str, Sentence] = {
    "process_missing": error(
        "文件中没有可运行的流程。请画一个流程并勾选“可执行”。",
        "The file holds no process that could run. Draw one and mark it executable.",
    ),
    "process_too_large": error(
        "流程有 {found} 个节点和连线，上限为 {limit} 个。请拆成几个流程，用调用活动相连。",
        "The process has {found} nodes and flows, more than the {limit} allowed. Split it and call the parts.",
    ),
    "no_start": error(
        "“{name}”没有开始事件。请补上。",
        '"{name}" has no start event. Add one.',
    ),
    "no_end": error(
        "“{name}”没有结束事件。请补上，使流程闭环。",
        '"{name}" has no end event. Add one, so that the process closes.',
    ),
    "unreachable": error(
        "从开始事件走不到“{name}”。请连上它或删除它。",
        'No path leads from the start to "{name}". Connect it or remove it.',
    ),
    "no_way_to_end": error(
        "从“{name}”走不到任何结束事件。请补上出路。",
        'No path leads from "{name}" to an end. Give it a way out.',
    ),
    "flow_crosses": error(
        "连线“{name}”跨越了子流程的边界。请在边界处断开。",
        'The flow "{name}" crosses the border of a sub-process. End it at the border.',
    ),
    "link_unresolved": error(
        "连接符“{name}”没有对应的另一端。请使两端同名。",
        'The connector "{name}" has no other end. Give both ends the same name.',
    ),
    "condition_missing": error(
        "“{gateway}”的出口“{name}”既无条件也不是默认出口。请填写条件。",
        'The way "{name}" out of "{gateway}" has no condition and is not the default. Give it a condition.',
    ),
    "default_missing": warning(
        "“{name}”没有默认出口，所有条件都不成立时案件会停住。请设一个默认出口。",
        '"{name}" has no default flow; a case stops when no condition is true. Choose a default.',
    ),
    "ends_inside_block": error(
        "“{fork}”到“{join}”之间的路径会在“{end}”提前结束，汇合将永远等待。请让它走到汇合，或改为终止结束事件。",
        'A path between "{fork}" and "{join}" can end at "{end}", and the join would wait for ever. '
        "Lead it to the join, or make the end a terminate event.",
    ),
    "branch_without_join": error(
        "“{fork}”的一条分支不经过汇合“{join}”就在“{end}”结束。请让所有分支都到达汇合。",
        'One branch of "{fork}" ends at "{end}" without reaching the join "{join}". Lead all branches to the join.',
    ),
    "leaves_block": error(
        "从“{fork}”的分支里可以不经过汇合就回到“{fork}”之前。请在汇合之后再返回。",
        'A path leads out of a branch of "{fork}" back to before it, past the join. Go back after the join.',
    ),
    "branches_meet": error(
        "“{fork}”的多条分支在“{name}”相遇而没有汇合，之后的工作会重复。请在此处加汇合网关。",
        'Branches of "{fork}" meet at "{name}" without a join, so that what follows is done more than once. '
        "Put a join there.",
    ),
    "join_partial": error(
        "“{join}”只汇合“{fork}”的一部分分支。请为这几条分支另设一个分叉。",
        '"{join}" joins only some branches of "{fork}". Give these branches a fork of their own.',
    ),
    "fork_unpaired": error(
        "分叉“{fork}”没有自己的汇合（分支到达：{joins}）。请为它配一个汇合网关。",
        'The fork "{fork}" has no join of its own (its branches reach {joins}). Give it one.',
    ),
    "join_unpaired": error(
        "汇合“{join}”没有对应的分叉，会永远等待。请改为排他网关，或补上分叉。",
        'The join "{join}" has no fork and would wait for ever. Make it an exclusive gateway or add the fork.',
    ),
    "join_differs": error(
        "“{fork}”按条件分叉，而“{join}”等待所有分支。请两处都用包容网关。",
        '"{fork}" takes only the branches whose conditions hold, but "{join}" waits for all. Use inclusive gateways for both.',
    ),
    "branch_arrives_twice": error(
        "“{fork}”的一条分支从多条连线进入“{join}”，并行汇合会等待不会来的那一条。请先合并。",
        'One branch of "{fork}" enters "{join}" over several flows; the join would wait for one that never comes. '
        "Merge them first.",
    ),
    "side_path_merges": error(
        "非中断边界事件“{name}”的路径并入了主流程的“{target}”，之后的工作会重复。请让它自行结束。",
        'The path of the non-interrupting event "{name}" merges into the main flow at "{target}", so that what follows '
        "is done twice. Let it end by itself.",
    ),
    "loop_automatic": warning(
        "循环 {names} 中既没有人工任务也没有定时事件，可能无休止地运行。",
        "The loop {names} holds neither a person nor a timer and may run without end.",
    ),
}

# What the company says about each node.
DUTIES: Mapping[str, Sentence] = {
    "field_unknown": error(
        "“{name}”的条件读取“{field}”，但没有任何表单或步骤写入它。请改正名称或补上字段。",
        'The condition at "{name}" reads "{field}", which no form or step writes. Correct the name or add the field.',
    ),
    "feel_broken": error(
        "“{name}”的表达式有误，第 {line} 行第 {column} 个字符：{message}。",
        'The expression at "{name}" is broken, line {line}, character {column}: {message}.',
    ),
    "task_without_performer": error(
        "“{name}”没有责任部门，也没有执行人。请至少指定一个。",
        '"{name}" has neither a lead department nor a performer. Name at least one.',
    ),
    "task_without_limit": warning("“{name}”没有时限。", '"{name}" has no time limit.'),
    "task_without_output": warning(
        "“{name}”既没有输出成果，也没有表单。",
        '"{name}" has neither an output nor a form.',
    ),
    "task_without_instruction": warning("“{name}”没有操作说明。", '"{name}" has no instruction.'),
    "lane_empty": warning("泳道“{name}”是空的。", 'The lane "{name}" is empty.'),
    "key_control_point_missing": warning(
        "流程“{name}”没有关键控制点。", 'The process "{name}" has no key control point.'
    ),
    "output_unused": warning(
        "“{name}”输出的《{document}》没有任何步骤使用。",
        'No step uses the "{document}" that "{name}" makes.',
    ),
    "input_unmade": warning(
        "“{name}”需要《{document}》，但没有任何步骤输出它。",
        '"{name}" needs the "{document}", which no step makes.',
    ),
    "name_missing": warning("这个元素没有名称。", "This element has no name."),
    "name_meaningless": warning(
        "名称“{name}”没有说明做什么。", 'The name "{name}" does not say what is done.'
    ),
    "vague_words": warning(
        "“{name}”的说明含有模糊用语：{words}。请写明时间、数量或标准。",
        'The text of "{name}" has vague words: {words}. Say when, how much, or by which standard.',
    ),
    "phase_unknown": error(
        "“{name}”所属的阶段“{phase}”不存在。请改正。",
        '"{name}" belongs to the phase "{phase}", which does not exist. Correct it.',
    ),
    "policy_incomplete": error(
        "“{name}”的自动规则不完整：{missing}没有写明，或指向不存在的节点。请补充。",
        'The policy of "{name}" is incomplete: {missing} is not given, or names no node. Add it.',
    ),
    "approver_lost": warning(
        "上一版本的“{name}”由 {found} 参与决定，本版本不再包含。",
        'In the previous version {found} took part in deciding "{name}"; in this one not.',
    ),
}

# What is wrong in a FEEL text; `{message}` of "feel_broken".
FEEL: Mapping[str, tuple[str, str]] = {
    "unexpected_token": ("应为 {expected}，实际为 {found}", "expected {expected} but found {found}"),
    "unexpected_end": ("应为 {expected}，但表达式已结束", "expected {expected} but the expression ends"),
    "unknown_character": ("不认识字符 {found}", "the character {found} is not FEEL"),
    "fullwidth_character": (
        "请用半角 {expected} 代替全角 {found}",
        "use {expected} instead of the full-width {found}",
    ),
    "unclosed_string": ("缺少结束的引号", "the closing quotation mark is missing"),
    "unclosed_comment": ("缺少注释的结尾 */", "the end of the comment (*/) is missing"),
    "wrong_literal": ("{found} 不是日期、时间或时长", "{found} is no date, time or duration"),
    "unknown_type": ("不认识类型 {found}", "the type {found} is not known"),
    "duplicate_entry": ("{name} 出现两次", "{name} stands there twice"),
    "duplicate_parameter": ("参数 {name} 出现两次", "the parameter {name} stands there twice"),
    "too_long": ("表达式太长，请拆分", "the expression is too long; split it"),
    "too_deep": ("嵌套太深，请拆分", "it is nested too deep; split it"),
}
# The phrases that FEEL's parser uses for what it expected.
EXPECTED_ZH: Mapping[str, str] = {
    "expression": "表达式",
    "one expression": "一个表达式",
    "name": "名称",
    "operator": "运算符",
    "literal": "固定值",
    "type": "类型",
    "names for all arguments": "每个参数的名称",
}
# What an attribute should have been.
KINDS: Mapping[str, tuple[str, str]] = {
    "bool": ("true 或 false", "true or false"),
    "int": ("整数", "a whole number"),
    "float": ("数字", "a number"),
    "text": ("规定的词", "one of the words that BPMN knows"),
}

SENTENCES: Mapping[str, Sentence] = {**READING, **EXTENSIONS, **STRUCTURE, **ELEMENTS, **WHOLE, **DUTIES}


def severity_of(code: str) -> Severity:
    return SENTENCES[code].severity


def sentence(finding: Finding, language: str) -> str:
    """Return what a finding says in "zh…" or "en…"."""
    template = SENTENCES[finding.code]
    chinese = language.startswith("zh")
    params = {name: _word(value, language) for name, value in finding.params.items()}
    if finding.code == "value_wrong":
        params["expected"] = KINDS[params["expected"]][0 if chinese else 1]
    if "problem" in params:
        params["message"] = _feel_problem(params, chinese=chinese)
    return (template.zh if chinese else template.en).format_map(_Blank(params))


def _word(value: Any, language: str) -> Any:
    if isinstance(value, Text):
        return value.in_language(language)
    if isinstance(value, tuple):
        words = [str(_word(one, language)) for one in value]
        return ("、" if language.startswith("zh") else ", ").join(words)
    return value


def _feel_problem(params: Mapping[str, Any], *, chinese: bool) -> str:
    chinese_words, english_words = FEEL.get(params["problem"], ("表达式有误", "the expression is wrong"))
    if not chinese:
        return english_words.format_map(_Blank(params))
    expected = str(params.get("expected", ""))
    return chinese_words.format_map(_Blank({**params, "expected": EXPECTED_ZH.get(expected, expected)}))


class _Blank(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "?"
