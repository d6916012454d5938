"""How our columns are called in XES (IEEE 1849-2016), and how values stand there."""

import math
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from shuli.core.eventlog.columns import AT
from shuli.core.eventlog.errors import LogError

# Keys of the extensions that the standard comes with: concept, time, lifecycle, organizational.
KEYS = {
    "activity": "concept:name",
    "at": "time:timestamp",
    "lifecycle": "lifecycle:transition",
    "resource": "org:resource",
    "department": "org:group",
}
COLUMNS = {key: name for name, key in KEYS.items()}
EXTENSIONS = (
    ("Concept", "concept", "http://www.xes-standard.org/concept.xesext"),
    ("Time", "time", "http://www.xes-standard.org/time.xesext"),
    ("Lifecycle", "lifecycle", "http://www.xes-standard.org/lifecycle.xesext"),
    ("Organizational", "org", "http://www.xes-standard.org/org.xesext"),
)
NAMESPACE = "http://www.xes-standard.org/"
# A text attribute of the log in which our own files keep names and types of all columns: in a log, what is None is absent.
DECLARATION = "shuli:columns"

TAGS: dict[str, pa.DataType] = {
    "string": pa.string(),
    "id": pa.string(),
    "date": AT,
    "int": pa.int64(),
    "float": pa.float64(),
    "boolean": pa.bool_(),
}


def tag_of(kind: pa.DataType) -> str:
    return next(tag for tag, known in TAGS.items() if known == kind)


def written(value: Any) -> str:
    """Return a value as XML Schema writes it; a control character, for which XML has no place, becomes U+FFFD."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("INF" if value > 0 else "-INF")
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return "".join(letter if _may_stand(letter) else "\ufffd" for letter in str(value))


def _may_stand(letter: str) -> bool:
    return (
        letter >= " " and not "\ud800" <= letter <= "\udfff" and letter not in "\ufffe\uffff"
    ) or letter in "\t\n\r"


def read(text: str, tag: str) -> Any:
    """Return the value of an attribute; LogError: it is none of its kind."""
    try:
        return READERS[tag](text)
    except ValueError:
        raise LogError(f"Expected a value of the kind {tag} but found {text[:80]!r}.") from None


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


READERS: dict[str, Any] = {
    "string": str,
    "id": str,
    "date": _moment,
    "int": int,
    "float": float,
    "boolean": lambda text: text in ("true", "1"),
}
