"""The data folder: what lies where, and the secret that is made once."""

import os
import secrets
from pathlib import Path


def private_folder(path: Path) -> Path:
    """Make the folder for its owner only, and return it."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    unfinished = path.with_name(f"{path.name}.{secrets.token_hex(8)}.new")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def secret_path(data: Path) -> Path:
    return data / "secret-key"


def make_secret(data: Path) -> str:
    """Return the signing key of this installation, made at the first call."""
    path = secret_path(private_folder(data))
    if not path.exists():
        candidate = path.with_name(f"secret-key.{secrets.token_hex(8)}")
        write_private(candidate, secrets.token_urlsafe(64))
        try:
            os.link(candidate, path)  # fails when another process was first: its key then counts
        except FileExistsError:
            pass
        finally:
            candidate.unlink()
    return path.read_text(encoding="utf-8").strip()


def read_secret(data: Path) -> str:
    """Return the signing key, or one for this process alone while none has been made."""
    path = secret_path(data)
    return path.read_text(encoding="utf-8").strip() if path.exists() else secrets.token_urlsafe(64)
