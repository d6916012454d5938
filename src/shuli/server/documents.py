"""Documentation that is written from the program."""

from shuli.kit import limits
from shuli.server.environment import CHECKOUT

HEAD = """# Limits

Written from `src/shuli/kit/limits.py` by `python -m shuli.server.documents`; a test compares.

| limit | value | unit | what it is for |
|---|---:|---|---|
"""


def limits_page() -> str:
    """Return docs/limits.md."""
    rows = (f"| `{limit.name}` | {limit.value:,} | {limit.unit} | {limit.why} |\n" for limit in limits.TABLE)
    return HEAD + "".join(rows)


if __name__ == "__main__":
    (CHECKOUT / "docs" / "limits.md").write_text(limits_page(), encoding="utf-8")
