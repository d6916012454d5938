"""The style page: every part of the visual layer on one page, for whoever builds pages; in a demonstration only."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from shuli.kit import clock, style_samples
from shuli.kit.components import (
    Action,
    Cell,
    Check,
    Column,
    Figure,
    Option,
    Pair,
    Paused,
    Phase,
    Row,
    Select,
    Step,
    Tab,
    Table,
    TableRow,
    Tag,
    deadline,
)
from shuli.kit.permissions import requires

Words = style_samples.Words


@requires("demo")
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show every part, with samples in the active language."""
    say = Words((get_language() or "zh").startswith("zh"))
    if "message" in request.GET:
        messages.success(request, say("已提交。", "Sent."))
    errors = style_samples.ERRORS if "errors" in request.GET else ()
    context = {"title": say("样式", "Style"), **_parts(say), **_forms(say), "errors": errors}
    return render(request, "kit/style.html", context)


def _parts(say: Words) -> dict[str, Any]:
    now = clock.now()
    return {
        "say": say,
        "now": now,
        "rows": _rows(say),
        "figures": [
            Figure(number=2, label=say("已超时", "Overdue"), url="#", kind="late"),
            Figure(number=3, label=say("今天到期", "Due today"), url="#"),
            Figure(number=14, label=say("本周完成", "Done this week"), url="#"),
            Figure(number=5, label=say("我发起在办", "Started by me"), url="#"),
        ],
        "tabs": [
            Tab(label=say("待办", "To do"), url="#", count=9, is_current=True),
            Tab(label=say("待阅", "To read"), url="#", count=3),
            Tab(label=say("我发起", "Started by me"), url="#", count=5),
            Tab(label=say("草稿", "Drafts"), url="#", count=0),
        ],
        "phases": _phases(say),
        "actions": _actions(say),
        "pairs": _pairs(say),
        "checks": _checks(say),
        "steps": _steps(say),
        "table": _table(say),
        "options": [Option(value="a", label=say("客户投诉处理", "Customer complaint"), is_chosen=True)],
        "page": Paginator(range(230), 20).get_page(4),
        "talk": [
            (
                say("李敏", "Li Min"),
                say("客服部", "Service"),
                now - timedelta(hours=1),
                say("@陈静 王女士来电问进度。", "@Chen Jing the customer asks how it stands."),
            ),
            (
                say("孙立", "Sun Li"),
                say("产品部", "Product"),
                now - timedelta(days=1),
                say("按报价单走。", "Go by the quotation."),
            ),
        ],
        "mentioned": [say("陈静", "Chen Jing")],
        "svg": style_samples.diagram(is_chinese=say.is_chinese),
        "facts": [("C3b", say("制定解决方案", "Work out a solution"), _pairs(say)[:3])],
    }


def _rows(say: Words) -> dict[str, list[Row]]:
    now = clock.now()
    process = say("客户投诉处理", "Customer complaint")
    facts = [
        process,
        say("第 3/5 步", "Step 3 of 5"),
        "TS20261110004",
        say("来自 客服部 李敏", "From Li Min, Service"),
    ]

    def left(**span: float) -> Any:
        return deadline(now - timedelta(days=4), now + timedelta(**span))

    return {
        "late": [
            Row(
                url="#",
                name=say("可行性分析", "Feasibility study"),
                title=say("社区上门滤芯更换服务", "Home filter replacement service"),
                facts=facts,
                due=left(days=-4),
            ),
        ],
        "today": [
            Row(
                url="#",
                name=say("制定解决方案", "Work out a solution"),
                title=say("更换滤芯后接口渗水，橱柜受潮", "Joint leaks after filter change"),
                tags=[Tag(label=say("重大", "Major"), is_strong=True)],
                facts=facts,
                due=left(hours=1),
            ),
            Row(
                url="#",
                name=say("方案评审", "Plan review"),
                title=say("企业客户租赁套餐", "Rental plan for business customers"),
                tags=[Tag(label=say("已签 2/4", "2 of 4 signed"))],
                facts=facts,
                due=left(days=2),
                select=Select(name="task", value="1", label=say("选择 NB20260019", "Choose NB20260019")),
            ),
            Row(
                url="#",
                name=say("可行性分析", "Feasibility study"),
                title=say("旧机以旧换新", "Trade-in of old machines"),
                facts=facts,
                paused=Paused(waits_for=say("财务部", "Finance"), since=now - timedelta(days=1)),
            ),
        ],
    }


def _phases(say: Words) -> list[Phase]:
    return [
        Phase(name=say("接收与登记", "Receive and register"), state="done"),
        Phase(name=say("分类与分级", "Classify"), state="done"),
        Phase(name=say("指派与处理", "Assign and solve"), state="now"),
        Phase(name=say("执行与确认", "Carry out and confirm"), state="next"),
        Phase(name=say("归档与复盘", "Archive and review"), state="next"),
    ]


