from core.engine.play import Play, e
from shuli.core.engine.building import choice, end, parallel, process, task


def test_the_case_ends_with_its_last_token():
    case = Play(process(parallel([task("a", person="ann"), end("e1")], [task("b", person="bob"), end("e2")])))
    case.start().complete("a")
    assert case.status == "running"

    case.complete("b")

    assert case.status == "approved"
    assert case.happened(e.CaseEnded)[0].at == case.world.now


def test_an_end_can_count_as_a_rejection():
    ways = choice(("good", []), (None, [end("refused", outcome="rejected")]))

    case = Play(process(ways)).start(good=False)

    assert case.status == "rejected"


def test_an_ended_case_answers_with_how_it_ended():
    case = Play(process(task("a", person="ann"))).start()
    command = case.completion("a")
    case.do(command)

    answer = case.refused(command)

    assert (answer.code, answer.params) == ("case_not_running", {"status": "approved"})
