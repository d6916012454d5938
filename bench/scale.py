"""A company with a million open cases: how long people wait, measured over HTTP at the program as it is served.

Every figure is the 95th percentile of forty waits, in milliseconds, of one client that asks again and again. Left out: the network,
many people at once. One company grows: a tenth of all is measured, then as many closed cases as asked for are added and
commands are measured again, then the rest of the open cases. The exponent says how a wait grows: 0 is "does not grow".
"""

import http.client
import itertools
import json
import math
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import ageing
import population
from serving import installation, served

BUILD = Path(__file__).resolve().parents[1] / "build"
ASKED = 40
FEW = 20  # times that slow pages are asked for
WARM_UP = 5
IDLE = 2.0  # seconds after which a line is opened anew
SAMPLE = 100  # cases that verify-state looks at
OWNER, MEMBER, ORDINARY = "hankai", "limin", "p00003"
# What the design asks for first: row → milliseconds
LIMITS = {
    "inbox page, 400 tasks held": 100,
    "inbox page, every fiftieth task held": 100,
    "inbox page, a pool with a tenth of all tasks": 100,
    "completing a task": 150,
    "case page": 150,
    "list of all cases": 150,
    "search by number, own cases": 150,
    "search by number, all cases": 150,
    "search by words that one case says, own cases": 150,
    "search by words that one case says, all cases": 150,
    "search by words that all cases say, all cases": 150,
    "the question for due timers": 15,
    "start until ready": 10_000,
}
COMMANDS = ("completing a task", "inbox page, 400 tasks held", "case page")


class Browser:
    """One person's line to the server."""

    def __init__(self, port: int, person: str) -> None:
        from shuli.kit import tokens

        self._used = time.monotonic()
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._cookie = f"sessionid={_session(person)}; shuli_language=en"
        self._token = tokens.issue(person, "bench")

    def page(self, path: str) -> None:
        self._ask("GET", path, None, {"Cookie": self._cookie})

    def post(self, path: str, body: object) -> None:
        headers = {
            "Authorization": f"Bearer {self._token}",
            "Idempotency-Key": uuid.uuid4().hex,
            "Content-Type": "application/json",
        }
        self._ask("POST", f"/api/v1{path}", json.dumps(body), headers)

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> None:
        if time.monotonic() - self._used > IDLE:
            self._line.close()  # the server has, too; the next request opens a new one
        self._line.request(method, path, body, headers)
        answer = self._line.getresponse()
        self._used = time.monotonic()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"Expected 200 of {path} but found {answer.status}.")


def _session(person: str) -> str:
    from django.contrib.auth import get_user_model
    from django.contrib.sessions.backends.db import SessionStore

    user, store = get_user_model().objects.get(username=person), SessionStore()
    store["_auth_user_id"], store["_auth_user_hash"] = str(user.pk), user.get_session_auth_hash()
    store["_auth_user_backend"] = "allauth.account.auth_backends.AuthenticationBackend"
    store.create()
    return str(store.session_key)


Waits = tuple[float, float, float]  # 95th percentile, median, least, in milliseconds


def p95(call: Callable[[], None], times: int = ASKED) -> Waits:
    """Return how long one waits; the least says what a quiet machine would give, the percentile what this one gave."""
    for _ in range(WARM_UP):
        call()
    found = []
    for _ in range(times):
        began = time.perf_counter()
        call()
        found.append(1000 * (time.perf_counter() - began))
    found.sort()
    return found[math.ceil(0.95 * times) - 1], statistics.median(found), found[0]


def waits(port: int, dice: random.Random) -> Iterator[tuple[str, Waits]]:
    """Measure what people wait for."""
    from shuli.apps.cases.models import Case

    ordinary, busy = Browser(port, ORDINARY), Browser(port, population.BUSY)
    member, owner = Browser(port, MEMBER), Browser(port, OWNER)
    own = list(Case.objects.filter(starter=ORDINARY, status="running").values_list("number", flat=True)[:300])
    yield from of_one(ordinary, own, dice)
    yield "inbox page, every fiftieth task held", p95(lambda: busy.page("/"))
    yield "inbox page, a pool with a tenth of all tasks", p95(lambda: member.page("/"))
    yield "list of all cases", p95(lambda: owner.page("/cases/"), FEW)
    yield "search by number, own cases", p95(lambda: ordinary.page(f"/search/?q={dice.choice(own)}"))
    yield "search by number, all cases", p95(lambda: owner.page(f"/search/?q={dice.choice(own)}"))
    said = "/search/?q=%E7%BB%B4%E4%BF%AE"
    one = "search by words that one case says"
    yield f"{one}, own cases", p95(lambda: ordinary.page(f"{said}+{dice.choice(own)}"), FEW)
    yield f"{one}, all cases", p95(lambda: owner.page(f"{said}+{dice.choice(own)}"), FEW)
    yield "search by words that all cases say, all cases", p95(lambda: owner.page(said), FEW)


def of_one(ordinary: Browser, own: list[str], dice: random.Random) -> Iterator[tuple[str, Waits]]:
    """Measure what somebody with an ordinary amount of work waits for."""
    from shuli.apps.cases.models import Task

    yield "inbox page, 400 tasks held", p95(lambda: ordinary.page("/"))
    held = Task.objects.filter(holder=ORDINARY, state="open").order_by("pk")
    tasks = iter(list(held.values_list("pk", flat=True)[: ASKED + WARM_UP]))
    yield "completing a task", p95(lambda: ordinary.post(f"/tasks/{next(tasks)}/complete", {}))
    yield "case page", p95(lambda: ordinary.page(f"/cases/{dice.choice(own)}/"))


