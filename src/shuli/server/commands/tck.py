"""Run the cases of a DMN Technology Compatibility Kit and count what passes.

Exit status 1 when a case fails, 2 when the directory has none.
"""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from shuli.server.tck import run_tck

NEEDS_DATA = False


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("directory", metavar="DIR", type=Path)


def run(asked: Namespace) -> int:
    return run_tck(asked.directory)
