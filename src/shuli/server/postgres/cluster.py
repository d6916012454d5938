"""Making a cluster: whole or not at all."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from shuli.server.postgres.errors import PostgresError
from shuli.server.postgres.folder import DATABASE, ROLE, Durability, Folder, make_password, programs
from shuli.server.postgres.identity import Identity, for_new_cluster

# The superuser cannot sign in at all; the role of Shuli can, with its password, through the socket.
HOST_RULES = f"local all {ROLE} scram-sha-256\n"
SURROUNDINGS = {"LC_ALL": "C.UTF-8", "PATH": os.environ.get("PATH", os.defpath), "TZ": "UTC"}


def make_cluster(folder: Folder) -> None:
    """Make the cluster beside its place and move it there when it is complete."""
    make_password(folder)
    refusals = []
    for identity in for_new_cluster(folder.path):
        unfinished = Path(tempfile.mkdtemp(prefix="cluster-", dir=folder.path))
        try:
            os.chown(unfinished, identity.uid, -1)
            _initialise(folder, unfinished, identity)
        except (OSError, subprocess.CalledProcessError) as error:
            refusals.append(f"{identity.way}: {_words(error)}")
            shutil.rmtree(unfinished)
        else:
            unfinished.rename(folder.cluster)
            return
    raise PostgresError(
        "Expected one way to run PostgreSQL here but each was refused:\n  "
        + "\n  ".join(refusals)
        + "\nStart Shuli as an ordinary user, or give it a server of yours in DATABASE_URL."
    )


def _words(error: OSError | subprocess.CalledProcessError) -> str:
    return (
        str(error.stderr or error.stdout).strip()
        if isinstance(error, subprocess.CalledProcessError)
        else str(error)
    )


def _initialise(folder: Folder, cluster: Path, identity: Identity) -> None:
    bin_folder = programs(cluster)
    sync = () if folder.durability is Durability.FULL else ("--no-sync",)
    locale = ("--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8")
    _run(identity, bin_folder / "initdb", "-D", cluster, "-U", "postgres", "--auth=reject", *locale, *sync)
    (cluster / "pg_hba.conf").write_text(HOST_RULES, encoding="ascii")
    statements = (
        f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{folder.password}'",
        f"CREATE DATABASE {DATABASE} OWNER {ROLE}",
    )
    # Single-user mode needs no server and no way in for the superuser.
    _run(
        identity,
        bin_folder / "postgres",
        "--single",
        "-D",
        cluster,
        "postgres",
        stdin="\n".join(statements) + "\n",
    )


def _run(identity: Identity, *command: str | Path, stdin: str = "") -> None:
    subprocess.run(
        [*identity.prefix, *map(str, command)],
        input=stdin,
        env=SURROUNDINGS,
        check=True,
        capture_output=True,
        text=True,
    )
