"""Bring the tables up to date.

Run it before the first `serve` of a real installation and after every upgrade.
"""

from argparse import ArgumentParser, Namespace

from shuli.server.installation import bring_up_to_date, installation

NEEDS_DATA = True


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--check", action="store_true", help="only look: exit status 1 when migrations are waiting"
    )


def run(asked: Namespace) -> int:
    with installation():
        if asked.check:
            from shuli.server.health import migrations

            waiting = migrations()
            print(waiting or "The tables are up to date.")
            return 1 if waiting else 0
        bring_up_to_date(verbosity=1)
    return 0
