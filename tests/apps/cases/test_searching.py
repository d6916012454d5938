"""Words are found wherever a case says them, by whichever way is faster, and only in cases that one may see."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shuli.apps.cases import queries, searching
from shuli.apps.cases.models import Case, SearchField

pytestmark = pytest.mark.django_db

SIGNS = st.text(st.sampled_from("aAbß%_\\'水漏İ1 "), min_size=1, max_size=4)


@pytest.fixture
def everything(monkeypatch, started, cast):
    """Let somebody see more cases than are named one by one, as whoever oversees the process does."""
    monkeypatch.setattr("shuli.apps.cases.rights.few_cases", lambda _person: None)
    return lambda text: list(queries.cases(cast["starter"], queries.CaseFilter(text=text)))


@pytest.mark.parametrize("text", ["抽检设备", "检设", "备", "cg2026", "0001", "耐压试验"])
def test_a_part_of_number_title_or_answer_finds_the_case(everything, started, text):
    SearchField.objects.create(case=started, key="kind", text="型式试验、耐压试验")

    assert everything(text) == [started]


@pytest.mark.parametrize("text", ["设检", "CG2026%", "抽_设备", "水"])
def test_what_no_case_says_finds_nothing(everything, text):
    assert everything(text) == []


def test_frequent_words_are_found_on_the_other_way(everything, started, monkeypatch):
    monkeypatch.setattr(searching, "MANY", 0)

    assert everything("抽检") == [started]
    assert everything("检抽") == []


def test_a_single_sign_is_looked_for_in_the_newest_cases(everything, started, monkeypatch):
    monkeypatch.setattr(searching, "NEWEST", 0)

    assert everything("抽") == []
    assert everything("抽检") == [started]


def test_nobody_finds_what_they_may_not_see(started, monkeypatch, cast):
    monkeypatch.setattr("shuli.apps.cases.rights.few_cases", lambda _person: None)

    assert list(queries.cases(cast["stranger"], queries.CaseFilter(text="抽检"))) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(title=SIGNS, text=SIGNS)
def test_the_index_finds_what_reading_finds(started, title, text):
    Case.objects.filter(pk=started.pk).update(title=title)

    read = Case.objects.filter(pk=started.pk, title__icontains=text)
    if len(text) > 1:
        assert list(Case.objects.filter(pk=started.pk, title__says=text)) == list(read)


@pytest.mark.parametrize(
    ("hits", "index"),
    [
        (Case.objects.filter(title__says="漏水"), "case_words"),
        (Case.objects.filter(number__says="0042"), "case_words"),
        (SearchField.objects.filter(text__says="漏水"), "searchfield_words"),
    ],
)
def test_rare_words_are_asked_of_an_index(hits, index):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")

    assert f"Bitmap Index Scan on {index}" in hits.explain()
