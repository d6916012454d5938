"""The register and the operating rules for programs, and an entry that a process owner makes on the page."""

import json
import re

import pytest

from shuli.apps.catalogue.models import OperatingRule, Process
from shuli.apps.directory import queries as directory

URL = "/api/v1"


@pytest.fixture
def keeper(company):
    return directory.members("group:process-office")[0]


@pytest.fixture
def asking(client_of):
    """Ask in somebody's name, as a program would."""
    keys = iter(range(1000))

    def ask(person, method, path, body=None):
        client = client_of(person)
        send = getattr(client, method)
        more = {} if method == "get" else {"headers": {"Idempotency-Key": f"key-of-a-test-{next(keys)}"}}
        if body is not None:
            more |= {"data": json.dumps(body), "content_type": "application/json"}
        answer = send(URL + path, **more)
        return answer.status_code, answer.json()

    return ask


ENTRY = {"key": "P-PAYMENT", "name": "付款", "name_en": "Payment", "owner_post": "owner-complaint"}


def test_the_list_is_narrowed_and_tells_what_follows_from_versions(company, asking):
    status, rows = asking("limin", "get", "/register?q=投诉&state=in_force")

    assert status == 200
    assert {row["key"] for row in rows} >= {"P-COMPLAINT", "P-QUALITY"}
    assert all(row["version"] and row["effective_on"] for row in rows)


def test_an_entry_is_made_read_and_changed(keeper, asking):
    regulations = [{"zh": "会计法", "en": "Accounting Law"}]

    status, made = asking(keeper, "post", "/register", ENTRY | {"regulations": regulations})
    assert (status, made["state"], made["level"]) == (200, "planned", "L3")
    status, changed = asking(keeper, "put", "/register/P-PAYMENT", {"goal": "按时付款", "level": "L4"})

    assert status == 200
    assert (changed["goal"], changed["level"], changed["regulations"]) == ("按时付款", "L4", regulations)
    assert asking("limin", "get", "/register/P-PAYMENT") == (200, changed)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"key": "no key"}, "entry_key_wrong"),
        ({"key": "P-COMPLAINT"}, "entry_key_taken"),
        ({"owner_post": "seer"}, "entry_unfit"),
        ({"name": ""}, "entry_unfit"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_made(keeper, asking, body, code):
    before = Process.objects.count()

    status, failure = asking(keeper, "post", "/register", ENTRY | body)

    assert (status, failure["code"]) == (422, code)
    assert Process.objects.count() == before


def test_who_owns_a_process_with_a_model_is_changed_by_publishing(keeper, asking):
    status, failure = asking(keeper, "put", "/register/P-COMPLAINT", {"owner_post": "owner-quality"})

    assert (status, failure["code"]) == (422, "owner_in_the_model")


def test_an_owner_enters_a_process_of_their_own_post_only(owner, asking):
    status, made = asking(owner, "post", "/register", ENTRY)
    assert (status, made["owner_post"]) == (200, "owner-complaint")

    status, failure = asking(
        owner, "post", "/register", ENTRY | {"key": "P-B", "owner_post": "owner-standing"}
    )
    assert (status, failure["code"]) == (422, "entry_unfit")
    status, failure = asking(owner, "put", "/register/P-PAYMENT", {"owner_post": "owner-standing"})
    assert (status, failure["code"]) == (422, "entry_post_not_yours")
    assert asking("limin", "post", "/register", ENTRY | {"key": "P-C"})[0] == 403


def test_an_owner_finds_new_entry_on_the_page_and_may_name_their_own_posts(owner, client_of):
    browser = client_of(owner)
    assert 'href="/processes/new/"' in browser.get("/processes/").content.decode()
    page = browser.get("/processes/new/").content.decode()
    posts = page.partition('name="owner_post"')[2].partition("</select>")[0]
    assert re.findall(r'value="([^"]*)"', posts) == ["owner-complaint"]
    facts = ENTRY | {"level": "L3", "category": "support", "importance": "ordinary"}

    refused = browser.post("/processes/new/", facts | {"owner_post": "owner-standing"})
    made = browser.post("/processes/new/", facts)

    assert refused.status_code == 422
    assert made["Location"] == "/processes/P-PAYMENT/"
    assert browser.get("/processes/P-PAYMENT/studio/").status_code == 200


def test_somebody_without_a_process_does_not_find_it(company, client_of):
    browser = client_of("limin")

    assert 'href="/processes/new/"' not in browser.get("/processes/").content.decode()


@pytest.mark.accepts("H1-25", "H1-26", "H1-27")
def test_a_rule_is_entered_changed_reviewed_and_removed(keeper, asking):
    rule = {
        "number": "XZ-77",
        "name": "仓库盘点",
        "kind": "practice",
        "frequency": "每月",
        "process": "P-COMPLAINT",
    }
    _status, made = asking(keeper, "post", "/rules", rule)
    at = f"/rules/{made['id']}"

    assert asking(keeper, "put", at, {"scope": "全部仓库"})[1]["scope"] == "全部仓库"
    assert asking(keeper, "post", f"{at}/review", {"state": "differs"})[1]["code"] == "review_needs_words"
    asking(keeper, "post", f"{at}/review", {"state": "differs", "note": "只盘一半"})

    status, whole = asking("limin", "get", at)
    assert (status, whole["state"], whole["process"]) == (200, "differs", "P-COMPLAINT")
    assert [one["note"] for one in whole["reviews"]] == ["只盘一半"]
    assert [row["number"] for row in asking("limin", "get", "/rules?q=盘点&state=differs")[1]] == ["XZ-77"]
    assert asking(keeper, "delete", at) == (200, {"number": "XZ-77"})
    assert not OperatingRule.objects.filter(number="XZ-77").exists()


def test_the_document_of_the_interface_tells_both_registers(company, client_of):
    paths = client_of("limin").get("/api/v1/openapi.json").json()["paths"]

    assert {"get", "post"} <= set(paths["/api/v1/register"])
    assert {"get", "put", "delete"} <= set(paths["/api/v1/rules/{rule_id}"])
