"""Every address says what it needs."""

from django.http import HttpResponse
from django.urls import path

from shuli.kit.permissions import GATES, requires
from shuli.server.routes import OTHERS, routes


def test_every_route_says_what_it_needs():
    """A view takes @requires(…); an endpoint has the API's authentication; others stand in server/routes.py."""
    assert [f"{route.address} ({route.name})" for route in routes() if route.need is None] == []


def test_every_need_is_one_that_there_is():
    assert {route.need for route in routes()} <= set(GATES)
    assert set(OTHERS.values()) <= set(GATES)


def test_no_need_is_declared_for_a_route_that_is_gone():
    assert set(OTHERS) <= {route.name for route in routes()}


def test_a_forgotten_view_is_found():
    forgotten = path("secret/", lambda request: HttpResponse(), name="secret")
    marked = path("open/", requires("public")(lambda request: HttpResponse()), name="open")

    assert [route.need for route in routes([forgotten, marked])] == [None, "public"]


def test_no_two_routes_have_the_same_address():
    found = [(route.address, route.methods) for route in routes()]

    assert sorted(found) == sorted(set(found))
