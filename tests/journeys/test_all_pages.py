"""Every page that a link leads to: nothing runs off a phone, no key and no other language shows, nothing is nameless."""

from pathlib import Path

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Error

pytestmark = pytest.mark.browser

FLAWS = Path(__file__).with_name("flaws.js").read_text(encoding="utf-8")
# Who goes where: the administrator sees most of the organisation, the process owner most of the rest.
ROUNDS = (
    (
        "yuyongqiang",
        ("/organisation/", "/system/"),
        ("/organisation/", "/system/connections/", "/system/jump/"),
    ),
    ("hankai", ("/",), ("/", "/monitor/", "/processes/P-COMPLAINT/", "/decisions/", "/incidents/", "/bulk/")),
    ("limin", ("/",), ("/", "/start/P-COMPLAINT/", "/left-behind/")),
)
LINKS = """links => [...new Set(links.filter(link => link.origin === location.origin)
    .map(link => link.pathname + link.search))].filter(path => !/[?&](sort|page)=/.test(path))"""
LEAVES = ("/accounts/logout/", "/enter/")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_page_has_anything_to_stumble_over(person, language):
    agent = person("limin", language)
    agent.go("/start/P-COMPLAINT/")
    agent.fill(
        channel="phone", summary="Leaks after the filter was changed", complainant="Wang", contact="138"
    )
    agent.press("start")
    agent.go("/processes/P-COMPLAINT/problem/?step=C1a")
    agent.page.locator("textarea").fill("Too many fields")
    agent.page.locator("main form .btn-primary, .sl-actbar .btn-primary").locator(
        "visible=true"
    ).first.click()
    agent.page.wait_for_load_state()

    visited, flaws = set(), []
    for name, prefixes, entrances in ROUNDS:
        reader = agent if name == "limin" else person(name, language)
        flaws += walk(reader, prefixes, entrances, visited)

    assert len(visited) > 60, "the walk has lost its way"
    assert flaws == []


def walk(reader, prefixes, entrances, visited):
    """Open one page of each route that can be reached from the entrances; return what is wrong with them."""
    to_open, flaws = list(entrances), []
    while to_open:
        path = to_open.pop(0)
        route = route_of(path)
        if route is None or route in visited or not path.startswith(prefixes) or path.startswith(LEAVES):
            continue
        visited.add(route)
        if opens(reader, path, flaws):
            flaws += flaws_of(reader, path)
            to_open += reader.page.eval_on_selector_all("a[href]", LINKS)
    return flaws


def route_of(path):
    """Return the pattern behind an address, with what it asks for; nothing for what is no address of the program."""
    try:
        route = resolve(path.partition("?")[0]).route
    except Resolver404:
        return None
    asked = sorted(part.partition("=")[0] for part in path.partition("?")[2].split("&"))
    return f"{route}?{','.join(asked)}" if "tab=" not in path else path


def opens(reader, path, flaws):
    """Open the page; a file is no page, and a link to nowhere is a flaw."""
    try:
        answer = reader.page.goto(f"{reader.server}{path}")
    except Error as error:
        if "Download is starting" in str(error):
            return False
        raise
    if answer.status != 200:
        flaws.append(f"{path}: {answer.status}")
    return answer.status == 200 and "html" in answer.headers.get("content-type", "")


def flaws_of(reader, path):
    found = []
    for width in (390, 1280):
        reader.page.set_viewport_size({"width": width, "height": 900})
        found += [f"{path} at {width}: {flaw}" for flaw in reader.page.evaluate(FLAWS)]
    return found


def test_the_walk_sees_what_is_wrong(chromium):
    page = chromium.new_page(viewport={"width": 390, "height": 900})
    page.set_content(
        """<html lang="en"><body><h2>监控</h2><button>form_saved</button><p>{{ name }}</p><p>None</p><p>&lt;svg&gt;</p>
        <p style="font-size: 9px">tiny</p><div style="width: 500px">wide</div><input name="amount"><img src="x.png">
        <a href="/"></a><i id="twice"></i><i id="twice"></i></body></html>"""
    )

    found = {flaw.partition(":")[0] for flaw in page.evaluate(FLAWS)}

    kinds = {"another language", "a key", "raw", "no label", "no alternative", "no name", "one id twice"}
    assert kinds < found
    assert any(flaw.startswith("runs 1") for flaw in found)
