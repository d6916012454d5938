"""The pages of the form designer, and what its island is answered."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from shuli.apps.catalogue.designer.pages import fresh
from shuli.core.forms import read_form


@pytest.fixture
def browser(client, owner):
    from shuli.apps.directory.models import Person

    client.force_login(Person.objects.get(username=owner))
    client.cookies["shuli_language"] = "en"
    return client


@pytest.fixture
def at(draft):
    return lambda name: reverse(f"catalogue:form_{name}", args=[draft.pk, "request"])


def asked(browser, address, **body):
    return browser.post(address, json.dumps(body), content_type="application/json")


def whole(*fields):
    return {"key": "request", "title": {"zh": "表", "en": "Form"}, "sections": [{"fields": list(fields)}]}


def test_the_list_says_which_steps_show_a_form(browser, draft):
    page = browser.get(reverse("catalogue:studio_forms", args=["P-PURCHASE"])).content.decode()

    assert "Purchase request" in page
    assert "Steps that show it" in page


def test_every_type_of_field_is_drawn_with_its_properties(browser, at):
    fields = [
        {**raw, "key": f"field_{n}"} for n, raw in enumerate(fresh().values()) if raw["type"] != "decision"
    ]

    for number in range(len(fields)):
        told = asked(browser, at("draw"), form=whole(*fields), at=f"sections.0.fields.{number}").json()

        assert f'data-field="field_{number}"' in told["canvas"]
        assert f'data-set="sections.0.fields.{number}.label.zh"' in told["panel"]
    assert [one for one in told["findings"] if one["severity"] == "error"] == []


def test_a_new_field_of_every_type_is_sound_by_itself(db):
    for kind, raw in fresh().items():
        found = read_form(whole({**raw, "key": "one"})).findings

        assert [one for one in found if one.severity == "error"] == [], kind


def test_findings_say_where_and_what(browser, at):
    wrong = {**fresh()["number"], "key": "Amount", "visible": "1 +"}

    told = asked(browser, at("draw"), form=whole(wrong), at="").json()

    assert {(one["path"], one["name"]) for one in told["findings"]} == {
        ("sections.0.fields.0", "Number · Name in expressions"),
        ("sections.0.fields.0", "Number · Visible"),
    }


def test_a_form_that_cannot_be_drawn_still_has_its_findings(browser, at):
    told = asked(browser, at("draw"), form=whole({"type": "nothing"})).json()

    assert "canvas" not in told
    assert told["findings"]


def test_saving_goes_by_what_the_page_has_seen(browser, at, draft):
    first = asked(browser, at("save"), form=whole(), revision=draft.revision, seen=draft.forms["request"])
    second = asked(browser, at("save"), form=whole(), revision=draft.revision, seen=draft.forms["request"])

    assert first.json() == {"revision": draft.revision + 1}
    assert (second.status_code, second.json()["error"]["code"]) == (409, "draft_saved_meanwhile")


def test_the_preview_has_the_rights_of_the_step_and_may_stand_in_a_frame(browser, at, draft):
    everything = browser.get(at("preview"))
    reader = browser.get(at("preview"), {"step": "reader"})

    assert "frame-ancestors 'self'" in everything["Content-Security-Policy"]
    assert everything["X-Frame-Options"] == "SAMEORIGIN"
    assert b"<input" in everything.content
    assert b"<input" not in reader.content.split(b"<main")[1]


def test_the_preview_answers_what_conditions_show(browser, at, draft):
    states = browser.post(at("states"), {"amount": "5"}).json()

    assert states["amount"]["visible"] is True


def test_a_form_goes_out_as_form_js_and_comes_back(browser, at, draft):
    file = browser.get(at("file"), {"as": "form-js"})

    answer = browser.post(at("import"), {"file": SimpleUploadedFile("a.form", file.content)})

    assert file["Content-Disposition"] == 'attachment; filename="request.form"'
    assert answer.json()["notes"] == []
    assert read_form(answer.json()["form"]).form == read_form(draft.forms["request"]).form


def test_our_own_file_comes_back_too(browser, at, draft):
    file = browser.get(at("file")).content

    answer = browser.post(at("import"), {"file": SimpleUploadedFile("a.json", file)})

    assert read_form(answer.json()["form"]).form == read_form(draft.forms["request"]).form


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"[1]", b'{"sections": 3}', b'{"components": 3}'])
def test_what_is_no_form_is_refused_with_words(browser, at, body):
    answer = browser.post(at("import"), {"file": SimpleUploadedFile("a.json", body)})

    assert answer.status_code == 422
    assert answer.json()["error"]["message"]
