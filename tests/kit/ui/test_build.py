"""What the front end's build leaves for the pages."""

import gzip
import re
from pathlib import Path

import pytest

from shuli.kit import icons

ROOT = Path(__file__).resolve().parents[3]
FRONTEND = ROOT / "frontend"
BUILT = ROOT / "src" / "shuli" / "kit" / "static" / "built"
MOST_SCRIPT = 60_000  # bytes, compressed, on an ordinary page


def test_the_sprite_holds_every_listed_icon():
    lines = (FRONTEND / "icons.txt").read_text().splitlines()

    assert icons.names() == {line for line in lines if line and not line.startswith("#")}


def test_an_icon_that_is_not_there_is_refused():
    with pytest.raises(icons.UnknownIconError, match=r"icons\.txt"):
        icons.icon("no-such-icon")


def test_the_script_of_an_ordinary_page_is_small():
    size = sum(len(gzip.compress((BUILT / name).read_bytes(), 9)) for name in ("shuli.js", "theme.js"))

    assert size <= MOST_SCRIPT


def test_the_style_sheet_names_no_address_outside():
    css = (BUILT / "shuli.css").read_text()

    assert re.findall(r"url\(\s*[\"']?(?:https?:)?//", css) == []


def test_the_lock_file_names_hashes_and_no_address():
    lock = (FRONTEND / "package-lock.json").read_text()

    assert '"integrity"' in lock
    assert "resolved" not in lock
    assert "http" not in lock.replace("https://github.com/sponsors", "").replace(
        "https://opencollective.com", ""
    )


def is_own(islands, path, found):
    """Say whether a file takes something of its own island, from a folder further up."""
    island = islands / path.relative_to(islands).parts[0]
    return (path.parent / found).resolve().is_relative_to(island.resolve())


def test_islands_never_import_one_another():
    islands = FRONTEND / "islands"
    crossing = [
        f"{path.relative_to(islands)}: {found}"
        for path in islands.rglob("*.ts")
        for found in re.findall(r'from "([^"]+)"', path.read_text())
        if found.startswith("../") and found != "../../attach" and not is_own(islands, path, found)
    ]

    assert crossing == []


def test_an_island_s_file_is_short():
    longest = max(len(path.read_text().splitlines()) for path in (FRONTEND / "islands").rglob("*.ts"))

    assert longest <= 150
