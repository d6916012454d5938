"""Create the first administrator of a real installation.

The door closes with the first one: later administrators are made by an administrator, in the pages.
"""

import getpass
import sys
from argparse import ArgumentParser, Namespace

NEEDS_DATA = True
CLOSED = "Expected a new installation but found one that has its administrator, or the example company. Nothing was changed."


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--username", help="asked for when missing")
    parser.add_argument("--name", help="as colleagues read it; asked for when missing")
    parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")


def run(asked: Namespace) -> int:
    from shuli.server.installation import installation

    with installation():
        from shuli.kit import installation as kind_of

        if kind_of.kind() is not None:
            print(CLOSED, file=sys.stderr)
            return 1
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
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.db import transaction
    from django.utils import translation

    from shuli.apps.directory import operations as directory
    from shuli.kit import installation

    try:
        with translation.override("en"):
            validate_password(password)
    except ValidationError as error:
        print(*error.messages, sep="\n", file=sys.stderr)
        return 1
    with transaction.atomic():
        # of several who try at once, one makes the row; the others find the door closed
        if not installation.claim(installation.REAL):
            print(CLOSED, file=sys.stderr)
            return 1
        directory.create_administrator(username=username, name=name, password=password)
    print(f"{username} is the administrator. The door is closed.")
    return 0
