"""`shuli log`: files of every form, from the command line."""

import json

import pytest

from core.eventlog.logs import small
from shuli.core.eventlog import rows_of
from shuli.core.eventlog.csv import Layout
from shuli.server.command_line import main
from shuli.server.log_files import Parts, read_log, write_log


@pytest.fixture
def file(tmp_path):
    write_log(small(), tmp_path / "log.csv", "csv")
    return tmp_path / "log.csv"


def test_info_tells_what_a_file_holds(file, capsys):
    assert main(["log", "info", "--json", str(file)]) == 0

    found = json.loads(capsys.readouterr().out)
    assert (found["events"], found["cases"], found["activities"]) == (3, 2, {"登记": 2, "处理": 1})


@pytest.mark.parametrize("name", ["log.xes", "log.json", "log.parquet", "again.csv"])
def test_a_file_is_turned_into_any_other_form(file, tmp_path, name):
    assert main(["log", "convert", str(file), "-o", str(tmp_path / name)]) == 0

    back = read_log(tmp_path / name, Layout())
    assert list(rows_of(back)) == list(rows_of(small()))


def test_a_file_that_is_no_log_is_told_of_and_ends_with_1(tmp_path, capsys):
    (tmp_path / "log.csv").write_text("a,b\n1,2\n")

    assert main(["log", "info", str(tmp_path / "log.csv")]) == 1

    assert "Expected one column each for case, activity, at" in capsys.readouterr().err


def test_an_unfinished_run_is_written_again(tmp_path):
    first = Parts(tmp_path, "parquet")
    first.write(small())

    again = Parts(tmp_path, "parquet")
    again.write(small())
    again.finish([(1, 2), (2, 1)])

    assert sorted(map(repr, rows_of(read_log(tmp_path, Layout())))) == sorted(map(repr, rows_of(small())))
    assert list(Parts(tmp_path, "parquet").known()) == [(1, 2), (2, 1)]
