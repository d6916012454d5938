"""A change goes from the draft over comments, countersign and approval by P-DOC to a version in force."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from apps.catalogue.publication.conftest import KEY
from shuli.apps.cases import operations as cases
from shuli.apps.cases import timers
from shuli.apps.cases.models import Case, Incident, Task
from shuli.apps.catalogue import queries
from shuli.apps.catalogue.models import Draft, ProcessVersion
from shuli.apps.catalogue.publication import operations, reading
from shuli.apps.catalogue.studio import operations as studio
from shuli.apps.directory import queries as directory
from shuli.kit import clock

SIGNED = cases.Verdict(signed=True, opinion="同意", decision="approve")
COMMENT = {"practicable": "yes", "comment_text": "可以"}
AGREE = {"countersign_opinion": "agree", "countersign_signature": "on"}
APPROVE = {"approval": "approve", "approval_signature": "on"}


def open_tasks(change, node):
    rows = Task.objects.filter(case__number=change.case_number, state=Task.State.OPEN, node=node)
    return list(rows.order_by("pk"))


def holder_of(task):
    return task.holder or directory.members(task.pool)[0]


def do(change, node, answers):
    """Let whoever has the tasks of a node complete them."""
    tasks = open_tasks(change, node)
    assert tasks, (node, [t.node for t in Task.objects.filter(case__number=change.case_number)])
    for task in tasks:
        person = holder_of(task)
        if not task.holder:
            cases.claim(task.pk, person)
        outcome = cases.complete(task.pk, person, answers, SIGNED)
        assert isinstance(outcome, cases.Done), outcome


def through_countersign(change):
    do(change, "D2", COMMENT)
    do(change, "D3", {"comment_treatment": "均已采纳", "has_doubts": "no"})
    do(change, "D5", AGREE)


def approved(change):
    through_countersign(change)
    do(change, "D6", APPROVE)
    do(change, "D7", {"document_number": "ZD-01", "final_checked": "true"})


def in_force():
    return queries.version_in_force(KEY)


@pytest.mark.accepts("H3-09")
def test_a_draft_that_is_handed_in_begins_a_case_at_the_front_line(change, draft):
    case = Case.objects.get(number=change.case_number)

    assert case.process_key == "P-DOC"
    assert [task.holder for task in open_tasks(change, "D2")] == ["limin"]
    draft.refresh_from_db()
    assert draft.state == Draft.State.SUBMITTED
    assert change.base.number == "1.0"


@pytest.mark.accepts("H3-09", "H1-47", "H2-03")
def test_what_was_approved_is_published_with_its_facts(change, owner, draft):
    approved(change)

    version = in_force()
    assert (version.number, version.author, version.approver) == ("1.1", owner, owner)
    assert version.compliance_note == "对照消费者权益保护法，无冲突"
    assert version.case_number == change.case_number
    assert "spare_parts" in str(queries.forms(version.pk)["solution"])
    draft.refresh_from_db()
    assert (draft.state, draft.version.number) == (Draft.State.PUBLISHED, "1.1")


def test_whoever_has_to_read_it_is_asked_and_gives_a_receipt(change, owner, client_of):
    approved(change)

    version = in_force()
    asked = {row.person for row in reading.of_version(version)}
    assert asked == (
        set(directory.members("department:service")) | {*directory.members("post:supervisor")}
    ) - {owner}
    home = client_of("limin").get("/?tab=to_read").content.decode()
    assert "客户投诉处理，1.1 版：请阅读变更内容" in home
    client_of("limin").post(f"/processes/{KEY}/versions/1.1/read/")
    assert reading.count_for("limin") == 0
    page = client_of(owner).get(f"/processes/{KEY}/versions/1.1/").content.decode()
    assert f"{len(asked)} 人中 1 人已读" in page


@pytest.mark.accepts("H1-48")
def test_readers_are_told_by_mail_in_their_language(change, mailoutbox):
    from shuli.kit import jobs

    approved(change)
    jobs.run_jobs()

    mails = [mail for mail in mailoutbox if "/versions/1.1/" in mail.body]
    assert len(mails) == reading.of_version(in_force()).__len__()


def test_on_its_day_the_version_takes_effect_and_the_old_one_stays_for_the_transition(owner, draft, wish):
    day = directory.today() + timedelta(days=10)
    change = operations.submit(owner, draft.pk, replace(wish, effective_on=day, transition_days=5))
    approved(change)
    assert in_force().number == "1.0"

    timers.advance_clock(clock.now() + timedelta(days=11))

    assert in_force().number == "1.1"
    old = queries.version_by_number(KEY, "1.0")
    assert (old.status, queries.is_startable(old)) == ("transition", True)
    timers.advance_clock(clock.now() + timedelta(days=6))
    old.refresh_from_db()
    assert (old.status, queries.is_startable(old)) == ("retired", False)
    assert not Incident.objects.filter(case__number=change.case_number).exists()


def test_in_the_transition_people_may_start_by_either_version(change):
    approved(change)
    arrival = {"channel": "phone", "complaint_at": "2026-11-16T10:00:00+08:00", "summary": "接口渗水"}

    by_new = cases.start_case(KEY, "limin", arrival)
    by_old = cases.start_case(KEY, "limin", arrival, "1.0")

    numbers = [Case.objects.get(pk=one.case_id).version_id for one in (by_new, by_old)]
    assert [ProcessVersion.objects.get(pk=pk).number for pk in numbers] == ["1.1", "1.0"]
    with clock.frozen(clock.now() + timedelta(days=4)):
        assert cases.start_case(KEY, "limin", arrival, "1.0").code == "version_not_startable"


def test_without_a_transition_the_old_version_starts_nothing_at_once(owner, draft, wish):
    approved(operations.submit(owner, draft.pk, replace(wish, transition_days=0)))

    assert queries.version_by_number(KEY, "1.0").status == "retired"


def test_sent_back_it_is_drawn_on_and_handed_in_again(change, owner, draft, wish):
    through_countersign(change)
    do(change, "D6", {"approval": "revise", "approval_remark": "名称再改", "approval_signature": "on"})
    change.refresh_from_db()
    draft.refresh_from_db()
    assert (change.state, draft.state) == ("returned", "open")

    bpmn = draft.bpmn.replace('name="电话回访"', 'name="上门回访"')
    saved = studio.save_draft(draft.pk, owner, draft.revision, {"bpmn": bpmn})
    again = operations.hand_in_again(owner, change.pk, replace(wish, summary="回访改名为电话回访"))

    assert (again.state, again.edition) == ("review", 2)
    assert saved.bpmn == again.bpmn
    approved(again)
    assert 'name="上门回访"' in queries.version(in_force().pk).bpmn


def test_while_it_is_reviewed_nobody_changes_what_was_handed_in(change, owner, draft, wish):
    assert studio.save_draft(draft.pk, owner, draft.revision, {"forms": {}}).code == "draft_closed"
    assert operations.hand_in_again(owner, change.pk, wish).code == "change_not_returned"


def test_not_approved_it_never_becomes_a_version(change, draft):
    through_countersign(change)
    do(change, "D6", {"approval": "reject", "approval_remark": "不需要", "approval_signature": "on"})

    change.refresh_from_db()
    draft.refresh_from_db()
    assert (change.state, change.version, draft.state) == ("rejected", None, "open")
    assert in_force().number == "1.0"


def test_withdrawn_it_never_becomes_a_version(change, owner):
    case = Case.objects.get(number=change.case_number)

    outcome = cases.withdraw(case.pk, owner, "再想想")

    assert isinstance(outcome, cases.Done), outcome
    change.refresh_from_db()
    assert change.state == "withdrawn"


def test_publishing_twice_makes_one_version(change, owner):
    approved(change)

    first = operations.publish(change.pk, {}, owner)

    assert first.number == "1.1"
    assert ProcessVersion.objects.filter(process__key=KEY).count() == 2


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"summary": " "}, "change_not_explained"),
        ({"complies": False}, "compliance_missing"),
        ({"front_line": ()}, "front_line_missing"),
        ({"departments": ()}, "countersigners_missing"),
        ({"effective_on": date(2020, 1, 1)}, "effective_date_past"),
        ({"transition_days": 400}, "transition_unusable"),
    ],
)
@pytest.mark.accepts("H2-126")
def test_what_has_to_be_said_with_a_change_is_asked_for(owner, draft, wish, said, code):
    assert operations.submit(owner, draft.pk, replace(wish, **said)).code == code
    assert Case.objects.filter(process_key="P-DOC").count() == 0


def test_a_draft_with_errors_or_without_a_change_is_not_handed_in(owner, wish):
    same = studio.open_draft(KEY, owner)
    assert operations.submit(owner, same.pk, wish).code == "draft_unchanged"

    broken = studio.save_draft(same.pk, owner, 1, {"forms": {}})
    assert operations.submit(owner, broken.pk, wish).code == "draft_has_errors"


def test_one_change_at_a_time(change, owner, wish):
    other = studio.open_draft(KEY, owner)
    bpmn = other.bpmn.replace('name="客户确认与回访"', 'name="电话"')
    studio.save_draft(other.pk, owner, 1, {"bpmn": bpmn})

    assert operations.submit(owner, other.pk, wish).code == "change_on_its_way"


def test_a_stranger_hands_nothing_in(draft, wish):
    assert operations.submit("limin", draft.pk, wish).status == 403
