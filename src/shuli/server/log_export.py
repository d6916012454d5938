"""`shuli log export`: all cases' events as of one moment, to a file or as one more part of a folder."""

from argparse import Namespace
from collections.abc import Iterator

import pyarrow as pa
from django.conf import settings

from shuli.apps.cases.event_log import Wanted, event_log, one_moment, positions
from shuli.core.eventlog import Log
from shuli.server.log_files import NEEDS_CASES_TOGETHER, Parts, write_log


def export(asked: Namespace) -> int:
    """Write what the words ask for and return how many events that was."""
    wanted = Wanted(
        everything=asked.everything,
        together=asked.format in NEEDS_CASES_TOGETHER,
        pseudonym_key=str(settings.SECRET_KEY) if asked.pseudonyms else "",
    )
    counted = Counted(event_log(wanted))
    if not asked.incremental and asked.format != "parquet":
        with one_moment():
            write_log(counted.log, asked.output, asked.format)
        return counted.rows
    parts = Parts(asked.output, asked.format)
    known = parts.known() if asked.incremental else ()
    with one_moment(known):
        parts.write(counted.log)
        parts.finish(list(positions()))
    return counted.rows


class Counted:
    """A log that counts what was read of it the last time."""

    def __init__(self, log: Log) -> None:
        self.rows = 0
        self._inner = log
        self.log = Log(schema=log.schema, batches=self._batches)

    def _batches(self) -> Iterator[pa.RecordBatch]:
        self.rows = 0
        for batch in self._inner.batches():
            self.rows += batch.num_rows
            yield batch
