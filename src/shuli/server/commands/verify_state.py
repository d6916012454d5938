"""Check that every case's state, rows and event chain agree with its events.

Exit status 1 when something disagrees. It only reads, and may run beside a server.
"""

import json
from argparse import ArgumentParser, Namespace
from dataclasses import asdict

NEEDS_DATA = True


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print a list of {case, rule, found}")


def run(asked: Namespace) -> int:
    from shuli.server.installation import installation

    with installation():
        from shuli.apps.cases.verification import verify_state

        found = [asdict(violation) for violation in verify_state()]
    if asked.json:
        print(json.dumps(found, ensure_ascii=False))
    for violation in () if asked.json else found:
        print(" · ".join(str(part) for part in violation.values()))
    if not asked.json and not found:
        print("All cases agree with their events.")
    return 1 if found else 0
