"""Who may open and send what: every address of the organisation against every kind of person (B1)."""

import pytest
from django.urls import reverse

from shuli.apps.directory import grouping, operations
from shuli.apps.directory.urls import urlpatterns

MEMBER, ADMINISTRATOR, DEMO = "member", "administrator", "demo"

# name -> arguments, method, who may
PAGES = {
    "enter": ((), "get", DEMO),
    "profile": ((), "get", MEMBER),
    "view_keep": ((), "post", MEMBER),
    "view_delete": ((1,), "post", MEMBER),
    "substitute_new": ((), "post", MEMBER),
    "substitute_end": ((1,), "post", MEMBER),
    "departments": ((), "get", MEMBER),
    "department_new": ((), "get", ADMINISTRATOR),
    "department": (("service",), "get", MEMBER),
    "department_edit": (("service",), "get", ADMINISTRATOR),
    "department_appoint": (("service",), "post", ADMINISTRATOR),
    "department_calendar": (("service",), "post", ADMINISTRATOR),
    "department_close": (("service",), "post", ADMINISTRATOR),
    "department_merge": (("service",), "post", ADMINISTRATOR),
    "posts": ((), "get", MEMBER),
    "post_new": ((), "get", ADMINISTRATOR),
    "post": (("cto",), "get", MEMBER),
    "post_edit": (("cto",), "post", ADMINISTRATOR),
    "post_close": (("cto",), "post", ADMINISTRATOR),
    "people": ((), "get", MEMBER),
    "find_people": ((), "get", MEMBER),
    "person_new": ((), "get", ADMINISTRATOR),
    "person": (("limin",), "get", MEMBER),
    "person_edit": (("limin",), "get", ADMINISTRATOR),
    "person_move": (("limin",), "post", ADMINISTRATOR),
    "place_add": (("limin",), "post", ADMINISTRATOR),
    "place_end": (("limin", 1), "post", ADMINISTRATOR),
    "person_disable": (("limin",), "post", ADMINISTRATOR),
    "person_enable": (("limin",), "post", ADMINISTRATOR),
    "person_link": (("limin",), "post", ADMINISTRATOR),
    "person_calendar": (("limin",), "post", ADMINISTRATOR),
    "person_substitute": (("limin",), "post", ADMINISTRATOR),
    "groups": ((), "get", MEMBER),
    "group_new": ((), "get", ADMINISTRATOR),
    "group": (("reviewers",), "get", MEMBER),
    "group_edit": (("reviewers",), "post", ADMINISTRATOR),
    "group_join": (("reviewers",), "post", ADMINISTRATOR),
    "group_leave": (("reviewers",), "post", ADMINISTRATOR),
    "group_close": (("reviewers",), "post", ADMINISTRATOR),
    "site_new": ((), "get", ADMINISTRATOR),
    "site_edit": (("plant",), "get", ADMINISTRATOR),
    "calendars": ((), "get", MEMBER),
    "calendar_new": ((), "get", ADMINISTRATOR),
    "calendar": (("company",), "get", MEMBER),
    "calendar_month": (("company", 2026, 10), "get", MEMBER),
    "calendar_day": (("company",), "post", ADMINISTRATOR),
    "calendar_import": (("company",), "post", ADMINISTRATOR),
    "calendar_edit": (("company",), "get", ADMINISTRATOR),
}
# an ordinary colleague, a head, an executive, a process owner, a supervisor and an analyst
OTHERS = ("limin", "sunli", "zhengguoping")


@pytest.fixture(autouse=True)
def group_and_site(administrator):
    grouping.save_group(administrator, "reviewers", name="评审组", name_en="Reviewers", is_new=True)
    grouping.save_site(administrator, "plant", name="工厂", name_en="Plant", calendar="", is_new=True)


def send(client, name):
    arguments, method, _who = PAGES[name]
    return getattr(client, method)(reverse(f"directory:{name}", args=arguments))


def test_every_address_is_in_the_table():
    assert {pattern.name for pattern in urlpatterns} == set(PAGES)


def test_every_view_says_what_it_needs():
    needs = {pattern.name: pattern.callback.requires for pattern in urlpatterns}

    assert needs == {name: "demo_entrance" if who == DEMO else who for name, (_, _, who) in PAGES.items()}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_nobody_gets_in_without_signing_in(client, company, name):
    answer = send(client, name)

    if PAGES[name][2] == DEMO:
        assert answer.status_code == 403
    else:
        assert answer.status_code == 302
        assert "next=" in answer["Location"]


@pytest.mark.parametrize("username", OTHERS)
@pytest.mark.parametrize("name", sorted(name for name, page in PAGES.items() if page[2] == ADMINISTRATOR))
def test_only_administrators_change_the_organisation(sign_in, company, username, name):
    answer = send(sign_in(username), name)

    assert answer.status_code == 403


@pytest.mark.parametrize(
    "name", sorted(name for name, page in PAGES.items() if page[1] == "get" and page[2] == MEMBER)
)
def test_everybody_reads_the_organisation(sign_in, company, name):
    answer = send(sign_in("limin"), name)

    assert answer.status_code == 200


@pytest.mark.parametrize(
    "name", sorted(name for name, page in PAGES.items() if page[1] == "get" and page[2] != DEMO)
)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_administrators_see_every_page_in_both_languages(sign_in, administrator, settings, name, language):
    client = sign_in(administrator)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    answer = send(client, name)

    assert answer.status_code == 200


def test_somebody_disabled_is_out_at_the_next_request(sign_in, administrator):
    client = sign_in("limin")
    operations.disable_person(administrator, "limin")

    answer = client.get(reverse("directory:departments"))

    assert answer.status_code == 302


@pytest.mark.parametrize("name", sorted(name for name, page in PAGES.items() if page[1] == "post"))
def test_what_changes_something_is_never_a_get(sign_in, administrator, name):
    answer = sign_in(administrator).get(reverse(f"directory:{name}", args=PAGES[name][0]))

    assert answer.status_code == 405


def test_a_form_of_another_site_is_refused(administrator, django_user_model):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(django_user_model.objects.get(username=administrator))

    answer = client.post(reverse("directory:person_disable", args=["limin"]))

    assert answer.status_code == 403
    assert django_user_model.objects.get(username="limin").is_active
