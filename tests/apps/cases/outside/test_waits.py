"""What a case's page says of the outside: to its owner what it waits for, to everybody what came and went."""

from apps.cases.outside.conftest import END, START, begin, event, li_min, publish, run_all, work
from shuli.apps.cases.outside import sending
from shuli.apps.cases.pages.case import case_page
from shuli.apps.directory import queries as directory


def page(case, person=None):
    case.refresh_from_db()
    return case_page(case, person or directory.members("post:owner-complaint")[0])


def test_the_owner_sees_what_the_case_waits_for(waiting_process):
    case = begin("P-WAIT", order="A1")

    found = page(case)["waits"][0]

    assert (found.name, "order.packed" in found.words, "A1" in found.note) == ("wait", True, True)
    assert page(case, li_min())["waits"] == []


def test_open_work_and_why_it_failed_last_are_shown(company):
    publish("P-FUNC", START, work("count", '<shuli:service name="absent" when="later"/>'), END)
    case = begin("P-FUNC")
    assert "absent" in page(case)["waits"][0].words

    run_all()

    assert page(case)["waits"] == []
    assert case.incident_rows.exists()


def test_the_timeline_tells_what_went_out_and_what_came(waiting_process, packing_process):
    waits = begin("P-WAIT", order="A1")
    sent = sending.Wanted(name="order.packed", correlation="A1")
    sending.send_message(sent, {}, li_min())

    names = [step.name for step in page(waits)["timeline"]]

    assert len(names) == 2
    assert "order.packed" in names[0]


def test_a_message_of_the_case_stands_in_its_timeline(company):
    from apps.cases.outside.conftest import caught

    publish("P-THROW", START, event("intermediateThrowEvent", "tell", caught("packed")), END)
    case = begin("P-THROW")

    assert "order.packed" in page(case)["timeline"][0].name
