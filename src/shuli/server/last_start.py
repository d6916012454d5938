"""What the last start found, so that the next one of the same program need not look before it begins.

After a power cut every second counts: web server and worker then start at once, and what a start looks at first
(migrations, the kind of installation) is looked at while people already work.
"""

import hashlib
import json
import site
from pathlib import Path

import shuli
from shuli.server.data_folder import write_private

SOURCE = Path(shuli.__file__).parent


def program() -> str:
    """Return a text that is the same as long as program, libraries and migrations are."""
    libraries = sorted(
        path.name for folder in site.getsitepackages() for path in Path(folder).glob("*.dist-info")
    )
    migrations = sorted(SOURCE.glob("**/migrations/*.py"))
    facts = [*libraries, *(f"{path}/{path.stat().st_mtime_ns}/{path.stat().st_size}" for path in migrations)]
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()


def read(data: Path, database_url: str) -> str | None:
    """Return the kind of installation that the last start found, if it was of this program on this database."""
    try:
        found = json.loads((data / "last-start.json").read_text(encoding="utf-8"))
        same = found["program"] == program() and found["database"] == _print(database_url)
        return str(found["kind"]) if same else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write(data: Path, database_url: str, kind: str) -> None:
    facts = {"program": program(), "database": _print(database_url), "kind": kind}
    write_private(data / "last-start.json", json.dumps(facts))


def _print(database_url: str) -> str:
    return hashlib.sha256(database_url.encode()).hexdigest()
