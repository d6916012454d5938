"""What administrators change about people and departments, and what is refused."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from shuli.apps.directory import operations, queries, wording
from shuli.apps.directory.administration import BROKEN
from shuli.apps.directory.models import Change, Department, Person, Post, Posting
from shuli.apps.directory.operations import PersonFacts
from shuli.apps.directory.structure import DepartmentFacts
from shuli.kit import clock, tokens
from shuli.kit.errors import Refusal


def code_of(answer):
    assert isinstance(answer, Refusal), answer
    return answer.code


@pytest.mark.parametrize("by", ["limin", "zhengguoping", "nobody"])
def test_only_an_administrator_changes_anything(company, by):
    answers = [
        operations.create_person(by, "x", PersonFacts(name="x"), "service"),
        operations.edit_person(by, "limin", PersonFacts(name="x", is_administrator=True)),
        operations.disable_person(by, "hejia"),
        operations.move_person(by, "limin", "legal"),
        operations.appoint(by, "service", head=by, executive=by, liaison=by),
        operations.import_china_calendar(by),
    ]

    assert {code_of(answer) for answer in answers} == {"administrators_only"}
    assert Person.objects.filter(is_administrator=True).count() == 1


def test_a_disabled_administrator_is_none(administrator, company):
    operations.edit_person(administrator, "limin", PersonFacts(name="李敏", is_administrator=True))
    operations.disable_person("limin", administrator)

    assert code_of(operations.disable_person(administrator, "limin")) == "administrators_only"


def test_nobody_takes_their_own_rights_away(administrator):
    operations.edit_person(administrator, "limin", PersonFacts(name="李敏", is_administrator=True))

    assert code_of(operations.disable_person(administrator, administrator)) == "not_yourself"
    assert (
        code_of(operations.edit_person(administrator, administrator, PersonFacts(name="x"))) == "not_yourself"
    )


def test_the_program_too_leaves_one_administrator(administrator):
    assert code_of(operations.disable_person("", administrator)) == "last_administrator"


@pytest.mark.parametrize(
    ("username", "facts", "code"),
    [
        ("limin", PersonFacts(name="x"), "username_taken"),
        ("LiMin ", PersonFacts(name="x"), "username_taken"),
        ("li min", PersonFacts(name="x"), "username_unusable"),
        ("李敏", PersonFacts(name="x"), "username_unusable"),
        ("new", PersonFacts(name=""), "name_missing"),
        ("new", PersonFacts(name="x", email="LIMIN@qingyuan.example"), "email_taken"),
    ],
)
def test_an_account_that_cannot_be_is_refused_and_leaves_nothing(administrator, username, facts, code):
    before = (Person.objects.count(), Change.objects.count())

    answer = operations.create_person(administrator, username, facts, "service")

    assert code_of(answer) == code
    assert (Person.objects.count(), Change.objects.count()) == before


def test_disabling_ends_tokens_and_keeps_the_record(administrator):
    tokens.issue("limin", "test")

    operations.disable_person(administrator, "limin")

    assert tokens.tokens_of("limin") == []
    assert Posting.objects.filter(person__username="limin", until=None).exists()
    operations.enable_person(administrator, "limin")
    assert "department:service" in queries.pools_of("limin")


def test_moving_twice_on_one_day_leaves_one_former_place(administrator):
    operations.move_person(administrator, "limin", "legal")
    operations.move_person(administrator, "limin", "finance")

    assert queries.departments_of("limin") == ["finance"]
    assert list(
        Posting.objects.filter(person__username="limin").values_list("department__code", flat=True)
    ) == ["service", "finance"]


def test_places_are_added_and_ended_but_never_the_main_one(administrator):
    added = operations.add_place(administrator, "limin", "service", "owner-complaint")
    main = Posting.objects.get(person__username="limin", is_main=True)

    assert (
        code_of(operations.add_place(administrator, "limin", "service", "owner-complaint"))
        == "posted_already"
    )
    assert code_of(operations.end_place(administrator, "limin", main.pk)) == "main_place_stays"
    assert not isinstance(operations.end_place(administrator, "limin", added.pk), Refusal)
    assert "post:owner-complaint" not in queries.pools_of("limin")


def test_a_department_cannot_be_part_of_its_own_part(administrator):
    facts = DepartmentFacts(name="生产部", parent="quality")

    assert code_of(operations.save_department(administrator, "production", facts)) == "department_circle"
    itself = DepartmentFacts(name="生产部", parent="production")
    assert code_of(operations.save_department(administrator, "production", itself)) == "department_circle"


def test_a_department_in_use_cannot_be_closed_and_an_empty_one_can(administrator):
    operations.save_department(administrator, "empty", DepartmentFacts(name="空"), is_new=True)

    assert code_of(operations.close_department(administrator, "legal")) == "department_in_use"
    assert not isinstance(operations.close_department(administrator, "empty"), Refusal)
    assert not queries.department_exists("empty")
    assert code_of(operations.move_person(administrator, "limin", "empty")) == "department_closed"


@pytest.mark.accepts("H1-73")
def test_appointments_are_in_force_at_once_and_recorded(administrator):
    operations.appoint(administrator, "service", head="limin", executive="", liaison="hejia")

    assert queries.head("service") == "limin"
    assert queries.departments()["service"].executive is None
    change = Change.objects.filter(subject="service").latest("pk")
    assert change.by == administrator
    assert set(change.details["changed"]) == {"head", "executive"}


def test_a_post_is_made_renamed_and_closed_when_nobody_holds_it(administrator):
    operations.save_post(administrator, "chief", name="首席", name_en="Chief", department="tech", is_new=True)
    again = operations.save_post(administrator, "chief", name="x", name_en="", department="tech", is_new=True)

    assert code_of(again) == "code_taken"
    assert code_of(operations.close_post(administrator, "cto")) == "post_in_use"
    assert not isinstance(operations.close_post(administrator, "chief"), Refusal)


def test_people_change_only_harmless_things_about_themselves(company):
    operations.edit_profile("limin", language="en", phone=" 8001 ")

    person = Person.objects.get(username="limin")
    assert (person.language, person.phone, person.is_administrator, person.name) == (
        "en",
        "8001",
        False,
        "李敏",
    )


def test_nobody_arranges_a_substitute_for_somebody_else(company, administrator):
    start, end = clock.now(), clock.now() + timedelta(days=1)

    assert (
        code_of(operations.arrange_substitute("hejia", "limin", "hejia", start, end)) == "administrators_only"
    )
    assert (
        code_of(operations.arrange_substitute("limin", "limin", "limin", start, end)) == "substitute_is_same"
    )
    assert (
        code_of(operations.arrange_substitute("limin", "limin", "hejia", end, start))
        == "substitution_has_no_length"
    )
    made = operations.arrange_substitute(administrator, "limin", "hejia", start, end)
    assert code_of(operations.revoke_substitute("hejia", made.pk)) == "no_such_substitution"
    assert not isinstance(operations.revoke_substitute("limin", made.pk), Refusal)
    assert queries.substitutes_of("limin") == []


@pytest.mark.parametrize(
    "break_it",
    [
        lambda person, unit: Posting.objects.create(
            person=person, department=unit, is_main=True, since=timezone.now()
        ),
        lambda person, _: Person.objects.filter(pk=person.pk).update(is_active=False),
        lambda person, _: Person.objects.filter(pk=person.pk).update(username="Li Min"),
        lambda _, unit: Department.objects.filter(pk=unit.pk).update(parent=unit.pk),
        lambda _, unit: Department.objects.filter(pk=unit.pk).update(code="Ünit"),
        lambda _, unit: Post.objects.create(code="cto", name="x", department=unit),
    ],
)
def test_the_database_itself_refuses_what_cannot_be(company, break_it):
    person, unit = Person.objects.get(username="limin"), Department.objects.get(code="service")

    with pytest.raises(IntegrityError), transaction.atomic():
        break_it(person, unit)


def test_every_refusal_has_a_sentence_and_every_sentence_a_refusal():
    from pathlib import Path

    folder = Path(wording.__file__).parent
    rooms = [
        *folder.glob("*.py"),
        folder.parent / "cases" / "handover.py",
    ]  # closing an account asks the cases
    code = "".join(path.read_text() for path in rooms if path.name != "wording.py")

    assert set(BROKEN.values()) <= set(wording.SENTENCES)
    assert {name for name in wording.SENTENCES if f'"{name}"' not in code} == set()
