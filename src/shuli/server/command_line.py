"""The command line: one word for each thing to do, each in a file of its own."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from django.db import Error

from shuli.server.environment import default_data
from shuli.server.postgres.errors import PostgresError

DONE, FINDING, USAGE = 0, 1, 2

UNDEFINED_TABLE = "42P01"  # SQLSTATE

COMMANDS = (
    "serve",
    "worker",
    "migrate",
    "createadmin",
    "demo",
    "check",
    "play",
    "layout",
    "coverage",
    "feel",
    "tck",
    "handbook",
    "verify_state",
    "verify_audit",
    "log",
    "figures",
    "messages",
)


def build_parser(commands: Sequence[str] = COMMANDS) -> argparse.ArgumentParser:
    """Return the parser with these commands' own."""
    parser = argparse.ArgumentParser(
        prog="shuli",
        description="Run a company's cross-department processes and improve them.",
        epilog="Exit status: 0 done, 1 something was found or failed, 2 the command was not understood.",
    )
    words = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name in commands:
        module = import_module(f"shuli.server.commands.{name}")
        summary = (module.__doc__ or "").strip().splitlines()[0]
        own = words.add_parser(name.replace("_", "-"), help=summary, description=module.__doc__)
        own.set_defaults(run=module.run)
        if module.NEEDS_DATA:
            add_data(own)
        module.add_arguments(own)
    return parser


def add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data",
        metavar="DIR",
        type=Path,
        default=Path(os.environ.get("SHULI_DATA") or default_data()),
        help="the folder with everything that must survive a restart (SHULI_DATA; default %(default)s)",
    )


def main(words: Sequence[str] | None = None) -> int:
    """Do what the words ask and return the exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuli.server.settings")
    words = sys.argv[1:] if words is None else words
    # each command loads much of the program; only the one that is asked for does
    known = [name for name in COMMANDS if words and name.replace("_", "-") == words[0]]
    asked = build_parser(known or COMMANDS).parse_args(words)
    if hasattr(asked, "data"):
        os.environ["SHULI_DATA"] = str(asked.data.absolute())
    try:
        return int(asked.run(asked))
    except (PostgresError, OSError) as error:
        print(f"shuli: {error}", file=sys.stderr)
    except Error as error:
        print(f"shuli: {_about_database(error)}", file=sys.stderr)
    except KeyboardInterrupt:
        print(file=sys.stderr)
    return FINDING


def _about_database(error: Error) -> str:
    if getattr(error.__cause__, "sqlstate", None) == UNDEFINED_TABLE:
        return "Expected the tables of this version but found others or none. Run shuli migrate."
    return str(error).strip()


if __name__ == "__main__":
    sys.exit(main())