def _actions(say: Words) -> list[Action]:
    return [
        Action(label=say("完成并提交", "Complete"), icon="check", is_primary=True, form="sample"),
        Action(label=say("退回", "Return"), icon="arrow-back-up", opens="return"),
        Action(label=say("转办", "Transfer"), icon="user-share", opens="return"),
        Action(label=say("上报问题", "Report a problem"), icon="flag", opens="return", is_rare=True),
        Action(
            label=say("撤回案件", "Withdraw the case"),
            icon="ban",
            opens="return",
            is_rare=True,
            is_grave=True,
        ),
    ]


def _pairs(say: Words) -> list[Pair]:
    return [
        Pair(label=say("投诉人", "Complainant"), value=say("王女士", "Ms Wang")),
        Pair(label=say("投诉渠道", "Channel"), value=say("电话", "Telephone")),
        Pair(label=say("投诉日期", "Date"), value="2026-11-10 09:12"),
        Pair(
            label=say("紧急程度", "Urgency"),
            value=say("一般（客户已自行关闭水阀）", "Normal (valve already closed)"),
        ),
        Pair(
            label=say("问题描述", "Description"),
            value=say(
                "11 月 7 日在家自行更换 RO 滤芯，8 日发现下接口持续渗水，橱柜底板受潮起鼓。",
                "Changed the filter at home on 7 November; the lower joint has leaked since the 8th.",
            ),
            is_wide=True,
        ),
    ]


def _checks(say: Words) -> list[Check]:
    return [
        Check(
            label=say("《投诉处理方案》", "Solution plan"),
            state="miss",
            note=say("缺：执行责任人、对客户的答复", "Missing: person in charge, answer"),
            word=say("缺 2 项", "2 missing"),
        ),
        Check(
            label=say("责任判定依据", "Evidence"),
            state="ok",
            note=say("批次抽检报告.pdf", "Batch test report.pdf"),
        ),
        Check(label=say("上线确认函", "Go-live letter"), state="open"),
    ]


def _steps(say: Words) -> list[Step]:
    now = clock.now()
    service = say("客服部 李敏", "Li Min, Service")
    return [
        Step(
            name=say("响应", "Respond"),
            state="done",
            who=service,
            at=now - timedelta(days=7),
            waiting=120,
            handling=240,
            limit=600,
            text=say(
                "等待 2 分 · 处理 4 分 · 时限 10 分钟，按时",
                "Waiting 2 min · handling 4 min · limit 10 min, on time",
            ),
        ),
        Step(
            name=say("升级通知", "Escalation notice"),
            state="note",
            icon="bell",
            who=say("自动", "automatic"),
            at=now - timedelta(days=6),
            text=say("已通知 孙立、郑国平，均已阅", "Told Sun Li and Zheng Guoping; both have read it"),
        ),
        Step(
            name=say("制定解决方案", "Work out a solution"),
            state="now",
            who=say("产品部 陈静", "Chen Jing, Product"),
            when=say("进行中", "in progress"),
            waiting=17.8 * 3600,
            handling=21.2 * 3600,
            limit=40 * 3600,
            text=say(
                "等待 17.8 小时 · 处理 21.2 小时 · 时限 5 工作日",
                "Waiting 17.8 h · handling 21.2 h · limit 5 days",
            ),
        ),
        Step(
            name=say("方案执行", "Carry out"),
            state="next",
            text=say("时限 3 工作日", "Limit 3 days"),
            when=" ",
        ),
    ]


def _table(say: Words) -> Table:
    columns = [
        Column(
            label=say("节点", "Step"), phone="first", sort="name", sort_url="?sort=name", sorted="ascending"
        ),
        Column(label=say("责任部门", "Department"), phone="line"),
        Column(label=say("超时 / 到期", "Late / due"), is_number=True),
        Column(label=say("超时率", "Late"), is_number=True, phone="key"),
        Column(label=say("平均等待", "Mean wait"), is_number=True),
        Column(label=say("等待占比", "Share waiting"), is_number=True),
    ]
    first = Cell(value=say("制定解决方案", "Work out a solution"), url="#", note="C3b")
    second = Cell(value=say("客户确认与回访", "Confirm with customer"), url="#")
    hours = say("小时", "h")
    return Table(
        caption=say("节点，按超时率", "Steps by share of late"),
        columns=columns,
        rows=[
            TableRow(
                cells=[
                    first,
                    say("产品部、运营部", "Product, Operations"),
                    "78 / 398",
                    "19.6%",
                    f"13.0 {hours}",
                    "72%",
                ]
            ),
            TableRow(cells=[second, say("客服部", "Service"), "47 / 352", "13.4%", f"7.8 {hours}", "64%"]),
        ],
    )


def _forms(say: Words) -> dict[str, Any]:
    return {
        "form": style_samples.FORM,
        "answers": style_samples.answers(say),
        "filled": style_samples.filled(say, clock.now()),
    }
