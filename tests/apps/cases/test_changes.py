"""Many changes go as few statements, and mean the same."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from shuli.apps.cases.changes import MANY, STATEMENTS, TABLES, UPDATES, one_statement, statements


def change(name, mark=0):
    return name, tuple(f"{name}.{mark}.{n}" for n in range(STATEMENTS[name].count("%s")))


changes_of_a_command = st.lists(
    st.builds(change, st.sampled_from(sorted(STATEMENTS)), st.integers(0, 3)), max_size=40
)


def parts(command):
    return [kinds for kinds, _values in statements(command)]


@settings(max_examples=200, deadline=None)
@given(changes_of_a_command)
def test_an_update_never_stands_behind_another_change_of_its_table_in_one_statement(command):
    for kinds in parts(command):
        tables = [TABLES[name] for name, _rows in kinds]
        for place, (name, _rows) in enumerate(kinds):
            assert name not in UPDATES or TABLES[name] not in tables[:place]


@settings(max_examples=200, deadline=None)
@given(changes_of_a_command)
def test_every_change_is_made_once_and_in_order_with_a_place_for_each_parameter(command):
    sent = [value for _kinds, values in statements(command) for value in values]
    single = [value for name, values in command if name not in MANY for value in values]

    assert [value for value in sent if value.split(".")[0] not in MANY] == single
    assert {*sent} == {value for _name, values in command for value in values}
    for kinds, values in statements(command):
        assert {int(n) for n in re.findall(r"\$(\d+)", one_statement(kinds))} == set(
            range(1, len(values) + 1)
        )


def test_a_completion_that_leads_to_the_next_task_is_one_statement():
    names = ["finish_task", "close_visit", "end_timer", "open_visit", "open_task", "set_timer"]
    events = [change("append_event", n) for n in range(6)]

    assert len(parts([*map(change, names), *events, change("give_access"), change("save_case")])) == 1


def test_what_is_opened_and_closed_by_one_command_is_written_one_after_the_other():
    assert len(parts([change("open_visit"), change("close_visit")])) == 2


def test_the_same_access_given_twice_is_one_row():
    ((kinds, values),) = statements([change("give_access"), change("give_access"), change("give_access", 1)])

    assert kinds == (("give_access", 2),)
    assert len(values) == 4
