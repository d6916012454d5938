"""Read a BPMN file and say what speaks against running it, with line and element.

Exit status 1 when there is an error; warnings alone give 0.
"""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path

from shuli.core.bpmn import Finding, check, compile_process, has_errors, read_bpmn, sentence
from shuli.kit import limits

NEEDS_DATA = False


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("model", metavar="MODEL.bpmn", type=Path)
    parser.add_argument(
        "--json", action="store_true", help="print a list of {code, severity, element, line, message}"
    )
    parser.add_argument(
        "--language", choices=("zh", "en"), default="en", help="of the sentences (default %(default)s)"
    )


def run(asked: Namespace) -> int:
    found = findings_of(asked.model)
    if asked.json:
        print(
            json.dumps(
                [as_data(finding, asked.language) for finding in found], ensure_ascii=False, default=str
            )
        )
    else:
        for finding in found:
            print(as_line(finding, asked.model, asked.language))
        errors = sum(finding.severity == "error" for finding in found)
        print(f"{errors} errors, {len(found) - errors} warnings.")
    return 1 if has_errors(found) else 0


def findings_of(path: Path) -> tuple[Finding, ...]:
    """Return everything found on the way from the file to a graph that could run."""
    with path.open("rb") as file:
        data = file.read(limits.MODEL_BYTES + 1)
    if len(data) > limits.MODEL_BYTES:
        raise OSError(f"Expected {path} to have at most {limits.MODEL_BYTES // limits.MB} MB but found more.")
    reading = read_bpmn(data)
    if reading.document is None:
        return reading.findings
    compiled = [
        compile_process(reading.document, process.id).findings for process in reading.document.processes
    ]
    every = [*reading.findings, *(finding for one in compiled for finding in one), *check(reading.document)]
    # what several processes of one file share is told once
    return tuple(finding for place, finding in enumerate(every) if finding not in every[:place])


def as_line(finding: Finding, path: Path, language: str) -> str:
    """Return a finding as compilers print them: file, line, severity, element, sentence."""
    place = f"{path}:{finding.line}" if finding.line else str(path)
    element = f" {finding.element}:" if finding.element else ""
    return f"{place}: {finding.severity}:{element} {sentence(finding, language)}"


def as_data(finding: Finding, language: str) -> dict[str, object]:
    """Return a finding for programs."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "element": finding.element,
        "line": finding.line,
        "message": sentence(finding, language),
    }
