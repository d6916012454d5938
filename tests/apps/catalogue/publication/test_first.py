"""The first version of a process is published by its owner; every later one goes through P-DOC."""

from dataclasses import replace
from datetime import timedelta

import pytest

from apps.catalogue.publication.conftest import KEY
from shuli.apps.cases.models import Case
from shuli.apps.catalogue import queries
from shuli.apps.catalogue.models import Change, Draft, Process
from shuli.apps.catalogue.publication import operations, reading
from shuli.apps.catalogue.publication.first import First, publish_first
from shuli.apps.catalogue.studio import operations as studio
from shuli.apps.directory import queries as directory
from shuli.apps.directory.models import Person
from shuli.kit import clock

FACTS = {"key": "P-OURS", "name": "用章申请", "name_en": "Use of the seal", "owner_post": "owner-complaint"}
SAID = First(summary="用章有据可查", complies=True, compliance_note="对照印章管理办法", trial="试办 3 件")


@pytest.fixture
def ours(owner):
    """Return the first draft of a process that nobody works by yet."""
    made = studio.register_process(owner, FACTS, "template:approval")
    assert isinstance(made, Draft), made
    return made


@pytest.mark.accepts("H2-03", "H2-11")
def test_the_owner_publishes_the_first_version_with_its_compliance_tick(owner, ours):
    version = publish_first(owner, ours.pk, ours.revision, SAID)

    assert (version.number, version.status) == ("1.0", "published")
    assert (version.author, version.approver, version.compliance_by) == (owner, owner, owner)
    assert version.compliance_note == "对照印章管理办法"
    assert Change.objects.get(version=version).trial == "试办 3 件"
    ours.refresh_from_db()
    assert (ours.state, ours.version) == ("published", version)
    assert Case.objects.filter(process_key="P-DOC").count() == 0


def test_the_register_says_what_the_model_says(owner, ours):
    bpmn = ours.bpmn.replace('category="core"', 'category="support"')
    assert bpmn != ours.bpmn
    saved = studio.save_draft(ours.pk, owner, ours.revision, {"bpmn": bpmn})

    publish_first(owner, saved.pk, saved.revision, SAID)

    process = Process.objects.get(key="P-OURS")
    assert (process.owner_post, process.category, process.name) == ("owner-complaint", "support", "用章申请")


@pytest.mark.parametrize(
    ("said", "code"),
    [({"complies": False}, "compliance_missing"), ({"summary": " "}, "first_version_not_explained")],
)
def test_what_is_not_said_publishes_nothing(owner, ours, said, code):
    refused = publish_first(owner, ours.pk, ours.revision, replace(SAID, **said))

    assert refused.code == code
    assert not queries.numbers_in_force().get("P-OURS")


def test_a_further_version_is_not_published_but_handed_in(owner, draft):
    refused = publish_first(owner, draft.pk, draft.revision, SAID)

    assert (refused.code, refused.status, refused.params["number"]) == ("review_needed", 409, "1.0")
    assert queries.version_in_force(KEY).number == "1.0"


def test_what_was_not_seen_is_not_published(owner, ours):
    assert publish_first(owner, ours.pk, ours.revision + 1, SAID).code == "draft_saved_meanwhile"


def test_a_draft_with_errors_is_not_published(owner, ours):
    saved = studio.save_draft(ours.pk, owner, ours.revision, {"forms": {}})

    assert publish_first(owner, ours.pk, saved.revision, SAID).code == "draft_has_errors"


def test_a_first_draft_under_review_is_decided_there(owner, ours, wish):
    other = studio.open_draft("P-OURS", owner, "template:approval")
    handed_in = operations.submit(owner, ours.pk, wish)
    assert isinstance(handed_in, Change), handed_in

    assert publish_first(owner, other.pk, other.revision, SAID).code == "change_on_its_way"


def test_an_administrator_who_drew_it_leaves_publishing_to_the_owner(company):
    Person.objects.filter(username="limin").update(is_administrator=True)
    ours = studio.register_process("limin", FACTS, "template:approval")

    refused = publish_first("limin", ours.pk, ours.revision, SAID)

    assert (refused.code, refused.status) == ("first_version_not_yours", 403)


def test_whoever_is_told_is_asked_to_read_it(owner, ours):
    publish_first(owner, ours.pk, ours.revision, replace(SAID, told=("tech",)))

    asked = {row.person for row in reading.of_version(queries.version_in_force("P-OURS"))}
    assert set(directory.members("department:tech")) - {owner} <= asked


# Handing in over a newer version ------------------------------------------------------------------------


def begun_long_ago(draft):
    """Let the version in force be newer than the draft."""
    Draft.objects.filter(pk=draft.pk).update(opened_at=clock.now() - timedelta(days=30))


def test_a_draft_that_is_behind_is_handed_in_knowingly_only(owner, draft, wish):
    begun_long_ago(draft)

    refused = operations.submit(owner, draft.pk, wish)

    assert (refused.code, refused.params["number"]) == ("draft_behind", "1.0")
    assert operations.submit(owner, draft.pk, wish, knowingly=True).state == "review"


# The pages ----------------------------------------------------------------------------------------------


def test_the_page_publishes_and_cases_can_start(owner, ours, client_of):
    browser = client_of(owner)
    page = browser.get(f"/drafts/{ours.pk}/publish/").content.decode()
    assert "还没有人按此流程办事" in page

    sent = {"summary": "用章有据可查", "complies": "on", "revision": ours.revision}
    assert browser.post(f"/drafts/{ours.pk}/publish/", {**sent, "complies": ""}).status_code == 422
    answer = browser.post(f"/drafts/{ours.pk}/publish/", sent)

    assert answer["Location"] == "/processes/P-OURS/"
    assert browser.get("/start/P-OURS/").status_code == 200


def test_the_studio_offers_publishing_for_a_first_version_only(owner, ours, draft, client_of):
    browser = client_of(owner)

    first = browser.get(f"/processes/P-OURS/studio/?draft={ours.pk}").content.decode()
    later = browser.get(f"/processes/{KEY}/studio/?draft={draft.pk}").content.decode()

    assert 'data-do="publish"' in first
    assert 'data-do="publish"' not in later
    assert 'data-do="submit"' in later
    assert browser.get(f"/drafts/{draft.pk}/publish/")["Location"] == f"/drafts/{draft.pk}/submit/"


def test_the_page_of_handing_in_says_that_a_newer_version_is_there(owner, draft, client_of):
    begun_long_ago(draft)

    page = client_of(owner).get(f"/drafts/{draft.pk}/submit/").content.decode()

    assert 'name="knowingly"' in page
