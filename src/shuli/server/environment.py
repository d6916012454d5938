"""The process environment, read here and nowhere else."""

import hashlib
import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

CHECKOUT = Path(__file__).resolve().parents[3]
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 -- compared, not bound
TRUE = frozenset({"1", "true", "yes", "on"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Environment:
    """What the surroundings ask of this process."""

    data: Path  # SHULI_DATA: everything that must survive a restart
    shared: Path  # SHULI_SHARED: what several nodes have in common, the signing key and attachments; else the data folder
    database_url: str | None  # DATABASE_URL: an existing server instead of the embedded one
    host: str  # SHULI_HOST: where the server listens; decides about demo sign-in and secure cookies
    port: int  # SHULI_PORT
    public_address: str | None  # SHULI_ADDRESS: how browsers reach Shuli, for links in mail
    demo: bool  # SHULI_DEMO: the example company, demo sign-in and the movable clock
    hosts: tuple[str, ...]  # SHULI_ALLOWED_HOSTS, comma-separated: names that browsers may use
    https: bool  # SHULI_HTTPS: the pages are reached over https
    trusted_proxy: bool  # SHULI_TRUSTED_PROXY: believe X-Forwarded-Proto, because a proxy of yours sets it
    hsts_seconds: int  # SHULI_HSTS_SECONDS: 0 sends no Strict-Transport-Security
    company: str  # SHULI_COMPANY: what the company is called on its papers
    smtp_url: str | None  # SHULI_SMTP_URL: smtp[s]://user:password@host:port; without it mail goes to files
    mail_from: str  # SHULI_MAIL_FROM
    failpoints: str  # SHULI_FAILPOINTS: see kit.failpoints; tests only
    inner_hosts: tuple[
        str, ...
    ]  # SHULI_INNER_HOSTS: hosts, host:port or networks of yours that calls may reach
    credentials: Path | None  # SHULI_CREDENTIALS: a TOML file with what calls to other programs carry
    functions: tuple[str, ...]  # SHULI_FUNCTIONS: Python modules that register functions for service tasks
    log_level: str  # SHULI_LOG_LEVEL
    static: Path  # SHULI_STATIC: where set-up collects style sheets, scripts and pictures

    @property
    def is_loopback(self) -> bool:
        return self.host in LOOPBACK

    @property
    def allowed_hosts(self) -> tuple[str, ...]:
        """The names under which browsers may ask; any, when others can reach it and no name was given."""
        named = [
            *self.hosts,
            *([urlsplit(self.public_address).hostname or ""] if self.public_address else []),
        ]
        if not named and not self.is_loopback:
            return ("*",)
        return (*named, "localhost", "127.0.0.1", "[::1]")

    @property
    def node(self) -> str:
        """The name of this node among those of one database: the same after every start."""
        folder = hashlib.sha256(str(self.data).encode()).hexdigest()[:8]
        return f"{socket.gethostname()}-{folder}"

    @property
    def address(self) -> str:
        """How a browser reaches Shuli."""
        host = "localhost" if self.host in EVERYWHERE else self.host
        return (self.public_address or f"http://{f'[{host}]' if ':' in host else host}:{self.port}").rstrip(
            "/"
        )


def terminal_language(surroundings: Mapping[str, str] = os.environ) -> str:
    """Return the language of the terminal, by the rules of POSIX: "zh", or "en" for any other."""
    set_to = next(
        (surroundings[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if surroundings.get(name)), ""
    )
    return "zh" if set_to.lower().startswith("zh") else "en"


def default_data() -> Path:
    """Return `data` in the checkout, or the user's data folder when installed without one."""
    if (CHECKOUT / "pyproject.toml").is_file():
        return CHECKOUT / "data"
    return Path.home() / ".local" / "share" / "shuli"


def _flag(value: str | None) -> bool:
    return (value or "").strip().lower() in TRUE


def _names(value: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in (value or "").split(",") if name.strip())


def _path(value: str | None) -> Path | None:
    return Path(value).absolute() if value else None


def read_environment(variables: Mapping[str, str] = os.environ) -> Environment:
    """Read the variables as they are now."""
    data = Path(variables.get("SHULI_DATA") or default_data()).absolute()
    return Environment(
        data=data,
        shared=Path(variables.get("SHULI_SHARED") or data).absolute(),
        database_url=variables.get("DATABASE_URL") or None,
        host=variables.get("SHULI_HOST") or "127.0.0.1",
        port=int(variables.get("SHULI_PORT") or 8000),
        public_address=(variables.get("SHULI_ADDRESS") or "").rstrip("/") or None,
        demo=_flag(variables.get("SHULI_DEMO")),
        hosts=_names(variables.get("SHULI_ALLOWED_HOSTS")),
        https=_flag(variables.get("SHULI_HTTPS")),
        trusted_proxy=_flag(variables.get("SHULI_TRUSTED_PROXY")),
        hsts_seconds=int(variables.get("SHULI_HSTS_SECONDS") or 0),
        company=(variables.get("SHULI_COMPANY") or "").strip(),
        smtp_url=variables.get("SHULI_SMTP_URL") or None,
        mail_from=variables.get("SHULI_MAIL_FROM") or "shuli@localhost",
        inner_hosts=_names(variables.get("SHULI_INNER_HOSTS")),
        credentials=_path(variables.get("SHULI_CREDENTIALS")),
        functions=_names(variables.get("SHULI_FUNCTIONS")),
        failpoints=variables.get("SHULI_FAILPOINTS", ""),
        static=Path(variables.get("SHULI_STATIC") or CHECKOUT / "build" / "static"),
        log_level=(variables.get("SHULI_LOG_LEVEL") or "INFO").upper(),
    )
