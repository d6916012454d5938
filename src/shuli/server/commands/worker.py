"""Run one more worker for jobs, timers and mail, beside a server or on another machine.

The server must be running, or DATABASE_URL name its PostgreSQL and SHULI_SHARED the folder that all nodes share.
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
    from shuli.server.installation import installation, refuse_stranger, wait_for_database
    from shuli.server.supervisor import ServeError, Supervisor, worker

    try:
        with installation() as lease:
            wait_for_database()
            refuse_stranger()
            return Supervisor(worker(asked.jobs), lease=lease).run(["Working. Ctrl-C ends it.\n"])
    except ServeError as error:
        print(f"shuli: {error}")
        return 1
