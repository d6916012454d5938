"""As whom PostgreSQL runs: it refuses to be root, and may have to look into folders that only root may enter."""

import os
import pwd
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from shuli.server.postgres.errors import PostgresError

NOBODY = 65534


@dataclass(frozen=True, kw_only=True, slots=True)
class Identity:
    """The words to put before a PostgreSQL program so that it runs as somebody it accepts."""

    prefix: tuple[str, ...] = ()
    uid: int  # who owns the files that it makes, seen from here
    way: str


def _other_account(uid: int) -> Identity | None:
    # The one capability lets it pass private folders; the securebit makes access(2) know of it, with which
    # PostgreSQL checks its own programs. Nothing else of root's power is left, and none can be regained.
    tool = shutil.which("setpriv")
    if tool is None:
        return None
    return Identity(
        prefix=(
            tool,
            f"--reuid={uid}",
            f"--regid={_group(uid)}",
            "--clear-groups",
            "--securebits=+no_setuid_fixup",
            "--inh-caps=-all,+dac_override",
            "--ambient-caps=-all,+dac_override",
            "--bounding-set=-all,+dac_override",
            "--no-new-privs",
        ),
        uid=uid,
        way=f"as the account with number {uid}",
    )


def _user_namespace() -> Identity | None:
    tool = shutil.which("unshare")
    if tool is None:
        return None
    # Inside, root looks like nobody; outside, the files belong to root.
    return Identity(prefix=(tool, "--user", f"--map-user={NOBODY}"), uid=0, way="in a user namespace")


def _group(uid: int) -> int:
    try:
        return pwd.getpwuid(uid).pw_gid
    except KeyError:
        return uid


def _has_account(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


def for_new_cluster(folder: Path) -> Iterator[Identity]:
    """Yield the ways to run, best first; initdb shows which of them this machine allows."""
    if os.geteuid() != 0:
        yield Identity(uid=os.geteuid(), way="as the present user")
        return
    owner = folder.stat().st_uid
    # initdb asks for the account's name, so the number must have one
    uid = owner if owner != 0 and _has_account(owner) else NOBODY
    yield from filter(None, (_other_account(uid), _user_namespace()))


def for_cluster(cluster: Path) -> Identity:
    """Return the way that fits the owner of an existing cluster."""
    owner, me = cluster.stat().st_uid, os.geteuid()
    if me not in {0, owner}:
        raise PostgresError(
            f"Expected {cluster} to belong to the present user ({me}) but found owner {owner}. "
            "Start as the user who started Shuli here before, or choose another folder with --data."
        )
    if me != 0:
        return Identity(uid=me, way="as the present user")
    found = _user_namespace() if owner == 0 else _other_account(owner)
    if found is None:
        raise PostgresError(
            "Expected the programs setpriv and unshare (package util-linux) but found neither."
        )
    return found
