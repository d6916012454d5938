"""Create the first administrator of a real installation.

The door closes with the first one: later administrators are made by an administrator, in the pages.
"""

import getpass
import sys
from argparse import ArgumentParser, Namespace

NEEDS_DATA = True
CLOSED = {
    "administrator_exists": "Expected a new installation but found one that has its administrator.",
    "example_company_here": "Expected a new installation but found the example company.",
}


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--username", help="asked for when missing")
    parser.add_argument("--name", help="as colleagues read it; asked for when missing")
    parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")


def run(asked: Namespace) -> int:
    from shuli.server.installation import installation

    with installation():
        username = asked.username or input("Username: ").strip()
        name = asked.name or input("Name: ").strip()
        password = sys.stdin.readline().rstrip("\n") if asked.password_stdin else _asked_twice()
        return _create(username, name, password)


def _asked_twice() -> str:
    while True:
        password = getpass.getpass("Password: ")
        if password == getpass.getpass("Password again: "):
            return password
        print("The two were not the same.", file=sys.stderr)


def _create(username: str, name: str, password: str) -> int:
    from django.contrib.auth import get_user_model
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.utils import translation

    from shuli.apps.directory import operations as directory
    from shuli.kit.errors import Refusal

    try:
        with translation.override("en"):
            validate_password(password, get_user_model()(username=username, name=name))
    except ValidationError as error:
        print(*error.messages, sep="\n", file=sys.stderr)
        return 1
    made = directory.create_first_administrator(username=username, name=name, password=password)
    if isinstance(made, Refusal):
        print(CLOSED.get(made.code, made.code), "Nothing was changed.", file=sys.stderr)
        return 1
    print(f"{made.username} is the administrator. The door is closed.")
    return 0
