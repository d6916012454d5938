"""What the catalogue and the cases ask of the organisation."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from shuli.apps.directory import operations, queries
from shuli.apps.directory.models import Department, Person, Posting
from shuli.kit import clock

pytestmark = pytest.mark.usefixtures("company")


def test_a_person_is_known_by_names_place_and_language():
    card = queries.person("limin")

    with translation.override("zh-hans"):
        assert (card.display_name(), card.department_name(), card.post_name()) == (
            "李敏",
            "客服部",
            "客服专员",
        )
    with translation.override("en"):
        assert (card.display_name(), card.department_name(), card.post_name()) == (
            "Li Min",
            "Service",
            "Service agent",
        )
    assert card.main_department_code == "service"
    assert card.language == "zh-hans"


def test_unknown_people_are_left_out():
    assert queries.person("nobody") is None
    assert set(queries.people_by_username(["limin", "nobody", ""])) == {"limin"}
    assert queries.active_username("nobody") is None
    assert queries.active_username(None) is None


def test_many_people_cost_one_query(django_assert_num_queries):
    names = list(Person.objects.values_list("username", flat=True))

    with django_assert_num_queries(1):
        found = queries.people_by_username(names)

    assert len(found) == len(names)


def test_a_process_owner_belongs_to_the_pools_of_both_places():
    owner = queries.head("service")

    assert queries.pools_of(owner) == ["department:service", "post:service-head", "post:owner-complaint"]


def test_a_section_belongs_to_its_department_but_a_department_is_not_management():
    head = queries.head("quality")

    assert {"department:quality", "department:production"} <= set(queries.pools_of(head))
    assert "department:management" not in queries.pools_of(head)
    assert head in queries.members("department:production")
    assert head not in queries.members("department:management")


def test_pools_and_members_say_the_same():
    kinds = {"department": queries.departments(), "post": queries.posts(), "group": queries.groups()}
    pools = [f"{kind}:{code}" for kind, codes in kinds.items() for code in codes]

    by_pool = {(pool, name) for pool in pools for name in queries.members(pool)}
    by_person = {
        (pool, name)
        for name in Person.objects.values_list("username", flat=True)
        for pool in queries.pools_of(name)
    }

    assert by_pool == by_person


def test_an_unknown_pool_has_nobody():
    assert queries.members("team:x") == queries.members("department:nowhere") == queries.members("") == []


def test_who_left_belongs_nowhere_and_heads_nothing():
    head = queries.head("service")
    Person.objects.filter(username=head).update(is_active=False, disabled_at=clock.now())

    assert queries.pools_of(head) == []
    assert head not in queries.members("department:service")
    assert queries.head("service") == queries.head("management")
    assert queries.active_username(head) is None


def test_a_place_of_the_future_or_past_does_not_count():
    person, unit = Person.objects.get(username="limin"), Department.objects.get(code="legal")
    Posting.objects.create(person=person, department=unit, since=date(2026, 12, 1))
    Posting.objects.create(person=person, department=unit, since=date(2026, 1, 1), until=date(2026, 11, 10))

    assert queries.departments_of("limin") == ["service"]
    with clock.frozen(datetime(2026, 12, 1, 2, tzinfo=UTC)):
        assert queries.departments_of("limin") == ["service", "legal"]


def test_superiors_lead_from_the_head_to_the_general_manager():
    assert queries.superiors("limin") == [queries.head("service"), "zhengguoping", queries.head("management")]
    assert queries.head("service") not in queries.superiors(queries.head("service"))


def test_an_executive_leads_the_departments_in_charge_with_their_parts():
    led = queries.departments_led("zhengguoping")

    assert {"service", "product", "production", "quality"} <= set(led)
    assert "finance" not in led
    assert set(queries.departments_led(queries.head("management"))) == set(queries.departments())
    assert queries.departments_led("limin") == []


def test_a_liaison_is_the_head_where_nobody_was_named():
    Department.objects.filter(code="service").update(liaison=None)

    assert queries.liaison("service") == queries.head("service")
    assert queries.liaison("nowhere") is None
    assert queries.executive("nowhere") is None


@pytest.mark.parametrize("text", ["李敏", "敏", "Li Min", "limin", "LI MIN", "li mi"])
def test_people_are_found_by_characters_and_pinyin(text):
    assert "limin" in [card.username for card in queries.search_people(text, limit=50)]


def test_people_are_found_within_a_department_and_its_parts():
    everybody = {card.username for card in queries.search_people("", department="production", limit=99)}

    assert everybody == set(queries.members("department:production"))


def test_a_percent_sign_is_no_wildcard():
    assert queries.search_people("%") == queries.search_people("_") == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@李敏请看，另外@陈静", ["limin", "chenjing"]),
        ("@Li Min and @chenjing, please", ["limin", "chenjing"]),
        ("mail to li@min", []),
        ("@谁也不是", []),
        ("@", []),
    ],
)
def test_mentions_are_found_without_blanks_around_them(text, names):
    assert queries.mentioned_in(text) == names


def test_labels_name_departments_and_posts_in_both_languages():
    assert queries.labels("zh-hans")["service"] == "客服部"
    assert queries.labels("en")["cto"] == "Vice president, technology"
    assert "cto" not in queries.labels("en", kind="department")
    assert "service" not in queries.labels("en", kind="post")


def test_names_in_one_line_follow_the_language():
    with translation.override("zh-hans"):
        assert queries.display_names(["limin", "chenjing", "gone"]) == "李敏、陈静、gone"


def test_the_organisation_is_read_once_until_it_changes(django_assert_num_queries):
    queries.head("service")

    with django_assert_num_queries(2):
        queries.head("product")
        queries.calendar_for("production")


def test_a_substitute_counts_while_the_arrangement_lasts():
    start = clock.now()
    operations.arrange_substitute("limin", "limin", "hejia", start, start + timedelta(days=2))

    assert queries.substitutes_of("limin") == ["hejia"]
    assert queries.acts_for("hejia", "limin", "P-COMPLAINT")
    assert queries.principals_of("hejia") == [("limin", ())]
    assert queries.substitutes_of("limin", start + timedelta(days=2)) == []
