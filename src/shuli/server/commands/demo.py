"""Load the example company and the processes of the library, for trying Shuli out.

Only into a new installation: a real one never gets invented people.
"""

import sys
from argparse import ArgumentParser, Namespace

NEEDS_DATA = True


def add_arguments(parser: ArgumentParser) -> None:
    """Take no more than --data."""


def run(_asked: Namespace) -> int:
    from shuli.server.installation import installation

    with installation():
        from django.core.management import call_command

        from shuli.kit import installation as kind_of

        call_command("migrate", verbosity=0, interactive=False)
        if kind_of.kind() == kind_of.REAL:
            print("Expected a new installation but found a real one. Nothing was changed.", file=sys.stderr)
            return 1
        load()
        print("The example company is there. shuli serve shows it.")
    return 0


def load() -> None:
    """Load people and processes; doing it again adds what is new."""
    from django.db import transaction

    from shuli.apps.catalogue import operations as catalogue
    from shuli.apps.directory import operations as directory
    from shuli.kit import installation

    with transaction.atomic():
        installation.claim(installation.DEMO)
        directory.load_example_company()
        catalogue.install_library()
