"""Load the example company and the processes of the library, for trying Shuli out.

Only into a new installation: a real one never gets invented people. With --year the company has a year behind it: some
thousand cases that its people worked on, with holidays, a bottleneck, rework, a bad courier, lateness. It takes a minute
or two and is the same one for the same --seed and day.
"""

import time
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime, timedelta

NEEDS_DATA = True
CASES = 5_000
HALF_YEAR = timedelta(days=150)  # before the end: when the second version of an example takes effect


def add_arguments(parser: ArgumentParser) -> None:
    """Take no more than --data for the company alone."""
    parser.add_argument(
        "--year", action="store_true", help="with a year of cases, into an empty installation"
    )
    parser.add_argument(
        "--cases", metavar="N", type=int, default=CASES, help="of the year (default %(default)s)"
    )
    parser.add_argument("--seed", metavar="N", type=int, default=1, help="another seed plays another year")
    parser.add_argument(
        "--until",
        metavar="DAY",
        type=datetime.fromisoformat,
        help="the last day of the year (default: today)",
    )


def run(asked: Namespace) -> int:
    from shuli.server.installation import installation

    with installation():
        from django.core.management import call_command

        call_command("migrate", verbosity=0, interactive=False)
        problems = load_with_year(asked) if asked.year else load()
    print(*problems or ["The example company is there. shuli serve shows it."], sep="\n")
    return 1 if problems else 0


def load(most: int | None = None) -> list[str]:
    """Load people and processes and return what speaks against it; doing it again adds what is new.

    `most`: so many versions of each worked example.
    """
    from django.db import transaction

    from shuli.apps.catalogue import operations as catalogue
    from shuli.apps.directory import operations as directory
    from shuli.core.bpmn import sentence
    from shuli.kit.errors import Refusal

    with transaction.atomic():
        if isinstance(directory.load_example_company(), Refusal):
            return ["Expected a new installation but found a real one. Nothing was changed."]
        installed = [*catalogue.install_library(), *catalogue.install_examples(most)]
        refused = [found for found in installed if found.is_refused]
    reasons = [
        (found.key, [*found.problems, *(sentence(f, "en") for f in found.findings)]) for found in refused
    ]
    return [f"{key} of the library was refused: {'; '.join(words)}" for key, words in reasons]


def load_with_year(asked: Namespace) -> list[str]:
    """Load the company as it was a year ago, and what happened since."""
    from shuli.apps.cases import queries as cases
    from shuli.server.year.afterwards import leave_the_rest
    from shuli.server.year.auditing import audit_months
    from shuli.server.year.loading import first_moment, load_year, one_view

    if cases.has_any():
        return ["Expected an installation without cases but found some. Load the year into an empty folder."]
    begun, last = time.monotonic(), asked.until or datetime.now(UTC)
    last = last if last.tzinfo else last.replace(tzinfo=UTC)
    problems = load_a_year_ago(last)
    if problems:
        return problems
    loaded = load_year(asked.cases, asked.seed, last, together=True)
    first = first_moment(last)
    with one_view():
        audits = audit_months(asked.seed, first, last)
        leave_the_rest(asked.seed, first, last)
    print(
        f"{loaded.cases} cases with {loaded.events} events, {loaded.open_cases} of them open, {len(audits)} audits"
        f" in {time.monotonic() - begun:.0f} s."
    )
    return []


def load_a_year_ago(last: datetime) -> list[str]:
    """Load people and processes as of a year before a moment; the latest version of an example came half a year later."""
    from shuli.apps.catalogue import operations as catalogue
    from shuli.apps.catalogue import schedules
    from shuli.kit import clock
    from shuli.server.year.loading import DAYS

    first = last - timedelta(days=DAYS + 1)
    with clock.frozen(first):
        problems = load(most=1)
    with clock.frozen(last - HALF_YEAR):
        catalogue.install_examples()
    with clock.frozen(last):
        schedules.let_pass()
    return problems
