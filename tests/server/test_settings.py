"""Settings follow from the surroundings: loopback or not, demo or not, https or not."""

import json
import os
import subprocess
import sys

import pytest

from shuli.server.commands.serve import announcement
from shuli.server.environment import read_environment

ASKED = (
    "SHULI_DEMO",
    "SHULI_DEMO_SIGN_IN",
    "SHULI_MOVABLE_CLOCK",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
)
SCRIPT = f"import json; from shuli.server import settings as s; print(json.dumps({{n: getattr(s, n) for n in {ASKED}}}))"


def settings_with(tmp_path, **variables):
    """Load the settings in a process of their own."""
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("SHULI_")}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=surroundings | {"SHULI_DATA": str(tmp_path)} | variables,
        capture_output=True,
        text=True,
        check=True,
    )
    assert list(tmp_path.iterdir()) == [], "reading settings must not write"
    return json.loads(done.stdout)


def test_the_example_company_on_this_machine_is_open(tmp_path):
    found = settings_with(tmp_path, SHULI_DEMO="1")

    assert found["SHULI_DEMO_SIGN_IN"]
    assert found["SHULI_MOVABLE_CLOCK"]
    assert not found["SESSION_COOKIE_SECURE"]


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::"])
def test_where_others_reach_it_nobody_signs_in_without_a_password(tmp_path, host):
    found = settings_with(tmp_path, SHULI_DEMO="1", SHULI_HOST=host)

    assert found["SHULI_DEMO"]
    assert not found["SHULI_DEMO_SIGN_IN"]
    assert found["SESSION_COOKIE_SECURE"]
    assert found["CSRF_COOKIE_SECURE"]


def test_a_real_installation_has_neither_open_door_nor_movable_clock(tmp_path):
    found = settings_with(tmp_path)

    assert not found["SHULI_DEMO_SIGN_IN"]
    assert not found["SHULI_MOVABLE_CLOCK"]


@pytest.mark.parametrize(
    ("variables", "hosts"),
    [
        ({}, ("localhost", "127.0.0.1", "[::1]")),
        ({"SHULI_HOST": "0.0.0.0"}, ("*",)),
        (
            {"SHULI_HOST": "0.0.0.0", "SHULI_ADDRESS": "https://shuli.example/"},
            ("shuli.example", "localhost", "127.0.0.1", "[::1]"),
        ),
    ],
)
def test_a_named_address_is_the_only_one(variables, hosts):
    assert read_environment(variables).allowed_hosts == hosts


@pytest.mark.parametrize(
    ("demo", "kind", "host", "words"),
    [
        ("1", "demo", "127.0.0.1", "choose a person"),
        ("1", "demo", "0.0.0.0", "nobody can sign in without a password"),
        ("", "real", "127.0.0.1", "your name and password"),
        ("", None, "127.0.0.1", "shuli createadmin"),
    ],
)
def test_the_announcement_says_how_to_sign_in(monkeypatch, demo, kind, host, words):
    monkeypatch.setenv("SHULI_DEMO", demo)

    lines = "\n".join(announcement(kind, host=host, address="http://127.0.0.1:8000"))

    assert words in lines
    assert ("SHULI_HTTPS" in lines) == (host == "0.0.0.0")
