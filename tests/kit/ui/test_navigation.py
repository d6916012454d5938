from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser

from shuli.kit import navigation, shell
from shuli.kit.navigation import Entry


@pytest.fixture
def registry(monkeypatch):
    """Start without the entries of the apps."""
    monkeypatch.setattr(navigation, "_entries", {})
    monkeypatch.setattr(navigation, "_places", {})


def request_for(path="/", user=None):
    member = SimpleNamespace(is_authenticated=True, is_active=True, get_username=lambda: "limin")
    return SimpleNamespace(path=path, user=user or member)


def entry(key, url_name="live", **changes):
    return Entry(key=key, label=key, icon="inbox", url_name=url_name, **{"order": 1, **changes})


def test_entries_stand_in_their_order_whoever_came_first(registry):
    navigation.add(entry("b", order=2))
    navigation.add(entry("c", group=2))
    navigation.add(entry("a", order=1))

    assert [link.entry.key for link in navigation.links(request_for())] == ["a", "b", "c"]


def test_a_feature_that_does_not_exist_has_no_entry(registry):
    navigation.add(entry("a"))
    navigation.add(entry("laboratory", url_name="laboratory:home"))

    assert [link.entry.key for link in navigation.links(request_for())] == ["a"]


def test_an_entry_shows_only_to_whom_it_is_allowed(registry):
    navigation.add(entry("a"))
    navigation.add(entry("system", allowed=lambda request: False))

    assert [link.entry.key for link in navigation.links(request_for())] == ["a"]


def test_nobody_signed_in_sees_nothing(registry):
    navigation.add(entry("a"))

    assert navigation.links(request_for(user=AnonymousUser())) == ()


def test_the_entry_with_the_longest_address_is_the_current_one(registry):
    navigation.add(entry("live", url_name="live"))
    navigation.add(entry("style", url_name="style"))

    current = [link.entry.key for link in navigation.links(request_for("/style/more")) if link.is_current]

    assert current == ["style"]


def test_a_place_that_the_shell_does_not_link_to_is_refused(registry):
    with pytest.raises(ValueError, match="search"):
        navigation.set_place("somewhere", "live")


def test_a_phone_shows_three_entries_and_keeps_the_rest_under_more(registry):
    for number in range(5):
        navigation.add(entry(f"e{number}", order=number, on_phone=number != 1))

    around = shell.Shell(request_for())

    assert [link.entry.key for link in around.phone_links] == ["e0", "e2", "e3"]
    assert [link.entry.key for link in around.more_links] == ["e1", "e4"]
