"""What a log holds, in one reading."""

from datetime import datetime

import pyarrow.compute as pc
from msgspec import Struct

from shuli.core.eventlog.columns import Log, type_name


class Summary(Struct, frozen=True, kw_only=True):
    """How much of what a log holds, and of when."""

    events: int
    cases: int
    activities: dict[str, int]  # events of each, most frequent first
    resources: int
    departments: int
    first: datetime | None  # None: no event at all
    last: datetime | None
    columns: dict[str, str]  # type of each


def summary(log: Log) -> Summary:
    """Return what the log holds; every batch is looked at once."""
    cases: set[int] = set()  # fingerprints, so that millions fit
    activities: dict[str, int] = {}
    people: set[str | None] = set()
    departments: set[str | None] = set()
    events, moments = 0, list[datetime]()
    for batch in log.batches():
        if not batch.num_rows:
            continue
        events += batch.num_rows
        cases.update(map(hash, pc.unique(batch.column("case")).to_pylist()))
        for found in pc.value_counts(batch.column("activity")).to_pylist():
            activities[found["values"]] = activities.get(found["values"], 0) + found["counts"]
        people.update(pc.unique(batch.column("resource")).to_pylist())
        departments.update(pc.unique(batch.column("department")).to_pylist())
        extremes = pc.min_max(batch.column("at")).as_py()
        moments = [min([*moments[:1], extremes["min"]]), max([*moments[1:], extremes["max"]])]
    return Summary(
        events=events,
        cases=len(cases),
        activities=dict(sorted(activities.items(), key=lambda one: (-one[1], one[0]))),
        resources=len(people - {None}),
        departments=len(departments - {None}),
        first=moments[0] if moments else None,
        last=moments[1] if moments else None,
        columns={field.name: type_name(field.type) for field in log.schema},
    )
