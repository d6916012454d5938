"""What a report says, as numbers; words are made when somebody reads it."""

from msgspec import Struct

from shuli.core.figures import Finding, Share


class Row(Struct, frozen=True, kw_only=True):
    """An indicator of the period, with that of the one before."""

    figure: str
    value: float | None
    former: float | None


class Suggestion(Struct, frozen=True, kw_only=True):
    """A line of 《流程优化建议表》."""

    text: str
    department: str
    due: str
    process: str = ""
    case: str = ""


class Content(Struct, frozen=True, kw_only=True):
    rows: list[Row]
    findings: list[Finding]
    causes: list[Share] = []
    suggestions: list[Suggestion] = []
