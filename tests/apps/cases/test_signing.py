"""Asking others at one's own task, and telling people: over pages and over REST, with what is refused."""

import pytest

from apps.cases import verb_processes
from apps.cases.test_api import Program
from apps.cases.test_case_verbs import complete, open_task, start
from apps.cases.test_pages import client_of
from shuli.apps.cases import operations, queries, verification
from shuli.apps.cases.models import Event, Notification, Task

HE, SUN, TECH = "hejia", "sunli", "wutao"


@pytest.fixture
def at_first(cast):
    """A case that waits for He Jia, who may ask others."""
    verb_processes.publish("P-LINE", verb_processes.line())
    case = start("P-LINE", cast["starter"], what="设备")
    complete(case, "prepare", cast["starter"])
    yield case
    assert list(verification.verify_state([case.pk])) == []


def seat_of(case, holder):
    return Task.objects.get(case=case, holder=holder, state=Task.State.OPEN)


def bell(person):
    return list(Notification.objects.filter(person=person).values_list("code", flat=True))


def test_the_holder_waits_for_whoever_is_asked_before(at_first):
    task = open_task(at_first, "first")
    body = {"signers": [TECH], "position": "before", "rule": "all", "reason": "请看接口"}

    client_of(HE).post(f"/tasks/{task.pk}/signers/", body)
    page = client_of(HE).get(f"/tasks/{task.pk}/").content.decode()
    early = Program(HE).post(f"/tasks/{task.pk}/complete")
    operations.complete(seat_of(at_first, TECH).pk, TECH, {}, operations.Verdict(opinion="可行"))

    assert "吴涛" in page
    assert 'form="complete"' not in page
    assert (early.status_code, early.json()["code"]) == (409, "waits_for_others")
    assert "signer_added" in bell(TECH)
    assert "your_turn" in bell(HE)
    assert "可行" in client_of(HE).get(f"/tasks/{task.pk}/").content.decode()
    complete(at_first, "first", HE)


def test_whoever_is_asked_sees_why_and_says_yes_or_no(at_first):
    task = open_task(at_first, "first")
    Program(HE).post(
        f"/tasks/{task.pk}/signers", {"people": [TECH], "position": "before", "reason": "请看接口"}
    )

    asked = seat_of(at_first, TECH)
    page = client_of(TECH).get(f"/tasks/{asked.pk}/").content.decode()

    assert "请看接口" in page
    assert 'value="reject"' in page
    assert f"/tasks/{asked.pk}/" in client_of(TECH).get("/").content.decode()


def test_a_voter_beside_the_holder_has_to_sign_too(cast):
    verb_processes.publish("P-SIGN", verb_processes.parallel())
    case = start("P-SIGN", cast["starter"], what="设备")
    complete(case, "prepare", cast["starter"])
    seat = seat_of(case, HE)

    answer = Program(HE).post(f"/tasks/{seat.pk}/signers", {"people": [TECH], "position": "beside"})
    for person in (HE, SUN):
        operations.complete(seat_of(case, person).pk, person, {}, operations.Verdict())

    assert answer.status_code == 200
    assert (
        Task.objects.filter(case=case, node="sign", state="open").values_list("holder", flat=True)[0] == TECH
    )
    operations.complete(seat_of(case, TECH).pk, TECH, {}, operations.Verdict())
    assert not Task.objects.filter(case=case, node="sign", state="open").exists()


def test_nobody_is_asked_twice_and_nobody_unknown(at_first):
    program, task = Program(HE), open_task(at_first, "first")
    ask = lambda *people: program.post(f"/tasks/{task.pk}/signers", {"people": people}).json().get("code")  # noqa: E731

    assert ask() == "no_people"
    assert ask("nobody-at-all") == "unknown_person"
    assert ask(HE) == "seat_exists"


def test_a_signer_is_taken_off_by_whoever_asked_or_by_the_owner(at_first, cast):
    task = open_task(at_first, "first")
    operations.add_signers(task.pk, HE, [TECH], "before", "all", "")
    asked = seat_of(at_first, TECH)

    other = Program(TECH).post(f"/tasks/{asked.pk}/remove")
    client_of(HE).post("/tasks/remove-signer/", {"task": asked.pk})
    again = Program(HE).post(f"/tasks/{asked.pk}/remove")

    asked.refresh_from_db()
    assert (other.status_code, other.json()["code"]) == (403, "not_who_added")
    assert (asked.state, again.status_code) == ("cancelled", 409)
    complete(at_first, "first", HE)


