"""What ships with the register: the usual management domains, and the key processes of a producing company."""

import json
from functools import cache
from importlib import resources
from typing import Any

from shuli.apps.catalogue.models import Process
from shuli.core.text import Text

FOLDER = resources.files("shuli.library") / "register"


@cache
def domains() -> tuple[tuple[Text, str], ...]:
    """Return the usual management domains with their category, in the order in which a map shows them."""
    return tuple((Text(zh=row["zh"], en=row["en"]), row["category"]) for row in _json("domains.json"))


def _json(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return found


def install_key_processes() -> int:
    """Register the key processes that are not there yet, without a model; return how many are new."""
    new = [_install(row) for row in _json("key_processes.json")]
    return sum(new)


def _install(facts: dict[str, Any]) -> bool:
    names = {
        f"{field}{end}": facts[field][language]
        for field in ("name", "goal", "domain", "next_step")
        for end, language in (("", "zh"), ("_en", "en"))
    }
    same = {field: facts[field] for field in ("code", "category", "level", "department", "importance")}
    row, is_new = Process.objects.get_or_create(key=facts["key"], defaults={**names, **same})
    if not is_new and row.edited_at is None:
        _complete(row, same)
    return is_new


def _complete(row: Process, facts: dict[str, str]) -> None:
    """Add to an entry that came with its model what the model does not say."""
    wanted = {name: facts[name] for name in ("code", "department") if not getattr(row, name)}
    wanted["importance"] = facts["importance"]
    for name, value in wanted.items():
        setattr(row, name, value)
    row.save(update_fields=list(wanted))
