"""The ad-hoc sub-process: people start what is in it until it is complete."""

from core.engine.elements.drawn import played
from core.engine.play import c, e


def ready():
    return played(__file__).start(settled=False, tidied=False).complete("open")


def token(case, node):
    return next(one.id for one in case.marking.tokens.values() if one.node == node)


def begin(case, part, *nodes):
    for node in nodes:
        case.do(c.StartActivity(actor="ann", token=token(case, part), node=node))
    return case


def tidying():
    return begin(begin(ready(), "look", "call").complete("call"), "look", "call").complete(
        "call", answers={"settled": True}
    )


def test_nothing_is_open_until_a_person_starts_it():
    assert ready().open == []
    assert ready().at == ["look"]


def test_activities_run_beside_one_another_and_as_often_as_needed():
    assert begin(ready(), "look", "visit", "visit", "call").open == ["call", "visit", "visit"]


def test_it_is_told_who_started_what():
    case = begin(ready(), "look", "visit")

    (told,) = case.happened(e.ActivityStarted)
    assert (told.part, told.node, told.person) == ("look", "visit", "ann")


def test_what_follows_an_activity_follows_it_there_too():
    assert begin(ready(), "look", "visit").complete("visit").open == ["report"]


def test_what_has_something_before_it_cannot_be_started():
    case = ready()

    answer = case.refused(c.StartActivity(token=token(case, "look"), node="report"))

    assert (answer.code, answer.params["possible"]) == ("activity_not_startable", ["visit", "call", "note"])


def test_its_condition_completes_it_and_cancels_what_remains():
    case = begin(ready(), "look", "call", "note", "visit")
    assert case.open == ["call", "visit"]

    case.complete("call", answers={"settled": True})

    assert case.open == []
    assert case.at == ["tidy"]


def test_where_the_model_says_so_what_remains_is_waited_for_but_nothing_more_is_started():
    case = begin(tidying(), "tidy", "shelve", "reply").complete("shelve", answers={"tidied": True})
    assert case.open == ["reply"]
    assert (
        case.refused(c.StartActivity(token=token(case, "tidy"), node="shelve")).code
        == "activity_not_startable"
    )

    assert case.complete("reply").at == ["extra"]


def extra():
    return begin(tidying(), "tidy", "shelve").complete("shelve", answers={"tidied": True})


def test_in_a_sequential_one_one_activity_runs_at_a_time():
    case = begin(extra(), "extra", "more")

    assert case.refused(c.StartActivity(token=token(case, "extra"), node="thank")).params["possible"] == []
    assert begin(case.complete("more"), "extra", "thank").open == ["thank"]


def test_without_a_condition_a_person_says_that_it_is_complete():
    case = begin(extra(), "extra", "more")

    case.do(c.FinishActivities(actor="sue", token=token(case, "extra")))

    assert case.open == ["close"]
    assert case.complete("close").status == "approved"


def test_with_a_condition_nobody_needs_to():
    case = ready()

    assert case.refused(c.FinishActivities(token=token(case, "look"))).code == "condition_decides"


def test_a_token_that_stands_elsewhere_is_refused():
    assert ready().refused(c.StartActivity(token=0, node="visit")).code == "no_such_part"


def test_a_condition_that_cannot_be_worked_out_is_an_incident_that_can_be_mended():
    case = begin(ready(), "look", "call").complete("call", answers={"settled": "?"})
    case = begin(case, "look", "call").complete("call")
    assert case.incidents == ["expression_error"]

    assert case.retry(settled=True).at == ["tidy"]


def test_sent_back_to_it_begins_as_a_whole():
    case = extra()
    case.do(c.FinishActivities(actor="sue", token=token(case, "extra")))
    assert case.targets("close") == ["open", "look", "tidy"]

    assert case.send_back("close", to="look").at == ["look"]
