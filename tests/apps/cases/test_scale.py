"""What a million cases need: the inbox asks its indexes and no task's case, a whole number is looked up."""

import pytest
from django.db import connection

from shuli.apps.cases import queries, rights, todo
from shuli.apps.cases.models import Case, SearchField, Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def _no_scans():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")


@pytest.mark.usefixtures("_no_scans")
@pytest.mark.parametrize(
    ("mine", "index"),
    [
        ({"holder": "limin"}, "task_inbox"),
        ({"holder": "", "pool": "department:service"}, "task_pool_inbox"),
        ({"substitute": "limin"}, "task_substitute"),
    ],
)
def test_each_part_of_the_inbox_has_its_index(mine, index):
    assert index in Task.objects.filter(**mine, state__in=rights.ACTIVE).explain()


@pytest.mark.usefixtures("_no_scans")
def test_the_first_page_of_the_inbox_comes_from_these_indexes(cast):
    rows, values = todo.Todos(person=cast["starter"])._first(25)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {rows}", values)
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert all(index in plan for index in ("task_inbox", "task_pool_inbox", "task_substitute"))


def test_the_inbox_joins_no_case_before_it_knows_which_rows_it_shows():
    assert "JOIN" not in str(queries.inbox("limin").query)


@pytest.mark.usefixtures("_no_scans")
def test_the_suspended_cases_come_from_their_own_index():
    assert "case_suspended" in Case.objects.filter(status="suspended").values("pk").explain()


@pytest.mark.usefixtures("_no_scans")
def test_a_whole_number_is_looked_up():
    plan = Case.objects.filter(number__in={"ts20260001", "TS20260001"}).explain()

    assert "cases_case_number" in plan


@pytest.mark.parametrize("few", [0, 20_000])
def test_one_finds_by_words_what_one_sees_however_many_cases_these_are(started, cast, few, monkeypatch):
    monkeypatch.setattr(rights, "FEW", few)
    SearchField.objects.update_or_create(case=started, key="what", defaults={"text": "抽检设备"})

    found = {
        name: [row["number"] for row in queries.search(cast[name], "检设")]
        for name in ("starter", "stranger")
    }

    assert found == {"starter": [started.number], "stranger": []}
