"""A case that is played in memory leaves the rows that it would have left command by command."""

from datetime import timedelta

import pytest

from apps.cases.conftest import MONDAY, publish_purchase
from shuli.apps.cases import execution
from shuli.apps.cases.models import Access, Case, Event, Task, Timer, Visit
from shuli.apps.cases.past import starting, writing
from shuli.apps.cases.verification import verify_state
from shuli.apps.cases.world import CompanyWorld
from shuli.apps.directory import queries as directory
from shuli.core.engine import commands as c
from shuli.kit import clock

pytestmark = pytest.mark.django_db

LEFT_OUT = {"id", "case_id", "draft", "draft_saved_at"}


@pytest.fixture
def people():
    with clock.frozen(MONDAY):
        publish_purchase()
    return {
        "starter": directory.search_people("李敏")[0].username,
        "tech": directory.search_people("吴涛")[0].username,
    }


def commands(people):
    """Return what happens to the case: claimed, handed over, late and reminded of, done, sent on."""
    yield 0, lambda _: c.Start(actor=people["starter"], variables={"what": "打印机", "amount": 3})
    yield 1, lambda seats: c.Complete(actor=people["starter"], seat=seats["detail"], answers={})
    yield 3, lambda seats: c.Claim(actor=people["tech"], seat=seats["tech"])
    yield (
        200,
        lambda seats: c.Complete(
            actor=people["tech"],
            seat=seats["tech"],
            answers={"advice": "可以"},
            documents=frozenset({"opinion"}),
        ),
    )


def seats_of(marking):
    return {visit.node: seat for visit in marking.visits.values() for seat in visit.seats}


def by_itself(people):
    case = None
    for hours, command in commands(people):
        with clock.frozen(MONDAY + timedelta(hours=hours)):
            if case is None:
                case, answer = execution.start("P-PURCHASE", command({}))
            else:
                answer = execution.execute(case, command(seats_of(answer.marking)))
    return case


def in_memory(people):
    with clock.frozen(MONDAY):
        case = starting.open_case(writing.next_keys(1)[0], "P-PURCHASE", people["starter"], MONDAY)
    for hours, command in commands(people):
        with clock.frozen(MONDAY + timedelta(hours=hours)):
            case.obey(command(seats_of(case.marking)), CompanyWorld(now=clock.local_now()))
    writing.write([case])
    return case.id


def rows(model, case):
    found = model.objects.filter(case_id=case).values()
    return sorted(str({key: value for key, value in row.items() if key not in LEFT_OUT}) for row in found)


@pytest.mark.parametrize("model", [Visit, Task, Timer, Access])
def test_every_row_is_as_if_each_command_had_been_written(people, model):
    assert rows(model, in_memory(people)) == rows(model, by_itself(people))


def test_the_events_say_the_same_and_their_chain_holds(people):
    played, usual = in_memory(people), by_itself(people)

    said = [list(Event.objects.filter(case_id=key).order_by("seq").values_list("seq", "at", "type", "actor", "payload"))
            for key in (played, usual)]  # fmt: skip
    assert said[0] == said[1]
    assert list(verify_state([played])) == []


def test_the_case_itself_is_the_same_but_for_its_number(people):
    played, usual = (
        Case.objects.filter(pk=key).values().get() for key in (in_memory(people), by_itself(people))
    )

    differing = {key for key in played if played[key] != usual[key]}
    assert differing == {"id", "number", "last_hash"}


def test_what_is_refused_changes_nothing(people):
    with clock.frozen(MONDAY):
        case = starting.open_case(1, "P-PURCHASE", people["starter"], MONDAY)
        case.obey(c.Start(actor=people["starter"]), CompanyWorld(now=clock.local_now()))
        before = (case.seq, len(case.changes), case.last_hash)
        case.obey(c.Claim(actor="nobody", seat=99), CompanyWorld(now=clock.local_now()))

    assert (case.seq, len(case.changes), case.last_hash) == before
