"""The cast of these tests: a fixed Tuesday morning, a signed-in person, a browser that Django answers directly."""

from contextvars import copy_context
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import get_user_model
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import translation

from shuli.kit import clock
from shuli.kit.forms import Sources, sources

TUESDAY = datetime(2026, 11, 17, 10, 20, tzinfo=ZoneInfo("Asia/Shanghai"))
ADDRESS = "http://shuli.localhost"  # trusted by browsers as https is
# the islands have found their HTML
READY = "() => !document.querySelector('.sl-dia') || document.querySelector('.sl-dia.is-live')"
KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


@pytest.fixture(autouse=True)
def kit_alone(settings, monkeypatch):
    """Answer only the kit's addresses, with a box that finds people."""
    settings.ROOT_URLCONF = "kit.ui.addresses"
    plain = Sources(find_people="find_people")
    for name in Sources.__slots__:
        monkeypatch.setattr(sources, name, getattr(plain, name))


@pytest.fixture
def tuesday():
    with clock.frozen(TUESDAY):
        yield TUESDAY


@pytest.fixture
def chinese():
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def person_client(chromium, db, settings, tuesday):
    """Return a client in which somebody is signed in to a demonstration."""
    settings.SHULI_DEMO = True
    client = Client()
    client.force_login(get_user_model().objects.create_user(username="limin", name="李敏"))
    return client


@pytest.fixture(scope="module")
def chromium():
    """Run a browser for the tests of one module; its loop runs in this thread, which Django must be told is fine."""
    playwright = pytest.importorskip("playwright.sync_api")
    with pytest.MonkeyPatch.context() as patch, playwright.sync_playwright() as running:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = running.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def browse(chromium, person_client):
    """Return a function that opens an address; Django's test client answers, headers and policy included."""
    contexts = []
    here = (
        copy_context()
    )  # the browser calls back elsewhere: without clock, transaction and person of this test

    def opened(path, language="zh-hans", theme="light", width=1280, answers=None, client=person_client):
        context = chromium.new_context(viewport={"width": width, "height": 844}, color_scheme=theme)
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
        page.route(f"{ADDRESS}/**", lambda route: answer(route, here, client, language, answers or {}))
        page.goto(ADDRESS + path)
        page.wait_for_function(READY)
        return page

    yield opened
    for context in contexts:
        context.close()


def answer(route, here, client, language, answers):
    path = route.request.url.removeprefix(ADDRESS)
    own = answers.get(path.partition("?")[0])
    if own is not None:
        own(route)
    elif path.startswith("/static/"):
        found = Path(finders.find(path.removeprefix("/static/")))
        route.fulfill(body=found.read_bytes(), content_type=KINDS[found.suffix])
    else:
        route.fulfill(**here.copy().run(asked, client, path, language))


def asked(client, path, language):
    client.cookies["shuli_language"] = language
    response = client.get(path)
    sent = {name: value for name, value in response.headers.items() if name != "Set-Cookie"}
    return {"status": response.status_code, "headers": sent, "body": response.content}
