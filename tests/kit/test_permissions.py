"""A view lets in whom its mark names, and sends the others where they belong."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from shuli.kit.permissions import GATES, need_of, requires

PEOPLE = {
    "anonymous": AnonymousUser(),
    "member": SimpleNamespace(is_authenticated=True, is_active=True, is_administrator=False),
    "disabled": SimpleNamespace(is_authenticated=True, is_active=False, is_administrator=True),
    "administrator": SimpleNamespace(is_authenticated=True, is_active=True, is_administrator=True),
}
SIGNED_IN = {"member": "in", "administrator": "in", "anonymous": "sign in", "disabled": "denied"}
EXPECTED = {
    "public": dict.fromkeys(PEOPLE, "in"),
    "member": SIGNED_IN,
    "case": SIGNED_IN,
    "task": SIGNED_IN,
    "owner": SIGNED_IN,
    "administrator": SIGNED_IN | {"member": "denied"},
}


def outcome(need, person, settings_demo=False):
    request = RequestFactory().get("/here/")
    request.user = PEOPLE[person]
    try:
        answer = requires(need)(lambda _request: HttpResponse("in"))(request)
    except PermissionDenied:
        return "denied"
    return "in" if answer.status_code == 200 else "sign in"


@pytest.mark.parametrize(("need", "person"), [(need, person) for need in EXPECTED for person in PEOPLE])
def test_who_gets_in(need, person):
    assert outcome(need, person) == EXPECTED[need][person]


@pytest.mark.parametrize("person", ["member", "administrator"])
def test_demo_pages_are_closed_in_a_real_installation(settings, person):
    settings.SHULI_DEMO = settings.SHULI_DEMO_SIGN_IN = False

    assert outcome("demo", person) == "denied"
    assert outcome("demo_entrance", person) == "denied"


def test_the_demo_entrance_is_closed_when_others_can_reach_the_server(settings):
    settings.SHULI_DEMO, settings.SHULI_DEMO_SIGN_IN = True, False

    assert outcome("demo_entrance", "anonymous") == "denied"


def test_every_gate_of_the_program_is_tried():
    assert set(GATES) == {*EXPECTED, "demo", "demo_entrance"}


def test_a_mark_can_be_read_again():
    assert need_of(requires("case")(lambda _request: HttpResponse())) == "case"
    assert need_of(lambda _request: HttpResponse()) is None


def test_an_unknown_need_is_a_mistake():
    with pytest.raises(KeyError):
        requires("everybody")
