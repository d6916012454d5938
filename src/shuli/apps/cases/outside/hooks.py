"""What administrators arrange with other programs: webhooks in and out, and tokens of programs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils import timezone

from shuli.apps.cases.models import Dispatch, HookIn, HookOut
from shuli.apps.cases.outside.announcing import EVENTS, SEND
from shuli.apps.directory import queries as directory
from shuli.apps.directory.administration import administrators_only, note
from shuli.core.feel import compile_expression
from shuli.kit import clock, jobs, outgoing, signing, tokens
from shuli.kit.errors import Refusal

Direction = Literal["in", "out"]
KINDS: dict[str, type[HookIn | HookOut]] = {"in": HookIn, "out": HookOut}
SCOPES = ("messages", "jobs")
TOKEN_DAYS = (30, 90, 365)


@dataclass(frozen=True, kw_only=True)
class FactsIn:
    """What a webhook in makes of what comes."""

    name: str
    message: str
    correlation: str = ""
    variables: str = ""
    person: str


@dataclass(frozen=True, kw_only=True)
class FactsOut:
    """Whom a webhook out tells what."""

    name: str
    url: str
    events: Sequence[str]
    process_key: str = ""


@dataclass(frozen=True, kw_only=True)
class Made:
    """A webhook with its secret, which is not shown again."""

    name: str
    secret: str


@administrators_only
def new_in(by: str, facts: FactsIn) -> Made | Refusal:
    """Open an address to which another program may post."""
    refusal = _refuse_in(facts)
    if refusal is not None:
        return refusal
    salt = signing.new_salt()
    HookIn.objects.create(
        name=facts.name,
        salt=salt,
        created_by=by,
        created_at=clock.now(),
        message=facts.message,
        correlation=facts.correlation,
        variables=facts.variables,
        person=facts.person,
    )
    note(by, "hook_made", f"hook-in:{facts.name}")
    return Made(name=facts.name, secret=signing.secret_of(salt))


def _refuse_in(facts: FactsIn) -> Refusal | None:
    if HookIn.objects.filter(name=facts.name).exists():
        return Refusal("hook_name_taken")
    if directory.active_username(facts.person) is None:
        return Refusal("hook_person_unknown")
    for source in filter(None, (facts.correlation, facts.variables)):
        errors = compile_expression(source).errors
        if errors:
            return Refusal("hook_mapping_broken", expression=source, problem=str(errors[0]))
    return None


@administrators_only
def new_out(by: str, facts: FactsOut) -> Made | Refusal:
    """Begin to tell another program's address what happens."""
    refusal = _refuse_out(facts)
    if refusal is not None:
        return refusal
    salt = signing.new_salt()
    HookOut.objects.create(
        name=facts.name,
        salt=salt,
        created_by=by,
        created_at=clock.now(),
        url=facts.url,
        events=sorted(facts.events),
        process_key=facts.process_key,
    )
    note(by, "hook_made", f"hook-out:{facts.name}")
    return Made(name=facts.name, secret=signing.secret_of(salt))


def _refuse_out(facts: FactsOut) -> Refusal | None:
    if HookOut.objects.filter(name=facts.name).exists():
        return Refusal("hook_name_taken")
    if not facts.events or not set(facts.events) <= EVENTS.keys():
        return Refusal("hook_events_missing")
    found = outgoing.check(facts.url)
    return Refusal(f"outgoing_{found.code}") if isinstance(found, outgoing.Refusal) else None


@administrators_only
def switch(by: str, direction: Direction, name: str, *, on: bool) -> bool | Refusal:
    """Switch a webhook on or off. One that is off takes nothing and sends nothing."""
    if not KINDS[direction].objects.filter(name=name).update(is_active=on):
        return Refusal("no_such_hook", status=404)
    note(by, "hook_on" if on else "hook_off", f"hook-{direction}:{name}")
    return on


@administrators_only
def new_secret(by: str, direction: Direction, name: str) -> Made | Refusal:
    """Give a webhook another secret; the former one no longer counts."""
    salt = signing.new_salt()
    if not KINDS[direction].objects.filter(name=name).update(salt=salt):
        return Refusal("no_such_hook", status=404)
    note(by, "hook_secret", f"hook-{direction}:{name}")
    return Made(name=name, secret=signing.secret_of(salt))


@administrators_only
def send_again(by: str, name: str, dispatch: int | None = None) -> int | Refusal:
    """Send what was given up once more, one or all of a webhook; return how many."""
    if not HookOut.objects.filter(name=name).exists():
        return Refusal("no_such_hook", status=404)
    rows = Dispatch.objects.filter(hook__name=name, state=Dispatch.State.DEAD)
    if dispatch is not None:
        rows = rows.filter(pk=dispatch)
    found = list(rows.select_for_update().values_list("pk", flat=True))
    if dispatch is not None and not found:
        return Refusal("no_such_dispatch", status=404)
    Dispatch.objects.filter(pk__in=found).update(
        state=Dispatch.State.PENDING, attempts=0, next_at=timezone.now()
    )
    jobs.later_many(SEND, [{"dispatch": pk} for pk in found])
    note(by, "dispatches_again", f"hook-out:{name}", count=len(found))
    return len(found)


# Programs' tokens ---------------------------------------------------------------------------------------


@administrators_only
def new_token(
    by: str, name: str, person: str, scopes: Sequence[str], topics: Sequence[str], days: int
) -> Made | Refusal:
    """Issue a token with which a program sends messages, or fetches work of all topics or of some."""
    wanted = [scope for scope in scopes if scope in SCOPES]
    if not wanted or not name.strip():
        return Refusal("token_without_use")
    if directory.active_username(person) is None:
        return Refusal("hook_person_unknown")
    if topics and "jobs" in wanted:
        wanted = [scope for scope in wanted if scope != "jobs"] + [f"jobs:{topic}" for topic in topics]
    secret = tokens.issue(person, name.strip(), days=days if days in TOKEN_DAYS else 90, scopes=wanted)
    note(by, "token_made", f"token:{name.strip()}", scopes=wanted)
    return Made(name=name.strip(), secret=secret)


@administrators_only
def end_token(by: str, pk: int) -> bool | Refusal:
    """End a program's token, from the next request on."""
    if not tokens.revoke_scoped(pk):
        return Refusal("program_token_ended", status=404)
    note(by, "token_ended", f"token:{pk}")
    return True
