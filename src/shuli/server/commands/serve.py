"""Serve Shuli: web server, worker and, unless DATABASE_URL names another, PostgreSQL.

Ctrl-C or SIGTERM lets running requests and jobs finish and stops all three.
"""

import os
from argparse import ArgumentParser, BooleanOptionalAction, Namespace
from functools import partial

from shuli.server.environment import LOOPBACK, read_environment
from shuli.server.postgres import Lease

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
    from shuli.server.installation import database
    from shuli.server.supervisor import ServeError, free_port, only_server

    os.environ["SHULI_HOST"] = asked.host
    data = read_environment().data
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        with only_server(data):
            port = free_port(asked.host, asked.port)
            os.environ["SHULI_PORT"] = str(port)
            with database() as lease:
                return _serve(asked, port, lease)
    except ServeError as error:
        print(f"shuli: {error}")
        return 1


def _serve(asked: Namespace, port: int, lease: Lease | None) -> int:
    """Look first and then serve; where the last start has looked, serve first and look meanwhile."""
    from shuli.server import last_start
    from shuli.server.supervisor import Supervisor, a_page_answers, web, worker

    children = (web(asked.host, port, asked.web_workers), worker())
    supervisor = Supervisor(*children, lease=lease, answers=partial(a_page_answers, asked.host, port))
    surroundings = read_environment()
    believed = last_start.read(surroundings.data, surroundings.database_url or "")
    kind = _look(asked) if believed is None else believed
    _demo(kind, asked)

    def look_meanwhile() -> None:
        found = kind if believed is None else _look(asked)
        if _demo(found, asked):
            supervisor.renew()
        last_start.write(surroundings.data, surroundings.database_url or "", found)

    lines = announcement(kind, host=asked.host, address=read_environment().address)
    return supervisor.run(lines, look_meanwhile)


def _demo(kind: str, asked: Namespace) -> bool:
    """Tell the children whether this is the example company's; return whether they have to be told anew."""
    wanted = "1" if kind == "demo" and asked.demo is not False else ""
    is_news = os.environ.get("SHULI_DEMO") != wanted
    os.environ["SHULI_DEMO"] = wanted
    return is_news


def _look(asked: Namespace) -> str:
    """Bring tables and demo up to date, and return what this installation is, "" while it is nobody's."""
    from shuli.server.installation import start_django

    start_django()
    from django.db import connections

    try:
        return _prepare(asked) or ""
    finally:
        connections.close_all()


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


def announcement(kind: str, *, host: str, address: str) -> list[str]:
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
    elif not kind:
        lines.append("Nobody can sign in yet. Create the first administrator: shuli createadmin")
    else:
        lines.append("Sign in with your name and password.")
    if host not in LOOPBACK and not read_environment().https:
        lines.append(
            "Browsers sign in over https only: put a proxy in front and set SHULI_HTTPS and SHULI_ADDRESS."
        )
    return [*lines, "Ctrl-C ends it.\n"]
