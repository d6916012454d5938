from core.engine.play import Play, c, e
from shuli.core.bpmn.graph import Duty, EventRule
from shuli.core.engine.building import Builder, process, task, timer_event


def test_a_case_starts_at_the_event_without_a_trigger():
    case = Play(process(task("a", person="ann")))

    case.start("bob", amount=5)

    assert case.open == ["a"]
    assert case.marking.starter == "bob"
    assert case.marking.variables["amount"] == 5


def with_three_starts():
    builder = Builder()
    for name, event in (
        ("by_hand", EventRule()),
        ("by_mail", EventRule(trigger="message", name="complaint")),
        ("monthly", timer_event("R/P1M", kind="cycle")),
    ):
        builder.add("start_event", name, event=event)
        builder.connect(name, builder.add("user_task", f"after_{name}", duty=task_duty()))
    return builder.graph("P-THREE")


def task_duty():
    return Duty(lead='"service"')


def test_a_message_chooses_its_start_event():
    case = Play(with_three_starts())

    case.do(c.Start(actor="ann", message="complaint"))

    assert case.open == ["after_by_mail"]


def test_the_scheduler_starts_a_timer_start_by_its_id():
    case = Play(with_three_starts())

    case.do(c.Start(start="monthly"))

    assert case.open == ["after_monthly"]
    assert case.happened(e.CaseStarted)[0].node == "monthly"


def test_a_start_that_does_not_exist_is_refused_with_those_that_do():
    case = Play(with_three_starts())

    answer = case.refused(c.Start(start="other"))

    assert answer.code == "start_not_found"
    assert answer.params["starts"] == ["by_hand", "by_mail", "monthly"]


def test_a_case_starts_once():
    case = Play(process(task("a", person="ann"))).start()

    assert case.refused(c.Start(actor="ann")).code == "already_started"


def test_whoever_takes_the_start_form_can_become_the_first_responder():
    case = Play(process(task("a", person="ann"), start=Duty(becomes_first_responder=True)))

    case.start("bob")

    assert case.marking.custodian == "bob"


def test_work_can_be_sent_back_to_the_start_form_which_its_starter_then_has_as_a_task():
    start = Duty(form="request", performer=None)
    case = Play(process(task("a", person="sue"), start=start)).start("ann")

    case.send_back("a", to="start")

    assert case.open == ["start"]
    assert case.seat("start").holder == "ann"
    assert case.complete("start").open == ["a"]
