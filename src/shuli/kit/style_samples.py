"""Invented content for the style page: a form with every type of field, and a small drawing."""

from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any

from shuli.core.bpmn import draw_svg, read_bpmn
from shuli.core.bpmn.draw import Pin
from shuli.core.forms import (
    AttachmentField,
    AttachmentKind,
    AutoNumberField,
    BooleanField,
    ChoiceField,
    ChoicesField,
    ComputedField,
    DateField,
    DateTimeField,
    DepartmentField,
    FieldError,
    FixedRow,
    FormDefinition,
    LongTextField,
    MoneyField,
    NumberField,
    Option,
    PersonField,
    RatingField,
    Section,
    SignatureField,
    TableField,
    TextField,
    TextListField,
    TimeField,
)
from shuli.core.text import Text


class Words:
    """Says things in the language of the page."""

    def __init__(self, is_chinese: bool) -> None:
        self.is_chinese = is_chinese

    def __call__(self, zh: str, en: str) -> str:
        return zh if self.is_chinese else en


def _t(zh: str, en: str) -> Text:
    return Text(zh=zh, en=en)


def _options(*pairs: tuple[str, str, str]) -> tuple[Option, ...]:
    return tuple(Option(code=code, label=_t(zh, en), other=code == "other") for code, zh, en in pairs)


_FACTS = Section(
    title=_t("登记", "Registration"),
    columns=2,
    fields=(
        AutoNumberField(key="number", label=_t("投诉编号", "Complaint number")),
        DateTimeField(key="received", label=_t("投诉日期", "Received"), required=True),
        TextField(key="complainant", label=_t("投诉人", "Complainant"), required=True, max_length=40),
        TextField(
            key="phone",
            label=_t("联系方式", "Contact"),
            sensitive=True,
            hint=_t("手机或邮箱", "Telephone or mail"),
        ),
        ChoiceField(
            key="channel",
            label=_t("投诉渠道", "Channel"),
            required=True,
            options=_options(
                ("phone", "电话", "Telephone"), ("chat", "在线", "Online"), ("mail", "邮件", "Mail")
            ),
        ),
        ChoicesField(
            key="kinds",
            label=_t("问题类型", "Kind of problem"),
            required=True,
            options=_options(
                ("quality", "产品质量", "Product quality"),
                ("manner", "服务态度", "Manner of service"),
                ("late", "物流延迟", "Late delivery"),
                ("after", "售后支持", "After-sales"),
                ("other", "其他", "Other"),
            ),
        ),
        LongTextField(
            key="description",
            label=_t("问题描述", "Description"),
            required=True,
            max_length=500,
            rows=3,
            example=_t(
                "11 月 7 日在家更换滤芯，8 日起下接口渗水。",
                "Filter changed at home on 7 Nov; leaking since the 8th.",
            ),
            guidance=_t("写明时间、地点和经过。", "Say when, where and what happened."),
        ),
    ),
)
_PLAN = Section(
    title=_t("方案", "Plan"),
    columns=2,
    fields=(
        MoneyField(
            key="amount",
            label=_t("补偿金额", "Compensation"),
            hint=_t("超过 2,000 元需分管领导加签。", "Above 2,000 CNY the executive signs too."),
        ),
        DateField(key="until", label=_t("计划完成日期", "Planned completion"), required=True),
        TimeField(key="call", label=_t("回电时间", "Time to call back")),
        NumberField(key="days", label=_t("工作量", "Effort"), unit=_t("人天", "person-days"), decimals=1),
        PersonField(key="owner", label=_t("执行责任人", "Person in charge"), required=True),
        DepartmentField(key="department", label=_t("责任部门", "Department in charge"), required=True),
        TextListField(
            key="functions", label=_t("核心功能需求", "Core functions"), max_items=3, max_length=100
        ),
        TableField(
            key="goals",
            label=_t("业务目标", "Goals"),
            required=True,
            columns=(
                TextField(key="metric", label=_t("指标", "Metric"), required=True),
                NumberField(key="value", label=_t("目标值", "Target"), required=True),
                ChoiceField(
                    key="period",
                    label=_t("周期", "Period"),
                    options=_options(("month", "每月", "Month"), ("year", "每年", "Year")),
                ),
            ),
            min_rows=1,
            max_rows=5,
        ),
        TableField(
            key="review",
            label=_t("评审", "Review"),
            columns=(
                ChoiceField(
                    key="opinion",
                    label=_t("评审意见", "Opinion"),
                    options=_options(
                        ("pass", "通过", "Pass"), ("fail", "不通过", "Fail"), ("revise", "需修改", "Revise")
                    ),
                ),
                DateField(key="on", label=_t("日期", "Date")),
            ),
            fixed_rows=(
                FixedRow(key="plan", label=_t("业务方案", "Business plan")),
                FixedRow(key="budget", label=_t("资源预算", "Budget")),
            ),
        ),
    ),
)
_END = Section(
    title=_t("附件与签字", "Files and signature"),
    fields=(
        AttachmentField(
            key="files",
            label=_t("附件", "Files"),
            types=("pdf", "png", "jpg", "docx"),
            kinds=(
                AttachmentKind(key="report", label=_t("市场调研报告", "Market study"), min=1),
                AttachmentKind(key="other", label=_t("其他", "Other")),
            ),
        ),
        RatingField(key="speed", label=_t("处理速度", "Speed"), text=True),
        BooleanField(key="told", label=_t("已告知客户进度", "The customer has been told")),
        ComputedField(key="total", label=_t("合计", "Total"), expression="1280.5", unit=_t("元", "CNY")),
        SignatureField(key="signature", label=_t("签字", "Signature"), required=True),
    ),
)

