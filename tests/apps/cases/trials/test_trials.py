"""A draft is tried out with the company's people and a clock of its own; nothing of it is kept."""

from datetime import timedelta

import pytest
from django.urls import reverse

from apps.cases.conftest import MONDAY
from apps.rights_world import fingerprint
from shuli.apps.cases.trials import running
from shuli.apps.catalogue.studio import operations as studio
from shuli.apps.catalogue.studio import queries as drafts
from shuli.core.engine import Accepted
from shuli.kit import clock

ASK = {"what": "设备", "amount": "12000"}


@pytest.fixture
def draft(cast):
    return studio.open_draft("P-PURCHASE", cast["owner"])


@pytest.fixture
def drawing(draft, cast):
    return drafts.drawing("P-PURCHASE", cast["owner"], draft.pk)


def start(cast):
    return {"do": "start", "node": "start", "person": cast["starter"], "answers": ASK}


def complete(trial, node, person, answers=(), decision="approve"):
    visit = next(one for one in trial.marking.visits.values() if one.node == node)
    seat = next(one for one in visit.seats.values() if one.decision is None)
    return {"do": "complete", "seat": seat.id, "person": person, "answers": dict(answers), "decision": decision, "opinion": ""}  # fmt: skip


def walked(drawing, cast, until="sign"):
    """Return a trial that has come so far, and its steps."""
    trial = running.begun(drawing, MONDAY)
    steps = []
    deeds = [
        lambda: start(cast),
        lambda: complete(trial, "detail", cast["starter"]),
        lambda: complete(trial, "tech", cast["tech"], {"advice": "可行"}),
        lambda: complete(trial, "money", cast["finance_head"]),
        lambda: complete(trial, "sign", cast["executive"]),
    ]
    for make in deeds[: ["detail", "tech", "money", "sign", "end"].index(until) + 1]:
        steps.append(make())
        assert isinstance(running.do(trial, steps[-1]), Accepted), steps[-1]
    return trial, steps


def test_a_trial_runs_from_start_to_end_and_nothing_of_it_is_kept(drawing, cast):
    before = fingerprint()

    trial, _steps = walked(drawing, cast, "end")

    assert trial.marking.status == "approved"
    assert trial.marking.performers["tech"] == cast["tech"]
    assert fingerprint() == before


def test_the_same_steps_lead_to_the_same_place_again(drawing, cast):
    trial, steps = walked(drawing, cast)

    again = running.run_again(drawing, MONDAY, steps)

    assert again.marking == trial.marking
    assert [event for _at, _who, event in again.events] == [event for _at, _who, event in trial.events]


def test_the_clock_of_a_trial_is_its_own_and_its_timers_fire_in_their_order(drawing, cast):
    trial, _steps = walked(drawing, cast, "detail")
    until = MONDAY + timedelta(days=3)

    running.do(trial, {"do": "wait", "until": until.isoformat()})

    fired = [
        (at, type(event).__name__)
        for at, _who, event in trial.events
        if type(event).__name__ in {"ReminderRaised", "Escalated"}
    ]
    assert [name for _at, name in fired] == ["ReminderRaised"] * 3 + ["Escalated"] * 2
    assert [at for at, _name in fired] == sorted(at for at, _name in fired)
    assert (trial.now, clock.now()) == (until, MONDAY)


def test_answers_that_do_not_fit_change_nothing(drawing, cast):
    trial = running.begun(drawing, MONDAY)

    answer = running.do(trial, {**start(cast), "answers": {"what": ""}})

    assert isinstance(answer, running.Unfit)
    assert {error.path for error in answer.validation.errors} == {"what", "amount"}
    assert trial.marking.status == "draft"


def test_a_stranger_to_a_task_cannot_do_it_in_a_trial_either(drawing, cast):
    trial, _steps = walked(drawing, cast, "tech")

    refused = running.do(trial, complete(trial, "money", cast["stranger"]))

    assert refused.code == "not_holder"


def test_a_function_is_named_but_not_run(draft, cast):
    service = '<bpmn:serviceTask id="money" name="记账"><bpmn:extensionElements><shuli:service name="pay_out"/></bpmn:extensionElements></bpmn:serviceTask>'
    begin, rest = draft.bpmn.split('<bpmn:userTask id="money"')
    model = begin + service + rest.split("</bpmn:userTask>", 1)[1]
    studio.save_draft(draft.pk, cast["owner"], 1, {"bpmn": model})

    trial, _steps = walked(drafts.drawing("P-PURCHASE", cast["owner"], draft.pk), cast, "tech")

    assert trial.world.called == ["pay_out"]


def test_a_draft_that_cannot_run_begins_no_trial(draft, cast):
    broken = draft.bpmn.replace('targetRef="sign"', 'targetRef="nowhere"')
    studio.save_draft(draft.pk, cast["owner"], 1, {"bpmn": broken})

    assert running.begun(drafts.drawing("P-PURCHASE", cast["owner"], draft.pk), MONDAY) is None


# The pages ----------------------------------------------------------------------------------------------------


@pytest.fixture
def page(client, cast, draft):
    """Return what asks the page of the trial, or posts a step to it."""
    from shuli.apps.directory.models import Person

    client.force_login(Person.objects.get(username=cast["owner"]))
    query = f"?draft={draft.pk}"

    def ask(**posted):
        if posted:
            answer = client.post(reverse("cases:try_step", args=["P-PURCHASE"]) + query, posted)
            if answer.status_code != 302:
                return answer.status_code, answer.content.decode()
        return 200, client.get(reverse("cases:try_out", args=["P-PURCHASE"]) + query).content.decode()

    return ask


def test_the_page_walks_along_and_steps_back(page, cast):
    assert "request" not in page()[1]
    _status, text = page(do="start", node="start", **ASK, person=cast["starter"])
    assert 'name="decision" value="approve"' in text

    _status, text = page(do="back")

    assert 'name="what"' in text
    assert 'name="decision" value="approve"' not in text


def test_errors_stand_at_their_fields_and_what_was_typed_stays(page):
    status, text = page(do="start", node="start", what="设备", amount="-3")

    assert status == 422
    assert 'value="设备"' in text


def test_what_would_be_sent_is_listed_and_nothing_is(page, cast, mailoutbox):
    from shuli.apps.cases.models import Notification

    page(do="start", node="start", **ASK, person=cast["starter"])
    _status, text = page(do="wait", until=(MONDAY + timedelta(days=4)).isoformat())

    assert "补充" in text
    assert (len(mailoutbox), Notification.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "posted", [{"do": "wait", "until": "soon"}, {"do": "complete", "what": "99"}, {"do": "dance"}]
)
def test_nonsense_leads_back_to_the_page(page, posted):
    assert page(**posted)[0] == 200
