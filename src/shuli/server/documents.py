"""Documentation that is written from the program."""

from importlib import import_module
from pathlib import Path

from shuli.core.feel.arithmetic import MOST_CHARACTERS as MOST_JOINED
from shuli.core.feel.budget import STANDARD
from shuli.core.feel.dmn import recording, xml
from shuli.core.feel.grammar import cursor
from shuli.core.feel.regex.reader import MOST_REPEATS
from shuli.core.forms import form_schema_text
from shuli.kit import limits
from shuli.server.environment import CHECKOUT

SCHEMA = "form.schema.json"

HEAD = """# Limits

Written from `src/shuli/kit/limits.py` by `python -m shuli.server.documents`; a test compares.

| limit | value | unit | what it is for |
|---|---:|---|---|
"""


EXPRESSIONS_HEAD = """
## Expressions and decisions

What one FEEL expression or DMN file may be, from `src/shuli/core/feel`.

| limit | value |
|---|---:|
"""
EXPRESSIONS = (
    ("characters of an expression", cursor.MOST_CHARACTERS),
    ("words and signs of an expression", cursor.MOST_TOKENS),
    ("levels of brackets", cursor.MOST_LEVELS),
    ("steps of one evaluation", STANDARD.steps),
    ("items made by one evaluation", STANDARD.room),
    ("items of one result", 2 * STANDARD.room),
    ("calls inside one another", STANDARD.depth),
    ("steps of one model evaluation", recording.MODEL_LIMITS.steps),
    ("items made by one model evaluation", recording.MODEL_LIMITS.room),
    ("characters of a text that + makes", MOST_JOINED),
    ("repetitions in a regular expression", MOST_REPEATS),
    ("bytes of a DMN file", xml.MOST_BYTES),
    ("tags of a DMN file", xml.MOST_TAGS),
    ("levels of a DMN file", xml.MOST_LEVELS),
)


def expressions_table() -> str:
    """Return the limits of expressions as a table."""
    return EXPRESSIONS_HEAD + "".join(f"| {what} | {value:,} |\n" for what, value in EXPRESSIONS)


def limits_page() -> str:
    """Return docs/limits.md."""
    rows = (f"| `{limit.name}` | {limit.value:,} | {limit.unit} | {limit.why} |\n" for limit in limits.TABLE)
    return HEAD + "".join(rows) + expressions_table()


def guide_pages() -> dict[Path, str]:
    """Return the files of docs/guide by their paths; needs the apps to be ready."""
    guide = import_module("shuli.apps.catalogue.guide")
    folder = CHECKOUT / "docs" / "guide"
    return {
        folder / language / f"{key}.md": guide.markdown(key, language)
        for language in ("zh", "en")
        for key in guide.PAGES
    }


def write() -> None:
    """Write every page that is made from the program."""
    import_module("django").setup()
    docs = CHECKOUT / "docs"
    pages = {docs / "limits.md": limits_page(), docs / SCHEMA: form_schema_text(), **guide_pages()}
    for path, text in pages.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