def test_delegated_work_comes_back_with_an_opinion_and_the_holder_decides(at_first):
    task = open_task(at_first, "first")

    client_of(HE).post(f"/tasks/{task.pk}/delegate/", {"delegate": TECH, "reason": "代我核对"})
    twice = Program(HE).post(f"/tasks/{task.pk}/delegate", {"to": SUN})
    operations.complete(seat_of(at_first, TECH).pk, TECH, {}, operations.Verdict(opinion="核对无误"))

    assert twice.json()["code"] in {"already_delegated", "waits_for_others"}
    assert open_task(at_first, "first").holder == HE
    assert "核对无误" in client_of(HE).get(f"/tasks/{task.pk}/").content.decode()
    complete(at_first, "first", HE)


@pytest.fixture
def offered(cast):
    """A task that He Jia handed over, where the node asks for acceptance."""
    verb_processes.publish("P-LINE", verb_processes.line(duty='transferNeedsAcceptance="true"'))
    case = start("P-LINE", cast["starter"], what="设备")
    complete(case, "prepare", cast["starter"])
    operations.transfer(open_task(case, "first").pk, HE, TECH, "休假")
    return open_task(case, "first")


def test_what_is_handed_over_is_accepted_before_it_is_done(offered):
    early = Program(TECH).post(f"/tasks/{offered.pk}/complete")

    client_of(TECH).post(f"/tasks/{offered.pk}/accept/")
    done = Program(TECH).post(f"/tasks/{offered.pk}/complete")

    assert (early.status_code, early.json()["code"], done.status_code) == (409, "acceptance_missing", 200)


def test_what_is_declined_goes_back_with_the_reason(offered):
    empty = Program(TECH).post(f"/tasks/{offered.pk}/decline", {"reason": " "})

    client_of(TECH).post(f"/tasks/{offered.pk}/decline/", {"reason": "不归我管"})

    offered.refresh_from_db()
    assert empty.json()["code"] == "reason_missing"
    assert (offered.holder, offered.is_offered, offered.reason) == (HE, False, "不归我管")
    assert "task_declined" in bell(HE)


def test_urging_is_for_those_who_wait_and_at_most_once_in_four_working_hours(at_first, cast):
    task = open_task(at_first, "first")

    first = client_of(cast["starter"]).post(f"/tasks/{task.pk}/urge/", {"text": "客户在等"})
    second = Program(cast["owner"]).post(f"/tasks/{task.pk}/urge", {})
    holder = Program(HE).post(f"/tasks/{task.pk}/urge", {})

    assert first.status_code == 302
    assert (second.status_code, second.json()["code"]) == (422, "urged_recently")
    assert holder.json()["code"] == "may_not_urge"
    assert "urged" in bell(HE)
    assert "客户在等" in client_of(cast["starter"]).get(f"/cases/{at_first.number}/").content.decode()


def test_a_copy_is_read_with_a_receipt_and_sent_once(at_first, cast):
    body = {"readers": [TECH], "reason": "供参考"}
    hidden = client_of(TECH).get(f"/cases/{at_first.number}/").status_code

    client_of(cast["starter"]).post(f"/cases/{at_first.number}/copies/", body)
    again = Program(cast["starter"]).post(f"/cases/{at_first.number}/copies", {"people": [TECH]})
    shown = client_of(TECH).get(f"/cases/{at_first.number}/")
    client_of(TECH).post("/notifications/read/")

    assert (hidden, shown.status_code) == (404, 200)
    assert again.json()["code"] == "already_copied"
    assert [row.read_at is not None for row in queries.informed(at_first.pk)] == [True]


def test_the_owner_corrects_a_value_with_a_reason(at_first, cast):
    program = Program(cast["owner"])

    bare = program.post(f"/cases/{at_first.number}/correct", {"variables": {"what": "泵"}, "reason": ""})
    done = program.post(f"/cases/{at_first.number}/correct", {"variables": {"what": "泵"}, "reason": "写错"})
    same = program.post(f"/cases/{at_first.number}/correct", {"variables": {"what": "泵"}, "reason": "写错"})

    assert (bare.json()["code"], done.json()["variables"]["what"]) == ("reason_missing", "泵")
    assert same.json()["code"] == "nothing_to_correct"
    assert Event.objects.filter(case=at_first, type="VariablesCorrected").count() == 1


def test_a_supervisor_may_urge_and_nothing_else(at_first, cast):
    from shuli.apps.directory import queries as directory

    supervisor = Program(directory.members("post:supervisor")[0])
    task = open_task(at_first, "first").pk

    refused = [
        supervisor.post(f"/tasks/{task}/{verb}", body).json()["code"]
        for verb, body in (("signers", {"people": [TECH]}), ("delegate", {"to": TECH}), ("accept", {}))
    ]
    assert supervisor.post(f"/tasks/{task}/urge", {}).status_code == 200
    assert refused == ["not_holder"] * 3