def due_timers() -> Waits:
    """Return how long it takes to ask which timers are due, as the worker does every fifteen seconds."""
    from django.utils import timezone

    from shuli.apps.cases.models import Timer

    due = Timer.objects.filter(state="pending", due_at__lte=timezone.now()).order_by("due_at", "pk")
    return p95(lambda: list(due.values_list("case_id", "number")[:500]) and None)


def sample() -> None:
    """Hold a sample of the cases against their events."""
    from django.db import connection

    from shuli.apps.cases.models import Case
    from shuli.apps.cases.verification import verify_state

    with connection.cursor() as cursor:
        cursor.execute("SELECT min(id), max(id) FROM cases_case WHERE id >= %s", [population.FIRST])
        least, most = cursor.fetchone()
    ids = random.Random(1).sample(range(least, most + 1), min(SAMPLE, most - least))
    if found := list(verify_state(list(Case.objects.filter(pk__in=ids).values_list("pk", flat=True)))):
        raise RuntimeError(found[0])


Found = dict[str, Waits]


def rows(cases: int, closed: int, stages: dict[str, Found]) -> list[dict[str, Any]]:
    """Return the rows of the table: by open cases, by closed cases, by the age of a case."""
    found = [
        row(f"{name}, {cases:,} open cases", LIMITS[name], value, stages["tenth"][name], "of the cases")
        for name, value in stages["full"].items()
    ]
    found += [
        row(f"{name}, {closed:,} closed cases", LIMITS[name], stages["closed"][name], stages["tenth"][name], "of them")
        for name in COMMANDS
    ]  # fmt: skip
    for before, after in itertools.pairwise(stages["rounds"].items()):
        found.append(row(f"a step in round {after[0]} of a loop", None, after[1], before[1], "of the rounds"))
    return found


def row(name: str, limit: int | None, wait: Waits, tenth: Waits, what: str) -> dict[str, Any]:
    """Return a row; the exponent is that of the medians, which other programs on the machine disturb less."""
    high, median, least = wait
    growth = f"exponent {math.log10(median / tenth[1]):+.2f}"
    return {
        "row": name,
        "unit": "ms, p95",
        "ours": round(high, 1),
        "peer": f"a tenth {what}, {growth}; median {median:.1f}, least {least:.1f}",
        "peer_value": round(tenth[0], 1),
        "ratio": round(high / tenth[0], 1),
        "limit_value": limit,
        "runs": [round(value, 1) for value in wait],
    }


class Company:
    """One company that grows: built without fsync, which only the building would wait for, and measured with it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.first, self.people = population.FIRST, 0

    def grow(self, open_cases: int, closed_cases: int) -> None:
        """Add so many cases, and the people who do the work of the open ones."""
        from shuli.server.postgres import Durability

        began = time.perf_counter()
        with installation(self.folder, Durability.NONE):
            if not self.people:
                from shuli.apps.directory.example_company import load_example_company

                load_example_company()
                population.publish()
            before = self.people if open_cases else 0
            population.hire(self.people, self.people + open_cases // population.CASES_A_PERSON)
            self.people += open_cases // population.CASES_A_PERSON
            self.first = population.populate(open_cases, closed_cases, self.first, (before, self.people))
            population.settle()
            sample()
        say(
            f"{open_cases:,} open and {closed_cases:,} closed cases built in {time.perf_counter() - began:.0f} s"
        )

    def measured(self, ask: Callable[[int], Iterator[tuple[str, Waits]]]) -> Found:
        from shuli.server.postgres import Durability

        with installation(self.folder, Durability.FULL) as url, served(self.folder, url) as (port, start):
            found: Found = {}
            for name, wait in ask(port):
                found[name] = wait
                say(f"{name}: {' '.join(f'{one:.1f}' for one in wait)}")
            if ask is everything:
                found |= {
                    "the question for due timers": due_timers(),
                    "start until ready": (start, start, start),
                }
        return found


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def everything(port: int) -> Iterator[tuple[str, Waits]]:
    return waits(port, random.Random(1))


def commands(port: int) -> Iterator[tuple[str, Waits]]:
    from shuli.apps.cases.models import Case

    own = list(Case.objects.filter(starter=ORDINARY, status="running").values_list("number", flat=True)[:300])
    return of_one(Browser(port, ORDINARY), own, random.Random(1))


def aged(folder: Path) -> Found:
    from shuli.server.postgres import Durability

    with installation(folder, Durability.FULL):
        return ageing.rounds("limin")


def measured_anew(cases: int, closed: int) -> list[dict[str, Any]]:
    """Build and measure the company in a folder that is removed afterwards."""
    needed, free = 8_000 * (cases + closed), shutil.disk_usage(BUILD).free
    if free < needed:
        raise SystemExit(f"Expected {needed >> 30} GB of free disk but found {free >> 30}.")
    from shuli.server.data_folder import make_secret

    with tempfile.TemporaryDirectory(dir=BUILD) as name:
        folder = Path(name)
        os.environ["SHULI_DATA"] = name
        os.environ["DJANGO_SETTINGS_MODULE"] = "shuli.server.settings"
        make_secret(folder)
        company, stages = Company(folder), {}
        company.grow(cases // 10, closed // 10)
        stages["tenth"] = company.measured(everything)
        company.grow(0, closed - closed // 10)
        stages["closed"] = company.measured(commands)
        company.grow(cases - cases // 10, 0)
        stages["full"] = company.measured(everything)
        stages["rounds"] = aged(folder)
    return rows(cases, closed, stages)
