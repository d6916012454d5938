"""Pages are kept under names: one's own, and those that others share; a view gives nobody a right."""

import pytest
from django.http import QueryDict

from shuli.apps.directory import saved_views
from shuli.apps.directory.models import Person, SavedView
from shuli.apps.directory.operations import load_example_company
from shuli.kit.errors import Refusal

pytestmark = pytest.mark.django_db
LIST = "/cases/"


@pytest.fixture
def people(db):
    from shuli.apps.directory import queries

    load_example_company()
    first, second = queries.members("department:service")[:2]
    other = next(one for one in queries.members("department:finance") if one not in (first, second))
    return {"own": first, "colleague": second, "other": other}


def names(person, group="cases"):
    return [row.name for row in saved_views.offered(person, group)]


def test_a_view_is_kept_with_what_is_chosen_and_opened_by_its_address(client, people):
    client.force_login(Person.objects.get(username=people["own"]))
    sent = {"name": " 我的 超时 ", "path": LIST, "query": "overdue=1&page=3&status=&mine=1", "share": ""}
    client.post("/views/", sent)

    row = SavedView.objects.get()
    assert (row.name, row.path, QueryDict(row.query)) == ("我的 超时", LIST, QueryDict("overdue=1&mine=1"))
    shown = client.get(f"{LIST}?{row.query}").content.decode()
    assert 'href="/cases/?overdue=1&amp;mine=1" aria-current="page"' in shown
    client.post(f"/views/{row.pk}/delete/", {"path": LIST})
    assert not SavedView.objects.exists()


def test_the_same_name_is_replaced_and_another_page_has_its_own(people):
    for path, query in ((LIST, "overdue=1"), (LIST, "mine=1"), ("/processes/", "")):
        saved_views.keep(people["own"], "A", (path, query), "")

    assert sorted(SavedView.objects.values_list("path", "query")) == [(LIST, "mine=1"), ("/processes/", "")]


def test_a_department_sees_what_is_shared_with_it_and_nobody_else_does(people):
    saved_views.keep(people["own"], "mine", (LIST, ""), "")
    saved_views.keep(people["own"], "ours", (LIST, ""), "service")
    saved_views.keep(people["own"], "all", (LIST, ""), SavedView.ALL)

    assert names(people["own"]) == ["all", "mine", "ours"]
    assert names(people["colleague"]) == ["all", "ours"]
    assert names(people["other"]) == ["all"]


def test_what_somebody_may_not_open_they_are_not_offered(people):
    saved_views.keep(people["own"], "figures", ("/monitor/", "period=week"), SavedView.ALL)

    assert names(people["own"], "monitoring") == ["figures"]
    assert names(people["other"], "monitoring") == []


@pytest.mark.parametrize(
    ("name", "path", "share", "code"),
    [
        ("", LIST, "", "view_without_name"),
        ("A", "/cases/1/", "", "page_not_kept"),
        ("A", "https://elsewhere.example/", "", "page_not_kept"),
        ("A", LIST, "finance", "share_of_others"),
    ],
)
def test_what_is_no_view_is_refused(people, name, path, share, code):
    answer = saved_views.keep(people["own"], name, (path, ""), share)

    assert isinstance(answer, Refusal)
    assert answer.code == code


def test_nobody_deletes_the_view_of_somebody_else(people):
    row = saved_views.keep(people["own"], "A", (LIST, ""), SavedView.ALL)

    assert isinstance(saved_views.delete(people["other"], row.pk), Refusal)
    assert SavedView.objects.exists()
