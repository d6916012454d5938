"""Logs for tests: any at all, and a small one that a person can read."""

from datetime import UTC, datetime
from io import BytesIO

import pyarrow as pa
from hypothesis import strategies as st

from shuli.core.eventlog import AT, log_of, rows_of

NINE = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
SMALL = [
    {"case": "C-1", "activity": "登记", "at": NINE, "lifecycle": "complete", "resource": "wu", "department": "service"},
    {"case": "C-1", "activity": "处理", "at": NINE.replace(hour=3), "lifecycle": "complete", "resource": None},
    {"case": "C-2", "activity": "登记", "at": NINE.replace(month=4), "lifecycle": "start", "resource": "li"},
]  # fmt: skip

# What XML and CSV can carry: no control characters but the usual white space, no halves of a letter.
texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"]) | st.sampled_from("\t\n\r\"',;=<>&]"), max_size=20
)
names = texts.filter(lambda text: text != "")
moments = st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1), timezones=st.just(UTC))
VALUES = {
    pa.string(): texts,
    pa.int64(): st.integers(-(2**63), 2**63 - 1),
    pa.float64(): st.floats(allow_nan=False),
    pa.bool_(): st.booleans(),
    AT: moments,
}
columns = st.dictionaries(
    st.from_regex(r"(case:)?[a-z]{1,8}", fullmatch=True).filter(
        lambda name: name not in ("case", "activity", "at", "lifecycle", "resource", "department")
    ),
    st.sampled_from(list(VALUES)),
    max_size=4,
)


@st.composite
def logs(draw):
    """Return any log whose cases stand together, each with one value in the columns that tell of cases."""
    more = draw(columns)
    rows = []
    for case in draw(st.lists(names, min_size=1, max_size=4, unique=True)):
        own = {name: draw(_maybe(kind)) for name, kind in more.items() if name.startswith("case:")}
        for _ in range(draw(st.integers(1, 3))):
            told = {name: draw(_maybe(kind)) for name, kind in more.items() if name not in own}
            rows.append(
                {"case": case, "activity": draw(names), "at": draw(moments), **own, **told, **draw(_who)}
            )
    return log_of(rows, more)


def _maybe(kind):
    return st.none() | VALUES[kind]


_who = st.fixed_dictionaries(
    {"lifecycle": st.none() | names, "resource": st.none() | names, "department": st.none() | names}
)


def small():
    return log_of(SMALL)


def through(log, write, read):
    """Return the log that comes back from a file."""
    out = Kept()
    write(log, out)
    return read(lambda: BytesIO(out.data))


class Kept(BytesIO):
    """A file in memory that whoever writes cannot close."""

    def close(self):
        pass

    @property
    def data(self):
        return self.getvalue()


def same(one, other):
    """Say whether two logs have the same columns and the same rows."""
    return one.schema == other.schema and list(rows_of(one)) == list(rows_of(other))
