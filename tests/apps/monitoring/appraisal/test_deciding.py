"""Who answers for a violation: decided by who leads, read by few, appealed against, answered by somebody else."""

import pytest

from apps.monitoring.auditing.conftest import MONDAY
from apps.monitoring.auditing.test_recording import facts
from apps.monitoring.test_pages import page
from library.running import Running, load, member
from shuli.apps.cases.models import Notification
from shuli.apps.directory import queries as directory
from shuli.apps.directory.models import Person
from shuli.apps.monitoring.appraisal import deciding, rights
from shuli.apps.monitoring.appraisal.deciding import Decision
from shuli.apps.monitoring.auditing import recording
from shuli.apps.monitoring.models import Accountability
from shuli.kit import clock

SAID = Decision(person="limin", finding="未经审批即发货", measure="warning")


@pytest.fixture
def violation(db):
    with clock.frozen(MONDAY):
        load()
        case = Running.start("P-FEEDBACK", member("department:tech"), feedback_title="审批慢").case
        said = facts(department="service", person="limin")
        yield recording.record(member("post:supervisor"), case.number, said).pk


@pytest.fixture
def head(violation):
    return directory.head("service")


@pytest.fixture
def personnel(violation):
    name = member("department:legal")
    Person.objects.filter(username=name).update(is_administrator=True)
    return name


@pytest.mark.accepts("H1-76")
def test_a_decision_is_told_appealed_against_and_answered(violation, head, personnel, client):
    made = deciding.decide(head, violation, SAID)
    assert Notification.objects.filter(code="accountability", person="limin").exists()
    address = f"/monitor/accountability/of/{made.pk}/"
    assert "提交申诉" in page(client, "limin", address).content.decode()

    assert client.post(f"{address}appeal/", {"words": "已口头批准"}).status_code == 302
    assert "已口头批准" in page(client, personnel, address).content.decode()
    client.post(f"{address}answer/", {"outcome": "withdrawn", "words": "属实"})

    row = Accountability.objects.get()
    assert (row.outcome, row.answered_by) == ("withdrawn", personnel)
    assert "撤销决定" in page(client, "limin", address).content.decode()


def test_few_read_it(violation, head, personnel):
    made = deciding.decide(head, violation, SAID)

    everybody = Person.objects.values_list("username", flat=True)
    seeing = {name for name in everybody if rights.visible_accountability(name).filter(pk=made.pk).exists()}

    leading = {name for name in everybody if "service" in directory.departments_led(name)}
    administrators = set(Person.objects.filter(is_administrator=True).values_list("username", flat=True))
    assert seeing == {"limin", *leading, *administrators}


def test_nobody_decides_for_another_department_or_about_themselves(violation, head):
    assert deciding.decide(directory.head("finance"), violation, SAID).status in {403, 404}
    myself = Decision(person=head, finding="我", measure="talk")
    assert deciding.decide(head, violation, myself).code == "not_yours_to_decide"


def test_who_decided_does_not_answer_the_appeal(violation, head):
    made = deciding.decide(head, violation, SAID)
    assert deciding.appeal(head, made.pk, "不服").code == "appeal_is_theirs"
    deciding.appeal("limin", made.pk, "不服")

    assert deciding.appeal("limin", made.pk, "再次").code == "already_appealed"
    assert deciding.answer(head, made.pk, "upheld", "维持").code == "personnel_answers"


def test_an_answer_needs_an_appeal(violation, head, personnel):
    made = deciding.decide(head, violation, SAID)

    assert deciding.answer(personnel, made.pk, "upheld", "维持").code == "nothing_to_answer"
    assert deciding.decide(head, violation, SAID).code == "already_decided"
