"""Every address, every method and every kind of person: who gets in, who is sent to sign in, to whom nothing is there."""

import re

import pytest
from django.test import override_settings

from apps.cases.conftest import MONDAY
from apps.rights_lines import A_FILE, BYSTANDER, COLLEAGUE, LOGIN, a_file
from apps.rights_table import LINES
from apps.rights_world import ACTORS, HELD, MEMBERS, POOLED, SECRET, ask, build
from shuli.kit import clock
from shuli.server.routes import routes

ACCOUNT_PAGES = {line.route for line in LINES if line.route.startswith("/accounts/")}  # a library's own
SEEING_BOTH = {"starter", "head", "executive", "owner", "supervisor"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("matrix")


@pytest.fixture(autouse=True)
def attachments(settings, folder):
    """Keep the files of the cases for as long as the cases."""
    settings.DATA = folder
    settings.SHULI_ATTACHMENTS = settings.MEDIA_ROOT = folder / "attachments"


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, folder):
    """Make the cases once; every request is taken back, and in the end all of it."""
    from django.db import transaction

    files = {
        "DATA": folder,
        "SHULI_ATTACHMENTS": folder / "attachments",
        "MEDIA_ROOT": folder / "attachments",
    }
    with django_db_blocker.unblock(), clock.frozen(MONDAY), transaction.atomic():
        with override_settings(**files):
            made = build()
        yield made
        transaction.set_rollback(True)


def answer_of(world, line, actor, variant=""):
    address = world.address(line.route, variant or line.variant) + line.query
    return ask(world.clients[actor], line.method, address, body_of(world, line))


def body_of(world, line):
    known = {
        BYSTANDER: world.people["bystander"],
        COLLEAGUE: world.people["colleague"],
        A_FILE: a_file(),
    }
    return {key: filled(value, known) for key, value in line.body.items()}


def filled(value, known):
    if isinstance(value, list):
        return [filled(one, known) for one in value]
    return known.get(value, value) if isinstance(value, str) else value


def outcome_of(answer):
    is_login = answer.status == 302 and answer.to.startswith("/accounts/login/")
    return LOGIN if is_login else answer.status


def is_refused(outcome):
    return outcome == LOGIN or outcome >= 400


def hidden_from(actor):
    """Return the words that the person must never read: those of the cases with which they have nothing to do."""
    if actor in SEEING_BOTH:
        return []
    if actor == "candidate":
        return [HELD]
    return [POOLED] if actor in {"holder", "former", "reading_token"} else [SECRET]


@pytest.mark.parametrize("line", LINES, ids=str)
def test_everybody_gets_what_the_table_says_and_no_more(world, line):
    """Whoever is refused has changed nothing, and nobody reads a word of a case that is not theirs."""
    answers = {actor: answer_of(world, line, actor) for actor in ACTORS}

    found = {actor: outcome_of(answer) for actor, answer in answers.items()}
    wrong = [
        f"{who} got {found[who]}, not {line.expected[who]}"
        for who in ACTORS
        if found[who] != line.expected[who]
    ]
    assert not wrong, wrong
    changed = [who for who in ACTORS if is_refused(found[who]) and answers[who].kept not in ((), world.kept)]
    assert not changed, changed
    read = [(who, word) for who in ACTORS for word in hidden_from(who) if word in answers[who].text]
    assert not read, read


@pytest.mark.parametrize(
    "line",
    [line for line in LINES if line.expected["stranger"] == 404 != line.expected["anonymous"]],
    ids=str,
)
def test_what_is_not_for_somebody_looks_as_if_it_were_not_there(world, line):
    there, nowhere = (answer_of(world, line, "stranger", variant) for variant in ("", "nowhere"))

    assert there.status == nowhere.status == 404
    assert plain(there, world) == plain(nowhere, world)


def plain(answer, world):
    """Return an answer without what differs from one request to the next, and without its own address."""
    text = re.sub(r"\b[0-9a-f]{12,}\b|\b[A-Za-z0-9]{64}\b|nonce-[^' ]+", "*", answer.text)
    for things in (world.things["held"], world.things["pooled"], world.things["nowhere"]):
        for value in things.values():
            text = re.sub(rf"\b{value}\b", "*", text)
    return text


def test_every_route_and_method_stands_in_the_table():
    known = {(line.route, line.method) for line in LINES}
    listed = [(route.address, method) for route in routes() for method in route.methods or ("",)]

    missing = [
        (address, method)
        for address, method in listed
        if (address, method) not in known and not (method == "" and any(address == one for one, _ in known))
    ]
    assert missing == []


def test_the_table_names_no_route_that_is_gone():
    assert {line.route for line in LINES} <= {route.address for route in routes()}


OURS = sorted({line.route for line in LINES if line.expected["anonymous"] in {LOGIN, 401}} - ACCOUNT_PAGES)


@pytest.mark.parametrize("route", OURS)
def test_a_method_that_the_table_does_not_name_is_not_taken(world, route):
    named = {line.method for line in LINES if line.route == route}

    for method in {"GET", "POST", "PUT", "DELETE"} - named:
        answer = ask(world.clients["administrator"], method, world.address(route), {})

        assert answer.status in {403, 405}, method
        assert answer.kept in ((), world.kept), method


def test_nobody_gives_the_receipt_for_a_notification_of_somebody_else(world):
    from shuli.apps.cases.models import Notification

    theirs = Notification.objects.filter(person=world.people["holder"], read_at=None)
    body = {"id": [str(pk) for pk in theirs.values_list("pk", flat=True)]}

    answers = {who: ask(world.clients[who], "POST", "/notifications/read/", body) for who in MEMBERS}

    assert body["id"]
    assert [who for who, answer in answers.items() if answer.kept != world.kept] == ["holder"]


@pytest.mark.parametrize("rest", ["", "draft/", "state/"])
def test_a_process_that_is_not_there_is_not_started(world, rest):
    answer = ask(world.clients["starter"], "POST", f"/start/P-NOTHING/{rest}", {})

    assert (answer.status, answer.kept) == (403, world.kept)


def test_the_words_of_the_cases_are_there_to_be_found(world):
    """Otherwise their absence from a stranger's pages would prove nothing."""
    case = ask(world.clients["holder"], "GET", world.address("/cases/<str:number>/"), {})
    file = ask(world.clients["holder"], "GET", world.address("/attachments/<int:pk>/"), {})

    assert case.text.count(HELD) >= 3  # title, comment, file name
    assert HELD in file.text
