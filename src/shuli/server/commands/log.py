"""Hand out the event log of all cases, tell what a log file holds, or turn one form of it into another.

`log export` writes what happened in all cases as CSV, XES (IEEE 1849), OCEL 2.0 or Parquet. With --incremental PATH is a
folder: every further export adds a part with what is new. `log info` and `log convert` read any of these forms, from any
program; they need no installation.
"""

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

import msgspec

from shuli.core.eventlog import LogError

NEEDS_DATA = False
DONE, FINDING = 0, 1


def add_arguments(parser: ArgumentParser) -> None:
    words = parser.add_subparsers(dest="what", metavar="export|info|convert", required=True)
    _add_export(words.add_parser("export", help="write the log of all cases"))
    info = words.add_parser("info", help="tell what a log file holds")
    info.add_argument("--json", action="store_true", help="print one object")
    convert = words.add_parser("convert", help="turn a log file into another form, by the ending of its name")
    convert.add_argument("-o", "--output", metavar="PATH", type=Path, required=True)
    for one in (info, convert):
        one.add_argument("file", metavar="FILE", type=Path)
        _add_layout(one)


def _add_export(parser: ArgumentParser) -> None:
    from shuli.server.command_line import add_data

    add_data(parser)
    parser.add_argument("--format", choices=("csv", "xes", "ocel", "parquet"), required=True)
    parser.add_argument(
        "-o", "--output", metavar="PATH", type=Path, required=True, help="a file; Parquet: a folder"
    )
    parser.add_argument(
        "--incremental", action="store_true", help="PATH is a folder; add what is new since the last time"
    )
    parser.add_argument("--everything", action="store_true", help="with the engine's own bookkeeping")
    parser.add_argument("--pseudonyms", action="store_true", help="a sign instead of each person's name")


def _add_layout(parser: ArgumentParser) -> None:
    parser.add_argument("--case", default="case", metavar="COLUMN", help="CSV: which column is the case")
    parser.add_argument("--activity", default="activity", metavar="COLUMN", help="CSV: which is the activity")
    parser.add_argument("--at", default="at", metavar="COLUMN", help="CSV: which is the time")
    parser.add_argument("--resource", default="resource", metavar="COLUMN", help="CSV: which is the person")
    parser.add_argument(
        "--department", default="department", metavar="COLUMN", help="CSV: which is the department"
    )
    parser.add_argument(
        "--delimiter", default=",", help="CSV: what stands between values (default %(default)s)"
    )
    parser.add_argument("--encoding", default="utf-8", help="CSV: utf-8, gb18030… (default %(default)s)")
    parser.add_argument("--zone", default="UTC", help="CSV: of times that name none (default %(default)s)")


def run(asked: Namespace) -> int:
    try:
        return {"export": _export, "info": _info, "convert": _convert}[asked.what](asked)
    except LogError as error:
        print(f"shuli: {error}", file=sys.stderr)
        return FINDING


def _export(asked: Namespace) -> int:
    from shuli.server.installation import installation

    with installation():
        from shuli.server.log_export import export

        rows = export(asked)
    print(f"{rows} events to {asked.output}")
    return DONE


def _layout(asked: Namespace) -> Any:
    from shuli.core.eventlog.csv import Layout

    ours = ("case", "activity", "at", "resource", "department")
    names = {name: getattr(asked, name) for name in ours if getattr(asked, name) != name}
    return Layout(names=names, delimiter=asked.delimiter, encoding=asked.encoding, zone=asked.zone)


def _info(asked: Namespace) -> int:
    from shuli.core.eventlog import summary
    from shuli.server.log_files import read_log

    found = summary(read_log(asked.file, _layout(asked)))
    if asked.json:
        print(msgspec.json.encode(found).decode())
        return DONE
    for name, value in msgspec.to_builtins(found).items():
        print(f"{name}: {json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value}")
    return DONE


def _convert(asked: Namespace) -> int:
    from shuli.server.log_files import format_of, read_log, write_log

    write_log(read_log(asked.file, _layout(asked)), asked.output, format_of(asked.output))
    return DONE
