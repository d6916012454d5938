"""What import-linter cannot see: complete contracts, sentences as names, foreign keys that point down."""

import configparser
from pathlib import Path

from django.apps import apps
from django.conf import settings

from shuli.server.settings import LADDER

ROOT = Path(__file__).resolve().parents[2]


def contracts():
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter", encoding="utf-8")
    return [parser[section] for section in parser.sections() if section.startswith("importlinter:contract")]


def test_every_contract_is_named_by_a_sentence():
    names = [contract["name"] for contract in contracts()]

    assert all(len(name.split()) >= 5 for name in names)
    assert len(set(names)) == len(names)


def test_every_room_with_tables_has_a_contract_that_protects_them():
    tables = [*(ROOT / "src/shuli").glob("**/models.py"), *(ROOT / "src/shuli").glob("**/models/__init__.py")]
    modules = {
        ".".join(path.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(".__init__")
        for path in tables
    }

    protected = {
        contract["protected_modules"].strip() for contract in contracts() if contract["type"] == "protected"
    }

    assert protected == modules


def test_the_settings_know_the_same_ladder():
    ladder = next(c for c in contracts() if c.get("containers") == "shuli.apps")["layers"].split()

    assert list(LADDER) == ladder
    assert [name for name in settings.INSTALLED_APPS if name.startswith("shuli.apps.")] == [
        f"shuli.apps.{name}" for name in ladder if apps.is_installed(f"shuli.apps.{name}")
    ]


def test_foreign_keys_point_down_the_ladder():
    """A key given as text escapes the import linter."""
    height = {name: place for place, name in enumerate(reversed(LADDER), start=1)} | {"kit": 0}
    upward = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in height
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model
        if height.get(field.related_model._meta.app_label, 0) > height[model._meta.app_label]
    ]

    assert upward == []
