"""Read a BPMN file and say what speaks against running it, with line and element.

With a folder instead of a file: how many of its models can run, and why the others cannot. Exit status 1 when there is
an error, or a model that cannot run; warnings alone give 0.
"""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path

from shuli.core.bpmn import Finding, check, compile_process, has_errors, not_runnable, read_bpmn, sentence
from shuli.core.engine import ELEMENTS
from shuli.server.play.model import read_file
from shuli.server.play.survey import models_in, survey

NEEDS_DATA = False


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("model", metavar="MODEL.bpmn | FOLDER", type=Path)
    parser.add_argument(
        "--json", action="store_true", help="print a list of {code, severity, element, line, message}"
    )
    parser.add_argument(
        "--language", choices=("zh", "en"), default="en", help="of the sentences (default %(default)s)"
    )


def run(asked: Namespace) -> int:
    if asked.model.is_dir():
        return summarise(asked.model, asked.language, as_json=asked.json)
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


def summarise(folder: Path, language: str, *, as_json: bool) -> int:
    """Print how many models of a folder can run, and the reasons why the others cannot, the most frequent first."""
    found = survey(models_in(folder))
    if as_json:
        print(json.dumps(found.counts, ensure_ascii=False))
        return 1 if found.refused else 0
    total = len(found.runs) + len(found.refused)
    print(f"{total} models: {len(found.runs)} can run, {len(found.refused)} cannot.")
    for title, reasons in (
        ("Cannot run, by reason", found.reasons),
        ("To mend before publication", found.to_mend),
    ):
        if reasons:
            print(f"{title} (models, reason, first example):")
        for reason in reasons:
            print(f"{reason.files:>6}  {reason.key}")
            print(f"        {as_line(reason.example, reason.file.relative_to(folder), language)}")
    return 1 if found.refused else 0


def findings_of(path: Path) -> tuple[Finding, ...]:
    """Return everything found on the way from the file to a graph that could run."""
    reading = read_bpmn(read_file(path))
    if reading.document is None:
        return reading.findings
    document = reading.document
    every = [*reading.findings]
    for process in document.processes:
        compiled = compile_process(document, process.id)
        every += compiled.findings
        every += not_runnable(document, compiled.graph, ELEMENTS) if compiled.graph else ()
    every += check(document)
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
