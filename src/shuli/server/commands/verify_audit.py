"""Check the hash chain of every case's events: nothing changed, removed or added by hand.

Exit status 1 when a chain breaks, with the case and the position of the first event that is not as it was written.
It only reads, and may run beside a server.
"""

import json
from argparse import ArgumentParser, Namespace

import msgspec

NEEDS_DATA = True


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--json", action="store_true", help="print {cases, events, breaks: [{case, position, at, found}]}"
    )


def run(asked: Namespace) -> int:
    from shuli.server.installation import installation

    with installation():
        from shuli.apps.cases.audit_chain import Audited, verify_audit

        audited = Audited()
        breaks = list(verify_audit(audited))
    if asked.json:
        told = msgspec.to_builtins(audited) | {"breaks": msgspec.to_builtins(breaks)}
        print(json.dumps(told, ensure_ascii=False))
        return 1 if breaks else 0
    for one in breaks:
        print(f"{one.case} · event {one.position} · {one.at.isoformat() if one.at else '-'} · {one.found}")
    print(f"{audited.events} events of {audited.cases} cases, {len(breaks)} chains broken")
    return 1 if breaks else 0
