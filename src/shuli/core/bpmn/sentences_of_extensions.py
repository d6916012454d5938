"""The sentences about extensions: Shuli's own elements, and what other vendors' files say."""

from collections.abc import Mapping

from shuli.core.bpmn.sentence import Sentence, error, warning

EXTENSIONS: Mapping[str, Sentence] = {
    "extension_unknown": error(
        "不认识 shuli:{tag}。请对照 docs/bpmn-extension.md 更正。",
        "shuli:{tag} is not known. Correct it by docs/bpmn-extension.md.",
    ),
    "extension_double": error(
        "shuli:{tag} 只能有一个。请删除多余的。",
        "There can be only one shuli:{tag}. Remove the others.",
    ),
    "extension_value": error(
        "shuli:{tag} 的内容有误。请对照 docs/bpmn-extension.md 更正。",
        "The content of shuli:{tag} is wrong: {message}. Correct it by docs/bpmn-extension.md.",
    ),
    "lead_departments_many": error(
        "“{name}”有多个主导部门。请只保留一个，其余设为配合部门。",
        '"{name}" has more than one lead department. Keep one and make the others cooperating departments.',
    ),
    "juel_broken": error(
        "表达式 {found} 不完整，读到“{what}”处无法继续。请用 FEEL 重写。",
        'The expression {found} cannot be read at "{what}". Write it in FEEL.',
    ),
    "juel_too_long": error(
        "表达式 {found} 太长或嵌套太深。请拆分，并用 FEEL 重写。",
        "The expression {found} is too long or nested too deep. Split it and write it in FEEL.",
    ),
    "juel_call": error(
        "表达式 {found} 调用程序 {what}，而流程中不运行外来程序。请用 FEEL 重写，或由服务任务先算出结果。",
        "The expression {found} calls the program {what}, and no foreign program is run. Write it in FEEL, "
        "or let a service task work out the value first.",
    ),
    "juel_engine_object": error(
        "表达式 {found} 使用原引擎的内部对象 {what}，这里没有。请改用案件的变量。",
        "The expression {found} uses {what}, an object inside the other engine. Use a variable of the case.",
    ),
    "juel_index": error(
        "表达式 {found} 中的 {what} 可能是序号，也可能是名称。请用 FEEL 重写。",
        "In the expression {found}, {what} may mean a place in a list or a name. Write it in FEEL.",
    ),
    "juel_name": error(
        "表达式 {found} 中的名称不能用于 FEEL。请给变量改名。",
        "The expression {found} uses a name that FEEL cannot have. Rename the variable.",
    ),
    "language_unknown": error(
        "表达式语言“{found}”不受支持。请用 FEEL 重写。",
        'The expression language "{found}" is not supported. Write it in FEEL.',
    ),
    "script_language": error(
        "脚本语言“{found}”不受支持。请用 FEEL 重写，或改为服务任务。",
        'The script language "{found}" is not supported. Write it in FEEL or use a service task.',
    ),
    "vendor_technical": warning(
        "{found} 只影响原引擎内部如何执行，在这里不起作用，原样保留。",
        "{found} only says how the other engine works inside. It has no effect here and is kept.",
    ),
    "vendor_no_effect": warning(
        "{found} 在这里不起作用，原样保留。",
        "{found} has no effect here and is kept.",
    ),
    "listener_not_run": warning(
        "监听器 {found} 是外来程序，在这里不运行，原样保留。",
        "The listener {found} is a foreign program. It is not run here and is kept.",
    ),
    "program_not_run": warning(
        "{found} 指向外来程序，在这里不运行，原样保留。请改为已登记的服务。",
        "{found} names a foreign program. It is not run here and is kept. Use a registered service.",
    ),
    "case_model_called": error(
        "{found} 调用 CMMN 案例模型，不受支持。请改为调用流程。",
        "{found} calls a CMMN case model, which is not supported. Call a process.",
    ),
    "script_elsewhere": error(
        "{found} 指向文件之外的脚本，无法读取。请把脚本改为 FEEL，写在模型里。",
        "{found} names a script outside the file, which cannot be read. Write it in FEEL in the model.",
    ),
    "element_not_runnable": error(
        "“{name}”属于“{kind}”，这类元素目前还不能运行。请改用其他元素。",
        '"{name}" is of the kind "{kind}", which cannot be run yet. Use another element.',
    ),
    "performers_many": warning(
        "执行人“{found}”有多个，只采用第一个“{used}”。请改为岗位或会签。",
        'Of the performers "{found}" only the first, "{used}", is used. Use a post or several seats.',
    ),
    "service_without_address": error(
        "“{name}”要调用 HTTP 服务，但没有地址。请填写 url。",
        '"{name}" calls a service over HTTP but has no address. Give it a url.',
    ),
    "call_by_expression": error(
        "被调用的流程由表达式 {found} 决定，不受支持。请写明流程编号。",
        "The called process is given by the expression {found}, which is not supported. Name the process.",
    ),
    "event_multiple": error(
        "一个事件有多个触发条件，不受支持。请拆成多个事件。",
        "An event with several triggers is not supported. Use one event for each.",
    ),
    "timer_cron": error(
        "定时“{found}”是 cron 写法，不受支持。请改为 ISO 8601，如 R/PT5M，或按工作时间设置。",
        'The timer "{found}" is written as cron, which is not supported. Use ISO 8601 such as R/PT5M, or working time.',
    ),
    "script_empty": error(
        "脚本任务没有脚本。请用 FEEL 写明要计算什么。",
        "The script task has no script. Say in FEEL what it works out.",
    ),
    "timer_empty": error(
        "定时事件没有时间。请填写日期、时长或周期。",
        "The timer has no time. Give it a date, a duration or a cycle.",
    ),
    "multiple_empty": error(
        "多实例活动没有说明做几次。请填写集合或次数。",
        "The multi-instance activity does not say how often. Give it a collection or a number.",
    ),
}
