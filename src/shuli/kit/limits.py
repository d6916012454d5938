"""Every limit of the program, in one table. docs/limits.md is written from it.

A limit is a plain number for the code that keeps to it; the table says what it is for.
"""

from dataclasses import dataclass

KB, MB = 1024, 1024 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class Limit:
    name: str
    value: int
    unit: str
    why: str


TABLE: list[Limit] = []


def _limit(name: str, value: int, unit: str, why: str) -> int:
    TABLE.append(Limit(name=name, value=value, unit=unit, why=why))
    return value


REQUEST_BYTES = _limit("REQUEST_BYTES", 110 * MB, "bytes", "a whole request, attachments included")
FORM_BYTES = _limit(
    "FORM_BYTES", 4 * MB, "bytes", "a request's form answers or JSON, attachments not counted"
)
FORM_FIELDS = _limit("FORM_FIELDS", 5_000, "fields", "a form with large sub-tables")
FORM_FILES = _limit("FORM_FILES", 20, "files", "attachments sent at once")
UPLOAD_IN_MEMORY_BYTES = _limit("UPLOAD_IN_MEMORY_BYTES", 256 * KB, "bytes", "a larger file waits on disk")
ATTACHMENT_BYTES = _limit("ATTACHMENT_BYTES", 20 * MB, "bytes", "one attachment")
LOOSE_FILES = _limit("LOOSE_FILES", 200, "files", "sent by one person for forms that are not sent yet")
LOOSE_FILE_DAYS = _limit("LOOSE_FILE_DAYS", 60, "days", "until a file that no sent form names is removed")
MODEL_BYTES = _limit("MODEL_BYTES", 5 * MB, "bytes", "one BPMN file")
TEMPLATE_UNPACKED_BYTES = _limit(
    "TEMPLATE_UNPACKED_BYTES", 60 * MB, "bytes", "a Word template, its parts unpacked"
)
EXPORTED_ROWS = _limit("EXPORTED_ROWS", 2_000, "cases", "one list of cases in Excel")
EXPORTED_ARCHIVES = _limit("EXPORTED_ARCHIVES", 100, "cases", "archives taken away at once")
DECISION_BYTES = _limit("DECISION_BYTES", 2 * MB, "bytes", "one decision as DMN")
DECISION_FILE_BYTES = _limit("DECISION_FILE_BYTES", 5 * MB, "bytes", "an Excel or DMN file that is imported")
CHECKS_PER_MINUTE = _limit(
    "CHECKS_PER_MINUTE",
    240,
    "requests",
    "live checks of expressions and tables by one person, in one web process",
)
EXPRESSION_CHARACTERS = _limit("EXPRESSION_CHARACTERS", 32_000, "characters", "an expression in an editor")
SURVEYS_PER_MINUTE = _limit(
    "SURVEYS_PER_MINUTE", 30, "requests", "of one address to customers’ survey links, in one web process"
)
PAGE_ROWS = _limit("PAGE_ROWS", 200, "rows", "one page of a list, on screen and in REST")
IDEMPOTENCY_KEY_LENGTH = _limit("IDEMPOTENCY_KEY_LENGTH", 200, "characters", "an Idempotency-Key")
IDEMPOTENCY_DAYS = _limit("IDEMPOTENCY_DAYS", 30, "days", "how long a repeated command gets its first answer")
PASSWORD_LENGTH = _limit("PASSWORD_LENGTH", 12, "characters", "the shortest password")
SESSION_SECONDS = _limit("SESSION_SECONDS", 14 * 24 * 3600, "seconds", "a sign-in lasts")
DATABASE_CONNECTIONS = _limit("DATABASE_CONNECTIONS", 16, "connections", "one web or worker process")
REQUESTS_AT_ONCE = _limit("REQUESTS_AT_ONCE", 8, "requests", "one web process; more wait")
JOBS_AT_ONCE = _limit("JOBS_AT_ONCE", 4, "jobs", "one worker process; more wait")
DRAIN_SECONDS = _limit("DRAIN_SECONDS", 25, "seconds", "running requests and jobs may finish at shutdown")
JOB_ATTEMPTS = _limit("JOB_ATTEMPTS", 8, "attempts", "a failing job before it counts as failed")
HEARTBEAT_SECONDS = _limit("HEARTBEAT_SECONDS", 30, "seconds", "without a worker's sign of life: not ready")
FREE_DISK_BYTES = _limit("FREE_DISK_BYTES", 200 * MB, "bytes", "less free disk: not ready")
MESSAGE_BYTES = _limit(
    "MESSAGE_BYTES", 256 * KB, "bytes", "one message, an answer of a service, a webhook's body"
)
MESSAGE_HOURS = _limit(
    "MESSAGE_HOURS", 168, "hours", "a message that nobody expects yet is kept, unless it says else"
)
MESSAGE_MOST_HOURS = _limit("MESSAGE_MOST_HOURS", 720, "hours", "a message may ask to be kept")
SERVICE_SECONDS = _limit(
    "SERVICE_SECONDS", 60, "seconds", "one attempt of an HTTP call, whatever the model says"
)
SERVICE_RETRIES = _limit(
    "SERVICE_RETRIES", 20, "attempts", "further attempts of a service, whatever the model says"
)
LEASE_SECONDS = _limit(
    "LEASE_SECONDS", 3_600, "seconds", "the longest lease of a worker's job; it can be extended"
)
FETCH_JOBS = _limit("FETCH_JOBS", 50, "jobs", "fetched by a worker at once")
FETCH_SECONDS = _limit("FETCH_SECONDS", 20, "seconds", "a worker may wait for jobs in one request")
FETCHES_AT_ONCE = _limit(
    "FETCHES_AT_ONCE", 2, "requests", "of one web process may wait for jobs; more are answered at once"
)
HOOK_WINDOW_SECONDS = _limit("HOOK_WINDOW_SECONDS", 300, "seconds", "a webhook's time may differ from ours")
HOOK_RATE = _limit("HOOK_RATE", 120, "requests", "to one webhook in a minute")
OUTGOING_SECONDS = _limit("OUTGOING_SECONDS", 10, "seconds", "a webhook's address may take to answer")
OUTGOING_BYTES = _limit("OUTGOING_BYTES", 1 * MB, "bytes", "of an answer from outside")
DISPATCH_ATTEMPTS = _limit(
    "DISPATCH_ATTEMPTS", 9, "attempts", "of a webhook before it counts as not delivered"
)
