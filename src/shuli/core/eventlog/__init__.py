"""The one log format: what happened, in typed columns, and the files in which it travels.

>>> log = log_of([{"case": "C-1", "activity": "check", "at": datetime(2026, 3, 2, 1, tzinfo=UTC)}])
>>> summary(log).cases
1
"""

from shuli.core.eventlog.columns import AT, CASE_PREFIX, LEADING, Log, log_of, log_schema, rows_of
from shuli.core.eventlog.csv import read_csv, write_csv
from shuli.core.eventlog.errors import LogError
from shuli.core.eventlog.ocel import read_ocel, write_ocel
from shuli.core.eventlog.parquet import read_parquet, write_parquet, write_partitions
from shuli.core.eventlog.summaries import Summary, summary
from shuli.core.eventlog.xes_reading import read_xes
from shuli.core.eventlog.xes_writing import write_xes

__all__ = [
    "AT",
    "CASE_PREFIX",
    "LEADING",
    "Log",
    "LogError",
    "Summary",
    "log_of",
    "log_schema",
    "read_csv",
    "read_ocel",
    "read_parquet",
    "read_xes",
    "rows_of",
    "summary",
    "write_csv",
    "write_ocel",
    "write_parquet",
    "write_partitions",
    "write_xes",
]
