"""Parts are pinned by hash, and no file names a registry's address."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
# put together here, so that this file does not find itself
REGISTRIES = re.compile(
    "|".join(("pypi" + r"\.org", "registry" + r"\.npm", "python" + "hosted", "--index" + "-url"))
)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_requirement_has_a_version_and_a_hash(lock):
    blocks = re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8"))
    named = [block for block in blocks if re.match(r"[A-Za-z0-9]", block)]

    assert named
    assert [
        block.splitlines()[0] for block in named if "==" not in block or "--hash=sha256:" not in block
    ] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_no_lock_file_has_an_address(lock):
    assert "://" not in lock.read_text(encoding="utf-8")


def test_the_front_ends_lock_has_hashes_and_no_addresses():
    packages = json.loads((ROOT / "frontend/package-lock.json").read_text(encoding="utf-8"))["packages"]

    assert [name for name, facts in packages.items() if "resolved" in facts] == []
    assert [name for name, facts in packages.items() if name and "integrity" not in facts] == []


def test_no_file_names_a_registry(everything):
    plain = [path for path in everything if path.suffix != ".html" and b"\0" not in path.read_bytes()]
    found = [path for path in plain if REGISTRIES.search(path.read_text(encoding="utf-8"))]

    assert [str(path.relative_to(ROOT)) for path in found] == []


def test_everything_asked_for_is_pinned():
    """The .in files say what is wanted, the .txt files what is installed."""
    missing = []
    for wish in (ROOT / "requirements").glob("*.in"):
        lock = wish.with_suffix(".txt").read_text(encoding="utf-8").lower()
        for line in wish.read_text(encoding="utf-8").splitlines():
            name = re.match(r"([A-Za-z0-9][A-Za-z0-9_-]*)", line)
            if name and f"\n{name[1].lower()}" not in f"\n{lock}":
                missing.append(f"{wish.name}: {name[1]}")

    assert missing == []
