"""Draw the diagram of a BPMN file anew: departments as lanes, layers from left to right, right-angled lines.

Without -o the file with its new diagram goes to standard output.
"""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from shuli.core.bpmn import read_bpmn, sentence, write_bpmn
from shuli.core.bpmn.layout import lay_out

NEEDS_DATA = False


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("model", metavar="MODEL.bpmn", type=Path)
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help="write there; may be the model itself"
    )


def run(asked: Namespace) -> int:
    reading = read_bpmn(asked.model.read_bytes())
    if reading.document is None:
        for finding in reading.findings:
            print(f"{asked.model}: {sentence(finding, 'en')}", file=sys.stderr)
        return 1
    drawn = write_bpmn(lay_out(reading.document))
    if asked.output:
        asked.output.write_bytes(drawn)
    else:
        sys.stdout.buffer.write(drawn)
    return 0
