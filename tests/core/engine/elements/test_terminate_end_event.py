from core.engine.play import Play, e
from shuli.core.engine.building import end, parallel, process, sub_process, task


def test_it_cancels_everything_else():
    stop = [task("a", person="ann"), end("stop", "terminate")]
    case = Play(process(parallel(stop, [task("b", person="bob")]))).start()

    case.complete("a")

    assert case.status == "approved"
    assert [visit.reason for visit in case.happened(e.VisitClosed)] == ["", "stop"]


def test_in_a_sub_process_it_ends_only_that():
    inside = parallel([task("a", person="ann"), end("stop", "terminate")], [task("b", person="bob")])
    case = Play(process(sub_process("part", inside), task("last", person="sue"))).start()

    case.complete("a")

    assert case.open == ["last"]


def test_it_can_count_as_a_rejection():
    stop = [task("a", person="ann"), end("stop", "terminate", outcome="rejected")]
    case = Play(process(parallel(stop, [task("b", person="bob")]))).start()

    case.complete("a")

    assert case.status == "rejected"
