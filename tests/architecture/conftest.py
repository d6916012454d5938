"""What the architecture tests look at."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = {"migrations", "node_modules", "built", "__pycache__"}


def files(*folders, suffixes=(".py",)):
    """Return the files that people write."""
    found = [
        path for folder in folders for path in sorted((ROOT / folder).rglob("*")) if path.suffix in suffixes
    ]
    return [path for path in found if path.is_file() and not LEFT_OUT & set(path.parts)]


@pytest.fixture(scope="session")
def source():
    return files("src/shuli")


@pytest.fixture(scope="session")
def tests():
    return files("tests")


@pytest.fixture(scope="session")
def everything():
    """Return all that is written by hand: programs, styles, pages."""
    return files(
        "src/shuli",
        "tests",
        "script",
        "frontend",
        "bench",
        suffixes=(".py", ".ts", ".mjs", ".css", ".html", ".sh", ""),
    )
