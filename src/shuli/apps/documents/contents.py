"""Where the contents of attachments lie: one file for each content, named by its hash, written whole or not at all."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

if TYPE_CHECKING:
    Upload = UploadedFile[Any]
else:
    Upload = UploadedFile


def path_of(sha256: str) -> Path:
    return Path(settings.SHULI_ATTACHMENTS) / sha256[:2] / sha256


def hash_of(upload: Upload) -> str:
    upload.seek(0)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def keep(upload: Upload, sha256: str) -> None:
    """Write a content under its hash unless it is there already; it is on the disk when this returns.

    A transaction that rolls back later leaves a content that nothing names; that harms nobody.
    """
    target = path_of(sha256)
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _unfinished(target) as file:
        upload.seek(0)
        for chunk in upload.chunks():
            file.write(chunk)
    _settle(target.parent)


@contextmanager
def _unfinished(target: Path) -> Iterator[IO[bytes]]:
    path = target.with_name(f"{target.name}.{secrets.token_hex(4)}.new")
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        path.replace(target)
    finally:
        path.unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    """Make the new name itself survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read(sha256: str) -> IO[bytes]:
    """Open a content; raises FileNotFoundError when the disk has lost it."""
    return path_of(sha256).open("rb")


def remove(sha256: str) -> None:
    path_of(sha256).unlink(missing_ok=True)
