"""Open cases move to another version of their process, and back."""

from core.engine.play import Play, c, company, restarted
from shuli.core.engine import Accepted, check_invariants, decide, migrate, preview_migration, replay
from shuli.core.engine.building import parallel, process, sub_process, task
from shuli.core.worktime import Offset, WorkingHours

LIMIT = {"limits": (WorkingHours(amount=8),), "reminders": (Offset(amount=1, when="before"),)}


def version(second="second", extra=(), **more):
    return process(
        task("first", person="ann"),
        parallel([task("a", person="ann")], [task(second, person="bob", **LIMIT, **more), *extra]),
        task("last", person="sue"),
    )


OLD = version()


def at_second():
    return Play(OLD).start("eve").complete("first").complete("a")


def moved(case, new, mapping=None, old=OLD):
    return migrate(old, new, case.marking, mapping or {}, case.world, "owner", "new version")


def test_places_of_the_same_name_map_by_themselves_waiting_joins_too():
    preview = preview_migration(OLD, version(extra=[task("more", person="tom")]), at_second().marking, {})

    assert {(one.node, one.state) for one in preview.places} == {
        ("and1_join", "automatic"),
        ("second", "automatic"),
    }
    assert preview.is_possible


def test_the_case_goes_on_in_the_new_version_with_its_clock():
    case = at_second()
    new = version(extra=[task("more", person="tom")])
    timers = case.marking.timers

    answer = moved(case, new)

    assert isinstance(answer, Accepted)
    assert answer.marking.timers == timers
    assert check_invariants(new, answer.marking) == ()
    seat = next(iter(next(iter(answer.marking.visits.values())).seats.values()))
    after = decide(new, answer.marking, c.Complete(actor="bob", seat=seat.id), case.world).marking
    assert [visit.node for visit in after.visits.values()] == ["more"]


def test_the_events_of_both_versions_lead_to_the_marking():
    case = at_second()

    answer = moved(case, version(second="renamed"), {"second": "renamed"})

    assert restarted(replay([*case.events, *answer.events])) == restarted(answer.marking)


def test_a_place_without_a_name_there_needs_a_mapping():
    answer = moved(at_second(), version(second="renamed"))

    assert (answer.code, answer.params) == ("migration_incomplete", {"nodes": ["second"]})


def test_a_place_of_another_kind_or_otherwise_enclosed_is_impossible():
    case = at_second()
    inside = version(second="other", extra=[sub_process("part", task("second", person="bob"))])

    assert moved(case, OLD, {"second": "and1"}).code == "migration_impossible"
    assert moved(case, inside).code == "migration_impossible"


def test_migrating_back_undoes_it():
    case = at_second()
    new = version(second="renamed")
    there = moved(case, new, {"second": "renamed"}).marking

    back = migrate(new, OLD, there, {"renamed": "second"}, case.world, "owner", "too early")

    assert restarted(back.marking) == case.marking


def test_other_reminders_are_set_anew_and_the_due_date_stays():
    case = at_second()
    due = case.visits("second")[0].due_at
    new = process(
        task("first", person="ann"),
        parallel(
            [task("a", person="ann")],
            [
                task(
                    "second",
                    person="bob",
                    limits=LIMIT["limits"],
                    reminders=(Offset(amount=3, when="before"),),
                )
            ],
        ),
        task("last", person="sue"),
    )

    marking = moved(case, new).marking

    kinds = {timer.kind: timer.due_at for timer in marking.timers.values()}
    old = {timer.kind: timer.due_at for timer in case.marking.timers.values()}
    assert kinds["due"] == due == old["due"]
    assert kinds["reminder"] < old["reminder"]


def test_a_closed_case_stays_where_it_is():
    case = Play(process(task("x", person="ann")), company()).start("eve").complete("x")

    answer = migrate(case.graph, case.graph, case.marking, {}, case.world, "owner", "x")

    assert answer.code == "case_not_running"
