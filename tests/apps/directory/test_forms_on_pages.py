"""The forms on the pages can be sent: each carries its token, and bad input comes back with a sentence."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from shuli.apps.directory import queries
from shuli.apps.directory.models import CalendarDay, Person, Posting

PAGES = [
    ("profile", ()),
    ("department", ("service",)),
    ("department_new", ()),
    ("person", ("limin",)),
    ("person_new", ()),
    ("post", ("cto",)),
    ("calendar", ("company",)),
    ("calendar_edit", ("company",)),
]
FORM = re.compile(r'<form[^>]*method="post".*?</form>', re.DOTALL)


@pytest.fixture
def admin_client(sign_in, administrator):
    return sign_in(administrator)


@pytest.mark.parametrize(("name", "arguments"), PAGES)
def test_every_form_carries_its_token(admin_client, name, arguments):
    page = admin_client.get(reverse(f"directory:{name}", args=arguments)).content.decode()

    forms = FORM.findall(page)

    assert forms
    assert all("csrfmiddlewaretoken" in form for form in forms)


def test_a_form_is_taken_with_the_token_of_its_page(administrator, django_user_model):
    client = Client(enforce_csrf_checks=True)
    client.force_login(django_user_model.objects.get(username=administrator))
    page = client.get(reverse("directory:person", args=["limin"])).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]

    client.post(reverse("directory:person_disable", args=["limin"]), {"csrfmiddlewaretoken": token})

    assert not Person.objects.get(username="limin").is_active


def test_a_taken_username_comes_back_filled_with_the_reason(admin_client, settings):
    admin_client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    entered = {"username": "limin", "name": "李 敏", "department": "service", "language": "en"}

    page = admin_client.post(reverse("directory:person_new"), entered).content.decode()

    assert "This username is taken." in page
    assert 'value="李 敏"' in page
    assert Person.objects.get(username="limin").name == "李敏"


def test_a_new_person_gets_a_place_and_a_link_to_choose_a_password(admin_client):
    entered = {
        "username": "NewOne",
        "name": "新人",
        "department": "service",
        "post": "service-agent",
        "language": "en",
    }

    admin_client.post(reverse("directory:person_new"), entered)
    page = admin_client.post(reverse("directory:person_link", args=["newone"])).content.decode()

    assert queries.person("newone").main_department_code == "service"
    assert "post:service-agent" in queries.pools_of("newone")
    link = re.search(r'sl-secret">http://testserver(\S+?)</p>', page)[1]
    assert Client().get(link, follow=True).status_code == 200


def test_the_link_lets_its_holder_choose_a_password_once(admin_client):
    page = admin_client.post(reverse("directory:person_link", args=["limin"])).content.decode()
    link = re.search(r'sl-secret">http://testserver(\S+?)</p>', page)[1]
    stranger = Client()
    form = stranger.get(link, follow=True).request["PATH_INFO"]

    stranger.post(form, {"password1": "very long secret 1", "password2": "very long secret 1"})

    assert Person.objects.get(username="limin").check_password("very long secret 1")
    assert b"password1" not in Client().get(link, follow=True).content


def test_moving_somebody_changes_the_pools_and_keeps_the_past(admin_client):
    admin_client.post(reverse("directory:person_move", args=["limin"]), {"department": "product"})

    assert queries.pools_of("limin") == ["department:product"]
    assert Posting.objects.filter(
        person__username="limin", department__code="service", until__isnull=False
    ).exists()


def test_hours_that_cannot_be_read_are_explained_and_nothing_changes(admin_client, settings):
    admin_client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    entered = {"date": "2026-11-16", "kind": "custom", "hours": "nine to five"}

    page = admin_client.post(
        reverse("directory:calendar_day", args=["company"]), entered, follow=True
    ).content.decode()

    assert "Write it like 09:00-12:00" in page
    assert not CalendarDay.objects.filter(date="2026-11-16").exists()


def test_changing_a_day_tells_what_becomes_of_a_due_date(admin_client, settings):
    admin_client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    entered = {"date": "2026-11-12", "kind": "holiday", "hours": "", "note": "公司日"}

    page = admin_client.post(
        reverse("directory:calendar_day", args=["company"]), entered, follow=True
    ).content.decode()

    # from Wednesday 10:00, three working days end on Monday at the latest; without Thursday on Tuesday
    assert "due Tue" in page
    assert "Before:" in page
    assert "due Mon" in page


def test_a_name_with_markup_is_shown_as_text(admin_client):
    Person.objects.filter(username="limin").update(
        name="<script>alert(1)</script>", name_en="<img src=x onerror=1>"
    )

    for name, arguments in (("person", ("limin",)), ("people", ()), ("department", ("service",))):
        page = admin_client.get(reverse(f"directory:{name}", args=arguments)).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
