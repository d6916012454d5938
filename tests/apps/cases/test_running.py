"""A case from its form to its end, through the operations that pages and REST call."""

from shuli.apps.cases import operations, queries
from shuli.apps.cases.models import Case, Event, FormRecord, Task, Visit
from shuli.apps.cases.verification import verify_state
from shuli.apps.directory import queries as directory
from shuli.core.engine import Refused

APPROVE = operations.Verdict()


def open_task(case, node):
    return Task.objects.get(case=case, node=node, state="open")


def complete(case, node, person, answers=None, verdict=APPROVE):
    return operations.complete(open_task(case, node).pk, person, answers or {}, verdict)


def other_of_pool(cast):
    """Return somebody else of the department whose task it is."""
    return next(name for name in directory.members("department:tech") if name != cast["tech"])


def test_a_start_form_with_errors_starts_nothing_and_names_each_field(cast):
    outcome = operations.start_case("P-PURCHASE", cast["starter"], {"amount": "-1"})

    assert {error.path for error in outcome.validation.errors} == {"what", "amount"}
    assert not Case.objects.exists()


def test_starting_issues_a_number_a_title_and_the_first_task(started, cast):
    assert started.number == "CG20260001"
    assert started.title == "抽检设备"
    assert open_task(started, "detail").holder == cast["starter"]
    assert [task.case_id for task in queries.inbox(cast["starter"])] == [started.pk]


def test_a_case_runs_to_its_end_across_departments(started, cast):
    complete(started, "detail", cast["starter"])
    operations.claim(open_task(started, "tech").pk, cast["tech"])
    complete(started, "tech", cast["tech"], {"advice": "型号合适"})
    complete(started, "money", cast["finance_head"])
    complete(started, "sign", cast["executive"], verdict=operations.Verdict(signed=True, opinion="同意"))

    started.refresh_from_db()
    assert (started.status, started.ended_at is not None) == ("approved", True)
    assert not Visit.objects.filter(case=started, closed_at=None).exists()
    assert list(verify_state()) == []


def test_a_form_is_kept_with_who_filled_it_and_its_search_text(started, cast):
    record = FormRecord.objects.get(case=started)

    assert (record.form_key, record.person, record.answers["amount"]) == ("request", cast["starter"], 12000)
    assert [case.pk for case in queries.cases(cast["starter"], queries.CaseFilter(text="抽检"))] == [
        started.pk
    ]


def test_a_decision_without_signature_is_refused_and_changes_nothing(started, cast):
    for node, person, answers in (
        ("detail", "starter", {}),
        ("tech", "tech", {"advice": "好"}),
        ("money", "finance_head", {}),
    ):
        complete(started, node, cast[person], answers)
    before = Event.objects.filter(case=started).count()

    outcome = complete(started, "sign", cast["executive"])

    assert outcome == Refused(code="signature_missing", params=outcome.params)
    assert Event.objects.filter(case=started).count() == before


def test_a_form_with_errors_completes_nothing(started, cast):
    complete(started, "detail", cast["starter"])

    outcome = complete(started, "tech", cast["tech"], {"advice": ""})

    assert [error.path for error in outcome.validation.errors] == ["advice"]
    assert open_task(started, "tech").state == "open"


def test_a_claimed_task_is_refused_to_the_second_with_the_name_of_the_first(started, cast):
    complete(started, "detail", cast["starter"])
    task = open_task(started, "tech")
    operations.claim(task.pk, cast["tech"])

    outcome = operations.claim(task.pk, other_of_pool(cast))

    assert outcome.code == "already_claimed"
    assert outcome.params["who"] == cast["tech"]


def test_a_claimed_task_is_done_by_nobody_else_who_is_told_who_has_it_since_when(started, cast):
    complete(started, "detail", cast["starter"])
    task = open_task(started, "tech")
    operations.claim(task.pk, cast["tech"])

    outcome = complete(started, "tech", other_of_pool(cast), {"advice": "好"})

    task.refresh_from_db()
    assert (outcome.code, outcome.params) == (
        "already_claimed",
        {"who": cast["tech"], "at": task.claimed_at},
    )
    assert (task.state, task.holder, FormRecord.objects.filter(case=started, node="tech").count()) == (
        "open",
        cast["tech"],
        0,
    )


def test_whoever_was_given_a_task_did_not_take_it(started, cast):
    complete(started, "detail", cast["starter"])
    operations.claim(open_task(started, "tech").pk, cast["tech"])
    other = other_of_pool(cast)
    operations.transfer(open_task(started, "tech").pk, cast["tech"], other, "休假")

    outcome = complete(started, "tech", cast["tech"], {"advice": "好"})

    assert (outcome.code, outcome.params) == ("not_holder", {"holder": other})


def test_a_return_opens_a_second_round_with_its_reason(started, cast):
    complete(started, "detail", cast["starter"])

    outcome = operations.return_task(
        open_task(started, "money").pk, cast["finance_head"], "detail", "缺预算科目"
    )

    assert isinstance(outcome, operations.Done), outcome
    again = open_task(started, "detail")
    assert (again.holder, again.reason) == (cast["starter"], "缺预算科目")
    assert Visit.objects.get(case=started, node="detail", closed_at=None).round == 2
    assert not Task.objects.filter(case=started, node="tech", state="open").exists()


def test_a_transfer_keeps_the_clock_and_tells_the_new_holder_why(started, cast):
    due = open_task(started, "detail").due_at

    operations.transfer(open_task(started, "detail").pk, cast["starter"], cast["colleague"], "休假")

    task = open_task(started, "detail")
    assert (task.holder, task.due_at, task.reason) == (cast["colleague"], due, "休假")
    assert queries.notifications(cast["colleague"]).filter(code="task_transferred").exists()


def test_a_stranger_finds_neither_case_nor_task(started, cast):
    task = open_task(started, "detail")

    assert queries.case_for(cast["stranger"], started.number) is None
    assert operations.complete(task.pk, cast["stranger"], {}, APPROVE) == Refused(code="no_such_task")


def test_whoever_withdraws_too_late_is_told_who_has_worked_on_the_case_and_when(started, cast):
    complete(started, "detail", cast["starter"])
    complete(started, "tech", cast["tech"], {"advice": "好"})

    outcome = operations.withdraw(started.pk, cast["starter"], "买错了")

    done_at = Task.objects.get(case=started, node="tech").done_at
    assert (outcome.code, outcome.params) == ("withdraw_not_allowed", {"who": [cast["tech"]], "at": done_at})


def test_every_event_carries_the_hash_of_the_one_before(started):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cases_event DISABLE TRIGGER cases_event_append_only")
        cursor.execute(
            "UPDATE cases_event SET actor = 'somebody' WHERE case_id = %s AND seq = 2", [started.pk]
        )

    assert [violation.rule for violation in verify_state()] == ["chain"]
