"""Who stands in for whom: for a time, in some processes, one hop, never in a circle."""

from datetime import timedelta

import pytest

from shuli.apps.directory import operations, queries, substitution
from shuli.apps.directory.models import Substitute
from shuli.kit import clock
from shuli.kit.errors import Refusal

pytestmark = pytest.mark.usefixtures("company")
A_DAY = timedelta(days=1)


def arranged(person, substitute, begins=0, days=2, **more):
    since = clock.now() + begins * A_DAY
    return operations.arrange_substitute(person, person, substitute, since, since + days * A_DAY, **more)


def test_a_rule_for_some_processes_holds_there_and_goes_before_one_for_all():
    arranged("limin", "hejia")
    arranged("limin", "wutao", processes=["P-NEW"])

    assert queries.substitute_of("limin", "P-COMPLAINT") == "hejia"
    assert queries.substitute_of("limin", "P-NEW") == "wutao"
    assert queries.acts_for("wutao", "limin", "P-NEW")
    assert not queries.acts_for("wutao", "limin", "P-COMPLAINT")


def test_two_people_do_not_stand_in_for_one_another_at_the_same_time():
    arranged("limin", "hejia")

    assert arranged("hejia", "limin").code == "substitution_circle"
    assert isinstance(arranged("hejia", "limin", begins=2), Substitute)


def test_a_longer_circle_is_refused_too_but_not_one_of_other_processes():
    arranged("limin", "hejia", processes=["P-NEW"])
    arranged("hejia", "wutao")

    assert arranged("wutao", "limin").code == "substitution_circle"
    assert arranged("wutao", "limin", processes=["P-NEW"]).code == "substitution_circle"
    assert isinstance(arranged("wutao", "limin", processes=["P-COMPLAINT"]), Substitute)


def test_a_substitutes_substitute_gets_nothing():
    arranged("limin", "hejia")
    arranged("hejia", "wutao")

    assert queries.substitute_of("limin", "P-NEW") == "hejia"
    assert not queries.acts_for("wutao", "limin", "P-NEW")


def test_a_time_that_has_passed_cannot_be_arranged():
    assert arranged("limin", "hejia", begins=-3).code == "substitution_is_over"


def test_who_left_stands_in_for_nobody(administrator):
    arranged("limin", "hejia")

    operations.disable_person(administrator, "hejia")

    assert queries.substitute_of("limin", "P-NEW") is None


def test_beginning_and_end_are_handed_out_once_each():
    rule = arranged("limin", "hejia", days=1)
    assert [one.pk for one in substitution.beginning()] == [rule.pk]
    assert substitution.next_change() == rule.since
    substitution.begun(rule)
    assert substitution.beginning() == []

    with clock.frozen(rule.until):
        assert [one.pk for one in substitution.ending()] == [rule.pk]
        substitution.ended(rule)
        assert substitution.ending() == []


def test_whoever_follows_is_told_of_every_change_and_of_no_refusal(monkeypatch):
    told = []
    monkeypatch.setattr(substitution, "_listeners", [lambda: told.append(1)])

    rule = arranged("limin", "hejia")
    assert isinstance(arranged("hejia", "limin"), Refusal)
    operations.revoke_substitute("limin", rule.pk)

    assert len(told) == 2
    assert queries.substitute_of("limin", "P-NEW") is None


def test_a_person_sees_the_rules_both_ways_and_arranges_for_some_processes(sign_in, monkeypatch):
    from shuli.kit.forms.sources import sources

    monkeypatch.setattr(sources, "processes", lambda: [("P-NEW", "新业务上线")])
    client = sign_in("limin")
    arranged("wutao", "limin", processes=["P-NEW"], sweep=True)
    answer = {
        "substitute": "hejia",
        "since": "2026-12-01T09:00",
        "until": "2026-12-02T09:00",
        "processes": "P-NEW",
    }

    client.post("/profile/substitutes/", {**answer, "sweep": "on"})

    row = Substitute.objects.get(person__username="limin")
    page = client.get("/profile/").content.decode()
    assert (row.processes, row.sweep) == (["P-NEW"], True)
    assert "您代理" in page
    assert page.count("新业务上线，含已有待办") == 2
