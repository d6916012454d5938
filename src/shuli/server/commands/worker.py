"""Run one more worker for jobs, timers and mail, beside a server or on another machine.

The server must be running, or DATABASE_URL name its PostgreSQL.
"""

from argparse import ArgumentParser, Namespace

from shuli.kit import limits

NEEDS_DATA = True


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--jobs",
        type=int,
        default=limits.JOBS_AT_ONCE,
        metavar="N",
        help="jobs at once (default %(default)s)",
    )


def run(asked: Namespace) -> int:
    from shuli.server import worker
    from shuli.server.installation import database

    with database():
        return worker.run(asked.jobs)
