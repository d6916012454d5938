"""The files of logs: by their names' endings, and as a folder to which each export adds what is new."""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from shuli.core import eventlog
from shuli.core.eventlog import Log, LogError
from shuli.core.eventlog.csv import Layout

FORMATS = ("csv", "xes", "ocel", "parquet")
ENDINGS = {
    ".csv": "csv",
    ".xes": "xes",
    ".json": "ocel",
    ".jsonocel": "ocel",
    ".ocel": "ocel",
    ".parquet": "parquet",
}
SUFFIX = {"csv": "csv", "xes": "xes", "ocel": "json", "parquet": "parquet"}
WRITERS: dict[str, Callable[[Log, BinaryIO], None]] = {
    "csv": eventlog.write_csv,
    "xes": eventlog.write_xes,
    "ocel": eventlog.write_ocel,
    "parquet": eventlog.write_parquet,
}
NEEDS_CASES_TOGETHER = ("xes", "ocel")
STATE = ".positions"  # beside the parts: how far each case has been written


def format_of(path: Path) -> str:
    """Return the form of a log by its name: a folder is Parquet."""
    found = "parquet" if path.is_dir() else ENDINGS.get(path.suffix.lower())
    if found is None:
        raise LogError(f"Expected a name that ends in {', '.join(ENDINGS)} but found {path.name}.")
    return found


def read_log(path: Path, layout: Layout) -> Log:
    """Return the log of a file, or of a folder of Parquet files."""
    if path.is_dir():
        parts = sorted(path.rglob("*.parquet"))
        return eventlog.read_parquet([partial(_opened, part) for part in parts])
    source = partial(_opened, path)
    match format_of(path):
        case "csv":
            return eventlog.read_csv(source, layout)
        case "xes":
            return eventlog.read_xes(source)
        case "ocel":
            return eventlog.read_ocel(source)
        case _:
            return eventlog.read_parquet([source])


def _opened(path: Path) -> BinaryIO:
    return path.open("rb")


def write_log(log: Log, path: Path, form: str) -> None:
    """Write the log to a file that is there only when it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.unfinished")
    with unfinished.open("wb") as out:
        WRITERS[form](log, out)
        os.fsync(out.fileno())
    unfinished.replace(path)


class Parts:
    """A folder of parts: each export is one run, and what a run left unfinished is written again by the next."""

    def __init__(self, folder: Path, form: str) -> None:
        self.folder, self.form = folder, form
        folder.mkdir(parents=True, exist_ok=True)
        self._state = folder / STATE
        self.run, self._known = (
            0,
            pa.table({"case": pa.array([], pa.int64()), "position": pa.array([], pa.int64())}),
        )
        if self._state.exists():
            self._load()

    def _load(self) -> None:
        with pa.OSFile(str(self._state)) as file, pa.ipc.open_file(file) as reader:
            self._known = reader.read_all()
        said = json.loads((self._known.schema.metadata or {})[b"shuli"])
        self.run = int(said["run"])
        if said["form"] != self.form:
            raise LogError(
                f"Expected to go on with {said['form']} in {self.folder} but found {self.form} asked for."
            )

    def known(self) -> Iterator[tuple[int, int]]:
        """Give each case with the position up to which it stands in the folder."""
        for batch in self._known.to_batches():
            yield from zip(batch.column(0).to_pylist(), batch.column(1).to_pylist(), strict=True)

    def write(self, log: Log) -> None:
        """Write what is new as the next run's part: Parquet one file a month, else one file."""
        self._forget_unfinished()
        name = f"{self.run + 1:05}.{SUFFIX[self.form]}"
        if self.form == "parquet":
            eventlog.write_partitions(log, partial(self._month, name))
        elif any(batch.num_rows for batch in log.batches()):
            write_log(log, self.folder / name, self.form)

    def _month(self, name: str, month: str) -> BinaryIO:
        folder = self.folder / f"month={month}"
        folder.mkdir(exist_ok=True)
        return (folder / name).open("wb")

    def _forget_unfinished(self) -> None:
        for part in self.folder.rglob(f"*.{SUFFIX[self.form]}"):
            if part.stem.isdigit() and int(part.stem) > self.run:
                part.unlink()

    def finish(self, positions: Sequence[tuple[int, int]]) -> None:
        """Remember how far the run came; only now it counts."""
        said = json.dumps({"run": self.run + 1, "form": self.form}).encode()
        schema = pa.schema([("case", pa.int64()), ("position", pa.int64())], metadata={b"shuli": said})
        cases, seqs = zip(*positions, strict=True) if positions else ((), ())
        table = pa.table([pa.array(cases, pa.int64()), pa.array(seqs, pa.int64())], schema=schema)
        unfinished = self._state.with_name(f"{STATE}.unfinished")
        with pa.OSFile(str(unfinished), "wb") as out, pa.ipc.new_file(out, schema) as writer:
            writer.write_table(table)
        unfinished.replace(self._state)
