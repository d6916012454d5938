import gc
import tracemalloc
from datetime import timedelta

import pyarrow as pa
import pytest

from core.eventlog.logs import NINE, Kept, small
from shuli.core.eventlog import Log, LogError, log_of, log_schema, summary, write_csv, write_xes
from shuli.core.eventlog.columns import LEADING_NAMES


def test_the_six_columns_of_every_log_come_first_then_those_of_cases():
    schema = log_schema({"amount": pa.int64(), "case:kind": pa.string()})

    assert schema.names == [*LEADING_NAMES, "case:kind", "amount"]


def test_a_column_of_a_type_that_no_file_knows_is_refused():
    with pytest.raises(LogError, match="amount"):
        log_schema({"amount": pa.decimal128(10, 2)})


def test_a_row_without_a_time_is_refused():
    with pytest.raises(LogError, match="at"):
        log_of([{"case": "C-1", "activity": "check"}])


def test_a_summary_counts_in_one_reading():
    found = summary(small())

    assert (found.events, found.cases, found.resources, found.departments) == (3, 2, 2, 1)
    assert found.activities == {"登记": 2, "处理": 1}
    assert (found.first, found.last) == (NINE, NINE.replace(month=4))


class Nowhere(Kept):
    def write(self, data):
        return len(data)


def long_log(cases):
    """Return a log of ten events a case that is made as it is read."""
    schema = log_schema({"amount": pa.int64()})

    def batches():
        for first in range(0, cases, 100):
            rows = [
                {"case": f"C-{case}", "activity": f"step {n}", "at": NINE + timedelta(minutes=n), "amount": n}
                for case in range(first, first + 100)
                for n in range(10)
            ]
            yield pa.RecordBatch.from_pylist(rows, schema=schema)

    return Log(schema=schema, batches=batches)


@pytest.mark.parametrize("write", [write_csv, write_xes])
def test_a_log_ten_times_as_long_needs_no_more_memory(write):
    def peak(cases):
        gc.collect()
        tracemalloc.start()
        before = pa.total_allocated_bytes()
        write(long_log(cases), Nowhere())
        most = tracemalloc.get_traced_memory()[1]
        gc.collect()  # what a test before left behind is not the log's
        found = most + pa.total_allocated_bytes() - before
        tracemalloc.stop()
        return found

    peak(200)

    # two batches of a hundred cases are there at a time; a fingerprint a case is all that stays
    assert peak(2_000) < peak(200) + 2_000 * 200
