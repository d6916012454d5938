"""What the last start found is believed of the same program on the same database only."""

import os

import pytest

from shuli.server import last_start


@pytest.fixture
def told(tmp_path):
    last_start.write(tmp_path, "postgresql://a/shuli", "demo")
    return tmp_path


def test_the_same_program_on_the_same_database_is_believed(told):
    assert last_start.read(told, "postgresql://a/shuli") == "demo"


def test_nobodys_installation_is_known_too(tmp_path):
    last_start.write(tmp_path, "", "")

    assert last_start.read(tmp_path, "") == ""


def test_nothing_is_believed_of_another_database(told):
    assert last_start.read(told, "postgresql://b/shuli") is None


def test_nothing_is_believed_when_the_program_changed(told, monkeypatch):
    monkeypatch.setattr(last_start, "program", lambda: "newer")

    assert last_start.read(told, "postgresql://a/shuli") is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"kind": "demo"}'])
def test_a_torn_file_is_no_hindrance(told, text):
    (told / "last-start.json").write_text(text)

    assert last_start.read(told, "postgresql://a/shuli") is None


def test_a_new_migration_is_another_program(tmp_path, monkeypatch):
    folder = tmp_path / "app" / "migrations"
    folder.mkdir(parents=True)
    (folder / "0001_initial.py").write_text("one")
    monkeypatch.setattr(last_start, "SOURCE", tmp_path)
    before = last_start.program()

    os.utime(folder / "0001_initial.py", ns=(1, 1))

    assert last_start.program() != before
