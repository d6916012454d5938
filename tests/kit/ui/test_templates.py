"""Every template of the program, whoever wrote it, keeps to the pages' policy and to the visual layer."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = sorted(
    path for path in (ROOT / "src" / "shuli").rglob("templates/**/*.html") if "node_modules" not in path.parts
)
FRONTEND = ROOT / "frontend"
STYLES = [*(FRONTEND / "css").glob("*.css"), *(ROOT / "src" / "shuli" / "apps").glob("*/static/**/*.css")]
# Files that leave the program: each is whole, opens without it, and brings a policy of its own that runs no script.
LEAVING = {
    "apps/cases/templates/cases/archive_index.html",
    "apps/documents/templates/documents/paper/file.html",
}
DATA = r'(?![^>]*\stype="application/json")'  # no browser runs it
TAG = re.compile(r"{[%#].*?[%#]}|{{.*?}}", re.DOTALL)


def without_tags(path):
    return TAG.sub(" ", path.read_text(encoding="utf-8"))


def listed(name):
    lines = (FRONTEND / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def named(path):
    return str(path.relative_to(ROOT / "src" / "shuli"))


PAGES = [path for path in TEMPLATES if named(path) not in LEAVING]


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_a_template_has_no_inline_style_script_or_handler(path):
    html = without_tags(path)

    assert not re.search(r"\sstyle\s*=", html)
    assert not re.search(r"<style\b", html)
    assert not re.search(r"\son[a-z]+\s*=", html)
    assert not re.search(r"javascript:", html)
    assert not re.search(rf"<script(?![^>]*\ssrc=){DATA}[^>]*>", html)


@pytest.mark.parametrize("name", sorted(LEAVING))
def test_a_file_that_leaves_the_program_runs_no_script(name):
    html = (ROOT / "src" / "shuli" / name).read_text(encoding="utf-8")

    assert "default-src 'none'" in html
    assert "script-src" not in html
    assert "<script" not in html


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_loads_nothing_from_elsewhere(path):
    assert not re.search(r"""(?:src|href)\s*=\s*["'](?:https?:)?//""", without_tags(path))


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_uses_only_icons_of_the_sprite(path):
    used = re.findall(r"""{%\s*icon\s+["']([\w-]+)["']""", path.read_text(encoding="utf-8"))

    assert set(used) <= set(listed("icons.txt"))


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_a_template_uses_only_classes_that_are_styled(path):
    own = set(re.findall(r"\.([a-z][\w-]*)", "".join(css.read_text() for css in STYLES)))
    tabler = re.compile("|".join(listed("tabler.keep.txt")))
    used = {
        name
        for value in re.findall(r'\sclass="([^"]*)"', without_tags(path))
        for name in value.split()
        if name and not name.endswith("-")
    }

    assert {name for name in used if name not in own and not tabler.fullmatch(name)} == set()


def test_no_chinese_stands_in_the_words_of_a_kit_template():
    allowed = {"brand.html", "style.html"}
    found = [
        path.name
        for path in TEMPLATES
        if "/kit/templates/" in str(path)
        and path.name not in allowed
        and re.search("[一-鿿]", without_tags(path))
    ]

    assert found == []
