"""Write the handbook of a process into a file: PDF, Word or HTML, in Chinese or English.

It is the same as the page's: made from the version in force, or from the one that --process-version names.
"""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from shuli.server.environment import terminal_language

NEEDS_DATA = True
FORMATS = ("pdf", "docx", "html")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("key", metavar="KEY", help="of the process, such as P-COMPLAINT")
    parser.add_argument("--format", choices=FORMATS, help="default: as the file's name ends, else pdf")
    parser.add_argument("--lang", choices=("zh", "en"), help="default: the terminal's language")
    parser.add_argument("--process-version", metavar="N", help="such as 1.0; default: the version in force")
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help="default: KEY-vN.FORMAT in this folder"
    )


def run(asked: Namespace) -> int:
    from shuli.server.installation import installation

    with installation():
        return _write(asked)


def _write(asked: Namespace) -> int:
    from shuli.apps.catalogue.handbook import editions
    from shuli.apps.documents.paper.fonts import NoFontError

    kind = asked.format or _format_of(asked.output)
    version = editions.version_named(asked.key, asked.process_version)
    if version is None:
        wanted = f"version {asked.process_version}" if asked.process_version else "a version in force"
        print(f"shuli: Expected {wanted} of {asked.key} but found none.", file=sys.stderr)
        return 1
    try:
        content = editions.content(version.pk, asked.lang or terminal_language(), kind)
    except NoFontError as error:
        print(f"shuli: {error}", file=sys.stderr)
        return 1
    target = asked.output or Path(f"{asked.key}-v{version.number}.{kind}")
    target.write_bytes(content)
    print(f"{target}: {len(content):,} bytes.")
    return 0


def _format_of(output: Path | None) -> str:
    ending = output.suffix.removeprefix(".").lower() if output else ""
    return ending if ending in FORMATS else "pdf"
