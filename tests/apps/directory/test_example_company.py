"""The example company: made once, the same everywhere, never among real people."""

import pytest

from shuli.apps.directory import operations, queries
from shuli.apps.directory.example_company import company, staff
from shuli.apps.directory.models import Department, Person, Post, Posting
from shuli.kit import installation
from shuli.kit.errors import Refusal

pytestmark = pytest.mark.django_db

MOCK = {
    "limin": ("李敏", "service"),
    "hejia": ("何佳", "service"),
    "chenjing": ("陈静", "product"),
    "sunli": ("孙立", "product"),
    "zhouyu": ("周宇", "product"),
    "wutao": ("吴涛", "tech"),
    "zhaolei": ("赵磊", "marketing"),
    "zhengguoping": ("郑国平", "management"),
}
CODES = [
    "service",
    "product",
    "operations",
    "tech",
    "finance",
    "marketing",
    "legal",
    "rnd",
    "pmo",
    "opsmgmt",
    "logistics",
    "design",
    "strategy",
    "production",
    "purchasing",
    "sales",
    "quality",
    "techcenter",
    "management",
]


def test_it_has_about_sixty_people_with_names_of_their_own():
    people = staff()

    assert 55 <= len(people) <= 75
    assert len({one.name for one in people}) == len({one.username for one in people}) == len(people)
    assert all(
        one.username.isascii() and one.name_en.replace(" ", "").lower() == one.username for one in people
    )


def test_the_rule_always_makes_the_same_people():
    names = [one.name for one in staff()]

    staff.cache_clear()

    assert [one.name for one in staff()] == names


def test_the_people_of_the_mock_are_where_it_shows_them():
    operations.load_example_company()

    people = queries.people_by_username(MOCK)

    assert {name: (card.name, card.main_department_code) for name, card in people.items()} == MOCK
    assert queries.head("product") == "sunli"
    assert queries.executive("product") == "zhengguoping"


def test_every_department_of_the_handbooks_has_head_liaison_and_executive():
    operations.load_example_company()

    for code in CODES:
        unit = queries.departments()[code]
        assert unit.name_en
        assert queries.head(code) in queries.members(f"department:{unit.code}")
        if code != "management":
            assert unit.liaison, code
            assert unit.executive, code


def test_owners_supervisor_administrator_and_analyst_exist():
    operations.load_example_company()

    assert queries.members("post:owner-complaint") == [queries.head("service")]
    assert queries.members("post:owner-new") == ["sunli"]
    assert queries.members("post:supervisor")
    assert Person.objects.filter(is_administrator=True).count() == 1
    assert Person.objects.filter(is_analyst=True).count() == 1


def test_loading_twice_adds_nobody_and_keeps_what_was_changed():
    first = operations.load_example_company()
    Department.objects.filter(code="service").update(name="客户服务部")
    counts = [table.objects.count() for table in (Person, Department, Post, Posting)]

    second = operations.load_example_company()

    assert (first, second) == (len(staff()), 0)
    assert [table.objects.count() for table in (Person, Department, Post, Posting)] == counts
    assert queries.labels("zh-hans")["service"] == "客户服务部"


def test_it_is_refused_in_a_real_installation():
    operations.create_first_administrator(username="boss", name="老板", password="correct horse battery")

    answer = operations.load_example_company()

    assert isinstance(answer, Refusal)
    assert answer.code == "real_people_here"
    assert Person.objects.count() == 1
    assert installation.kind() == installation.REAL


def test_it_is_refused_among_people_who_are_not_its_own():
    Person.objects.create_user("somebody", name="某人")

    answer = operations.load_example_company()

    assert isinstance(answer, Refusal)
    assert not Department.objects.exists()
    assert installation.kind() is None


def test_nobody_of_it_has_a_password():
    operations.load_example_company()

    assert not any(person.has_usable_password() for person in Person.objects.all())


def test_the_data_names_only_departments_and_posts_that_it_has():
    units = {unit["code"] for unit in company()["departments"]}
    posts = {post["code"] for unit in company()["departments"] for post in unit["posts"]}

    assert units == set(CODES)
    assert {unit["parent"] for unit in company()["departments"] if "parent" in unit} <= units
    assert {unit["executive"] for unit in company()["departments"] if "executive" in unit} <= posts
    assert {post["held_by"] for post in company()["process_posts"]} <= posts