FORM = FormDefinition(
    key="style",
    title=_t("客户投诉登记表", "Complaint form"),
    table="表3",
    guidance=_t(
        "带“必填”的都要填写；没有的内容不必写。",
        "Fill in what is marked as required; leave out what does not apply.",
    ),
    sections=(_FACTS, _PLAN, _END),
)


ERRORS = (
    FieldError(path="owner", code="required"),
    FieldError(path="goals.0.value", code="not_number", params={"found": "x"}),
)


def answers(say: Words) -> dict[str, Any]:
    """Return a form that was filled halfway, with mistakes in it."""
    return {
        "complainant": say("王女士", "Ms Wang"),
        "phone": "13800002207",
        "channel": "phone",
        "kinds": ["quality", "other"],
        "kinds_other": say("安装", "Installation"),
        "description": say("更换滤芯后接口渗水，橱柜受潮。", "The joint leaks since the filter was changed."),
        "amount": "1280.00",
        "functions": [say("自动续费", "Automatic renewal")],
        "goals": [{"metric": say("转化率", "Conversion"), "value": "x", "period": "month"}],
        "files": [{"id": "17", "name": say("批次抽检报告.pdf", "Batch test report.pdf"), "kind": "report"}],
        "department": "",
    }


def filled(say: Words, now: datetime) -> dict[str, Any]:
    """Return the same form, complete."""
    return answers(say) | {
        "number": "TS20261110004",
        "received": now.isoformat(),
        "until": "2026-11-20",
        "amount": 1280,
        "days": 2.5,
        "goals": [{"metric": say("转化率", "Conversion"), "value": 12, "period": "month", "row": "1"}],
        "review": [
            {"row": "plan", "opinion": "pass", "on": "2026-11-16"},
            {"row": "budget", "opinion": "revise"},
        ],
        "speed": 4,
        "speed_text": say("当天回电", "Called back the same day"),
        "told": True,
        "signature": {"by": "limin", "at": now.isoformat()},
    }


PATH = {"C1a": "sl-done", "C1b": "sl-done", "C2": "sl-done", "C3a": "sl-done", "C3b": "sl-now"}


@lru_cache(maxsize=2)
def diagram(*, is_chinese: bool) -> str:
    """Return the shipped complaint process as a drawing, with a path through it."""
    source = files("shuli.library") / "processes" / "P-COMPLAINT" / "process.bpmn"
    document = read_bpmn(source.read_bytes()).document
    if document is None:
        raise ValueError(
            "Expected the shipped complaint process to be readable but it is not. Run shuli check on it."
        )
    markers = {node: (state,) for node, state in PATH.items()}
    pins = {
        "C3b": Pin(state="risk", text="剩余 1 工作小时" if is_chinese else "1 hour left"),
        "C1a": Pin(state="ok"),
    }
    return draw_svg(document, language="zh" if is_chinese else "en", markers=markers, pins=pins)
