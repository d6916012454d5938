"""File names that are safe to show, to send and to write on any desk."""

import re
import unicodedata

LONGEST = 180  # characters; with a folder before it Windows takes 255
# Controls, and marks that turn the direction of writing, so that exe.pdf would read as fdp.exe.
HIDDEN = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
FORBIDDEN = re.compile(r'[\\/:*?"<>|]')


def clean_name(name: str) -> str:
    """Return the last part of the name without what could mislead; empty when nothing is left."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    plain = FORBIDDEN.sub("_", HIDDEN.sub("", last)).strip().lstrip(".").rstrip(". ")
    stem, dot, ending = plain.rpartition(".")
    if not dot:
        return plain[:LONGEST]
    return f"{stem[: LONGEST - len(ending) - 1]}.{ending}" if len(ending) < LONGEST else ""


def ending_of(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""
