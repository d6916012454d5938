"""Serve Shuli: web server, worker and, unless DATABASE_URL names another, PostgreSQL.

Ctrl-C or SIGTERM lets running requests and jobs finish and stops all three.
"""

import os
from argparse import ArgumentParser, BooleanOptionalAction, Namespace
from functools import partial

from shuli.server.environment import LOOPBACK, read_environment

NEEDS_DATA = True


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--host", default="127.0.0.1", help="where to listen (default %(default)s: this machine only)"
    )
    parser.add_argument("--port", type=int, default=8000, help="default %(default)s; 0 takes a free one")
    parser.add_argument(
        "--web-workers",
        type=int,
        default=max(1, (os.cpu_count() or 2) // 2),
        metavar="N",
        help="processes that answer requests (default %(default)s)",
    )
    parser.add_argument("--migrate", action="store_true", help="bring the tables up to date first")
    parser.add_argument(
        "--demo",
        action=BooleanOptionalAction,
        default=None,
        help="load the example company into a new installation; --no-demo serves without its sign-in page",
    )


def run(asked: Namespace) -> int:
    from shuli.server.installation import installation
    from shuli.server.supervisor import (
        ServeError,
        Supervisor,
        a_page_answers,
        free_port,
        only_server,
        web,
        worker,
    )

    os.environ["SHULI_HOST"] = asked.host
    data = read_environment().data
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        with only_server(data):
            port = free_port(asked.host, asked.port)
            os.environ["SHULI_PORT"] = str(port)
            with installation() as lease:
                kind = _prepare(asked)
                os.environ["SHULI_DEMO"] = "1" if kind == "demo" and asked.demo is not False else ""
                lines = announcement(kind, host=asked.host, address=read_environment().address)
                children = (web(asked.host, port, asked.web_workers), worker())
                answers = partial(a_page_answers, asked.host, port)
                return Supervisor(*children, lease=lease, answers=answers).run(lines)
    except ServeError as error:
        print(f"shuli: {error}")
        return 1


def _prepare(asked: Namespace) -> str | None:
    """Migrate and load what was asked for, and return what this installation is."""
    from shuli.kit import installation
    from shuli.server import urls  # noqa: F401 -- a mistake in a page's module shows here once, not at every click
    from shuli.server.installation import bring_up_to_date, refuse_stranger
    from shuli.server.supervisor import ServeError

    if asked.migrate:
        bring_up_to_date()
    refuse_stranger()
    if asked.demo and installation.kind() != installation.REAL:
        from shuli.server.commands.demo import load

        if installation.kind() is None:
            print("Loading the example company …", flush=True)
        if problems := load():
            raise ServeError("\n".join(problems))
    return installation.kind()


def announcement(kind: str | None, *, host: str, address: str) -> list[str]:
    """Return what to print when the server answers: the address, and how to sign in."""
    lines = [f"\nShuli 梳理 serves on {address}"]
    if os.environ.get("SHULI_DEMO") and host in LOOPBACK:
        lines.append(
            "Example company: open the address and choose a person to sign in as. No password is needed."
        )
    elif os.environ.get("SHULI_DEMO"):
        lines.append(
            "Example company: nobody can sign in without a password, because others can reach this address."
        )
    elif kind is None:
        lines.append("Nobody can sign in yet. Create the first administrator: shuli createadmin")
    else:
        lines.append("Sign in with your name and password.")
    if host not in LOOPBACK and not read_environment().https:
        lines.append(
            "Browsers sign in over https only: put a proxy in front and set SHULI_HTTPS and SHULI_ADDRESS."
        )
    return [*lines, "Ctrl-C ends it.\n"]
