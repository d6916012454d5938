"""The server process: is it there, start it, stop it."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from psycopg.pq import PGconn, Ping

from shuli.server.postgres.cluster import SURROUNDINGS
from shuli.server.postgres.errors import PostgresError
from shuli.server.postgres.folder import PORT, Folder, clear_sockets, make_socket_folder, programs
from shuli.server.postgres.identity import for_cluster

SECONDS_TO_START = 120  # a long recovery after a power cut
SECONDS_TO_STOP = 30
LONGEST_LOG = 10_000_000  # bytes; then the log moves aside once

SETTINGS = (
    ("listen_addresses", ""),
    ("unix_socket_permissions", "0700"),
    ("max_connections", "200"),
    ("password_encryption", "scram-sha-256"),
    ("timezone", "UTC"),
    ("log_timezone", "UTC"),
    ("log_line_prefix", "%m [%p] "),
    ("cluster_name", "shuli"),
)


def processes_of(cluster: Path) -> list[int]:
    """Return every process that works in the cluster: PostgreSQL's processes all stand in their folder."""
    place, found = cluster.resolve(), []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if (entry / "cwd").readlink() == place:
                    found.append(int(entry.name))
            except OSError:  # ended meanwhile, or somebody else's
                continue
    return found


def postmaster_of(cluster: Path) -> int | None:
    """Return the running server's process number; a stale file that names a stranger does not count."""
    try:
        pid = int((cluster / "postmaster.pid").read_text(encoding="utf-8").split()[0])
        found = Path(f"/proc/{pid}/cwd").readlink()
    except (OSError, ValueError, IndexError):
        return None
    return pid if found == cluster.resolve() else None


def has_socket(folder: Folder) -> bool:
    """Return whether the socket is still there; a tidied temporary folder makes a running server deaf."""
    return (folder.socket_folder / f".s.PGSQL.{PORT}").exists()


def is_answering(folder: Folder) -> bool:
    """Return whether the server takes connections now; one that is full still answers."""
    return PGconn.ping(folder.url().encode()) == Ping.OK


def start(folder: Folder) -> None:
    """Start the server and wait until it answers."""
    clear_remains(folder)
    identity = for_cluster(folder.cluster)
    settings = [
        word for name, value in (*SETTINGS, *folder.durability.settings) for word in ("-c", f"{name}={value}")
    ]
    command = [
        *identity.prefix,
        str(programs(folder.cluster) / "postgres"),
        *("-D", str(folder.cluster), "-k", str(make_socket_folder(folder)), "-p", str(PORT)),
        *settings,
    ]
    with _log(folder).open("ab") as log:
        # A session of its own: Ctrl-C in the terminal reaches the web server first, and the database last.
        server = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=SURROUNDINGS,
            start_new_session=True,
        )
    wait_until_ready(folder, server)


def _log(folder: Folder) -> Path:
    if folder.log.exists() and folder.log.stat().st_size > LONGEST_LOG:
        folder.log.replace(folder.log.with_suffix(".log.1"))
    folder.log.touch(mode=0o600)
    return folder.log


def wait_until_ready(folder: Folder, server: subprocess.Popen[bytes] | None = None) -> None:
    """Wait for the server that this process started, or for one that somebody else did."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if server is not None and server.poll() is not None:
            raise PostgresError(f"Expected PostgreSQL to start but it ended:\n{_last_lines(folder)}")
        if is_answering(folder):
            return
        time.sleep(0.02)
    raise PostgresError(f"Expected PostgreSQL to answer in {SECONDS_TO_START} s:\n{_last_lines(folder)}")


def _last_lines(folder: Folder) -> str:
    return "\n".join(folder.log.read_text(encoding="utf-8", errors="replace").splitlines()[-12:])


def clear_remains(folder: Folder) -> None:
    """End what a killed server left behind; its lock files would stop the next start when a number is reused."""
    if postmaster_of(folder.cluster) is None:
        _end(processes_of(folder.cluster), signal.SIGQUIT, seconds=5)
        (folder.cluster / "postmaster.pid").unlink(missing_ok=True)
        clear_sockets(folder)


def stop(folder: Folder) -> None:
    """Stop the server after the running statements, with a clean checkpoint."""
    pid = postmaster_of(folder.cluster)
    if pid is not None:
        _end([pid], signal.SIGINT, seconds=SECONDS_TO_STOP)
    clear_remains(folder)


def _end(pids: list[int], first: signal.Signals, *, seconds: float) -> None:
    for pid in pids:
        _send(pid, first)
    deadline = time.monotonic() + seconds
    while pids := [pid for pid in pids if _is_alive(pid)]:
        if time.monotonic() > deadline:
            for pid in pids:
                _send(pid, signal.SIGKILL)
        time.sleep(0.02)


def _send(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def _is_alive(pid: int) -> bool:
    """Return whether the process runs; one that ended is collected when it is a child of this process."""
    with suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"
