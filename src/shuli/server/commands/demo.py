"""Load the example company and the processes of the library, for trying Shuli out.

Only into a new installation: a real one never gets invented people.
"""

from argparse import ArgumentParser, Namespace

NEEDS_DATA = True


def add_arguments(parser: ArgumentParser) -> None:
    """Take no more than --data."""


def run(_asked: Namespace) -> int:
    from shuli.server.installation import installation

    with installation():
        from django.core.management import call_command

        call_command("migrate", verbosity=0, interactive=False)
        problems = load()
    print(*problems or ["The example company is there. shuli serve shows it."], sep="\n")
    return 1 if problems else 0


def load() -> list[str]:
    """Load people and processes and return what speaks against it; doing it again adds what is new."""
    from django.db import transaction

    from shuli.apps.catalogue import operations as catalogue
    from shuli.apps.directory import operations as directory
    from shuli.core.bpmn import sentence
    from shuli.kit.errors import Refusal

    with transaction.atomic():
        if isinstance(directory.load_example_company(), Refusal):
            return ["Expected a new installation but found a real one. Nothing was changed."]
        installed = [*catalogue.install_library(), *catalogue.install_examples()]
        refused = [found for found in installed if found.is_refused]
    reasons = [
        (found.key, [*found.problems, *(sentence(f, "en") for f in found.findings)]) for found in refused
    ]
    return [f"{key} of the library was refused: {'; '.join(words)}" for key, words in reasons]
