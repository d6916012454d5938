"""`shuli log export`: a folder to which each export adds what is new."""

from argparse import Namespace

import pytest

from shuli.core.eventlog import rows_of
from shuli.core.eventlog.csv import Layout
from shuli.server.log_export import export
from shuli.server.log_files import read_log


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("form", ["csv", "xes", "ocel", "parquet"])
def test_each_export_adds_what_is_new_and_nothing_twice(started, tmp_path, form):
    words = Namespace(
        format=form, output=tmp_path / "log", incremental=True, everything=True, pseudonyms=False
    )

    written = export(words)

    assert written == started.events.count()
    assert export(words) == 0
    parts = [
        part
        for part in (tmp_path / "log").rglob("*.*")
        if part.suffix in {".csv", ".xes", ".json", ".parquet"}
    ]
    assert sum(len(list(rows_of(read_log(part, Layout())))) for part in parts) == written
