"""What is known of problems: it comes with three entries, is searched, and is written by whoever answers for processes."""

import pytest
from django.utils import translation

from shuli.apps.directory.models import Person
from shuli.apps.monitoring.alerting.models import AlertRule
from shuli.apps.monitoring.indicators import BY_KEY
from shuli.apps.monitoring.knowledge import queries
from shuli.apps.monitoring.knowledge.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped_rows")]
A_NEW_ONE = {
    "problem": "印章总借出",
    "causes": "只有一枚",
    "solution": "改电子签",
    "signs": ["waiting_time"],
    "is_active": "on",
}


def as_person(client, name):
    client.force_login(Person.objects.get(username=name))
    return client


@pytest.mark.accepts("H2-120")
def test_the_first_entry_names_first_responsible_resources_and_reminders(people):
    with translation.override("zh-hans"):
        entry = Entry.objects.get(number=1)
        said = entry.said("solution")

    assert "节点第一责任人" in said
    assert "超时自动提醒" in said
    assert "first responsible" in entry.solution_en


def test_the_third_entry_asks_those_who_do_the_work_before_publication(people):
    entry = Entry.objects.get(number=3)

    assert "一线" in entry.causes
    assert "试运行" in entry.solution


def test_every_sign_of_an_entry_is_an_indicator_or_a_kind_of_alert(people):
    signs = {sign for entry in Entry.objects.all() for sign in entry.signs}

    assert signs <= {*BY_KEY, *AlertRule.Kind.values}


@pytest.mark.parametrize(
    ("text", "sign", "numbers"),
    [
        ("", "", [1, 2, 3]),
        ("推诿", "", [2]),
        ("passed fro", "", [2]),
        ("", "violations", [3]),
        ("没有这样的", "", []),
    ],
)
def test_entries_are_found_by_words_of_either_language_and_by_indicator(people, text, sign, numbers):
    assert [one.number for one in queries.found(text, sign)] == numbers


def test_an_owner_writes_an_entry_and_changes_it(client, people):
    owner = as_person(client, people["owner"])

    owner.post("/monitor/knowledge/new/", A_NEW_ONE)
    entry = Entry.objects.get(number=4)
    owner.post(f"/monitor/knowledge/of/{entry.pk}/", {**A_NEW_ONE, "solution": "加一枚"})

    entry.refresh_from_db()
    assert (entry.solution, entry.changed_by) == ("加一枚", people["owner"])
    assert queries.fitting("waiting_time") == [Entry.objects.get(number=1), entry]


def test_others_read_and_do_not_write(client, people):
    reader = as_person(client, people["starter"])

    assert reader.get("/monitor/knowledge/?q=推诿").context["items"][0]["row"].number == 2
    assert reader.post("/monitor/knowledge/new/", A_NEW_ONE).status_code == 403
