"""The style page in a real browser: every part, both languages, both themes, on a desk and on a phone."""

from pathlib import Path

import pytest
from django.test import Client

AXE = Path(__file__).resolve().parents[3] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SERIOUS = {"serious", "critical"}

pytestmark = pytest.mark.browser


def serious_findings(page):
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, rules)", RULES)
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found["violations"]
        if one["impact"] in SERIOUS
        for node in one["nodes"]
    ]


@pytest.mark.parametrize(
    ("language", "theme", "width"),
    [("zh-hans", "light", 1280), ("zh-hans", "dark", 390), ("en", "dark", 1280), ("en", "light", 390)],
)
def test_axe_finds_nothing_serious(browse, language, theme, width):
    page = browse("/style/?errors&message", language=language, theme=theme, width=width)

    assert serious_findings(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "path", ["/accounts/login/", "/accounts/password/reset/", "/accounts/signup/", "/nowhere/"]
)
def test_axe_finds_nothing_serious_on_the_doors(browse, path, theme):
    assert serious_findings(browse(path, theme=theme, client=Client())) == []


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_nothing_is_wider_than_the_screen(browse, language, width):
    page = browse("/style/?errors", language=language, width=width)

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_page_keeps_the_policy_and_throws_nothing(browse):
    page = browse("/style/?errors")

    assert page.complaints == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_device_chooses_the_theme_until_somebody_does(browse, theme):
    page = browse("/style/", theme=theme)

    assert page.evaluate("document.documentElement.dataset.bsTheme") == theme


def test_a_phone_shows_the_actions_instead_of_the_navigation(browse):
    page = browse("/style/", width=390)

    assert page.locator(".sl-act .btn-primary").is_visible()
    assert not page.locator(".sl-tabbar").is_visible()
    assert not page.locator(".sl-nav").is_visible()


def test_print_keeps_the_content_only(browse):
    page = browse("/style/", theme="dark")

    page.emulate_media(media="print")

    assert not page.locator(".sl-nav").is_visible()
    assert not page.locator(".sl-act").is_visible()
    assert page.locator(".sl-table").first.is_visible()
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.sl-sec')).backgroundColor")
        == "rgb(255, 255, 255)"
    )
