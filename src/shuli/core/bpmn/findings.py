"""What reading, checking and compiling have to say about a model, as values."""

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct

Severity = Literal["error", "warning"]


class Finding(Struct, frozen=True, kw_only=True):
    """One mistake or doubt: an error refuses publication, a warning asks for a tick.

    `sentences.py` has the sentence of every code in Chinese and English.
    """

    code: str
    severity: Severity = "error"
    element: str | None = None  # id; None: the file as a whole
    line: int | None = None  # in the file that was read; None: the model was made otherwise
    params: Mapping[str, Any] = {}


def has_errors(findings: tuple[Finding, ...]) -> bool:
    return any(finding.severity == "error" for finding in findings)
