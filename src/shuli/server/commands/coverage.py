"""Print which elements of BPMN run, as a page in Markdown; --write renews the pages of a checkout.

The table is the engine's own, so the page says what this version does.
"""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from shuli.core.engine.coverage import coverage_page
from shuli.server.environment import terminal_language

NEEDS_DATA = False
PAGES = {"en": "docs/bpmn-coverage.md", "zh": "docs/bpmn-coverage.zh.md"}


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--language", choices=("zh", "en"), help="of the page (default: the terminal's)")
    parser.add_argument(
        "--write", action="store_true", help="write both pages into docs of the checkout that is here"
    )


def run(asked: Namespace) -> int:
    if not asked.write:
        print(coverage_page(asked.language or terminal_language()), end="")
        return 0
    for language, path in PAGES.items():
        Path(path).write_text(coverage_page(language), encoding="utf-8")
        print(path)
    return 0
