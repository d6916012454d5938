"""How serious a finding is, and what it says in both languages."""

from msgspec import Struct

from shuli.core.bpmn.findings import Severity


class Sentence(Struct, frozen=True):
    severity: Severity
    zh: str
    en: str


def error(zh: str, en: str) -> Sentence:
    return Sentence("error", zh, en)


def warning(zh: str, en: str) -> Sentence:
    return Sentence("warning", zh, en)
