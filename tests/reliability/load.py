"""Twenty programs that work over REST whatever happens to the server, and what must hold of it afterwards.

Each program keeps a history as Jepsen does: a command was done (`ok`), refused (`fail`), or nobody knows (`unknown`,
because the line went dead or the server asked for patience). An unknown one is sent again under its key, or given up.
SHULI_SEED plays the same moments again, as far as the machine allows.
"""

import http.client
import json
import os
import random
import threading
import time
import uuid
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg

CLIENTS = 20
SEED = int(os.environ.get("SHULI_SEED", time.time_ns() % 1_000_000))


@dataclass(kw_only=True)
class Command:
    """One command of a program's history."""

    key: str
    person: str
    path: str
    body: dict
    outcome: str = "unknown"
    statuses: list[int] = field(default_factory=list)  # 0: no answer
    answer: dict = field(default_factory=dict)


class Program(threading.Thread):
    """Starts cases and brings them to their end, one after the other, until it is told to stop."""

    def __init__(self, port, person, token, seed):
        super().__init__(daemon=True)
        self._port, self._person, self._token = port, person, token
        self._dice = random.Random(seed)
        self._stop_asked = threading.Event()
        self.history = []
        self.impatient = 0  # answers "come again" that do not say when

    def stop(self):
        self._stop_asked.set()

    def run(self):
        while not self._stop_asked.is_set():
            self._one_case()

    def _one_case(self):
        what = uuid.uuid4().hex
        started = self._do("/cases", {"process": "P-RACE", "answers": {"what": what}})
        for node in ("prepare", "work", "confirm"):
            if started is None:
                time.sleep(0.2)
                return
            task = next(task["id"] for task in started["tasks"] if task["node"] == node)
            started = self._do(f"/tasks/{task}/complete", {})

    def _do(self, path, body):
        """Send a command until its answer is known, or give it up; return the answer of a done one."""
        command = Command(key=uuid.uuid4().hex, person=self._person, path=path, body=body)
        self.history.append(command)
        self.send(command)
        while command.outcome == "unknown" and not self._stop_asked.is_set() and self._dice.random() < 0.9:
            time.sleep(0.3)
            self.send(command)
        return command.answer if command.outcome == "ok" else None

    def send(self, command):
        status, answer = self._post(command)
        command.statuses.append(status)
        if status == 200:
            command.outcome, command.answer = "ok", answer
        elif 400 <= status < 500:
            command.outcome, command.answer = "fail", answer

    def _post(self, command):
        line = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        headers = {
            "Authorization": f"Bearer {self._token}",
            "Idempotency-Key": command.key,
            "Content-Type": "application/json",
        }
        try:
            line.request("POST", f"/api/v1{command.path}", json.dumps(command.body), headers)
            answer = line.getresponse()
            if answer.status == 503 and not answer.headers["Retry-After"]:
                self.impatient += 1
            return answer.status, json.loads(answer.read())
        except (OSError, http.client.HTTPException, ValueError):
            return 0, {}
        finally:
            line.close()


@contextmanager
def at_work(served, dice, clients=CLIENTS):
    """Let programs work while the block runs."""
    people = served.prepare()
    pairs = [list(people.items())[n % len(people)] for n in range(clients)]
    programs = [Program(served.port, *pair, dice.random()) for pair in pairs]
    for program in programs:
        program.start()
    yield programs
    for program in programs:
        program.stop()
    for program in programs:
        program.join(30)
        assert not program.is_alive()


def all_of(programs, outcome):
    return [one for program in programs for one in program.history if one.outcome == outcome]


def rows(served, question, *values):
    with psycopg.connect(served.database) as connection:
        return connection.execute(question, values).fetchall()


def check_cases(served, programs):
    """Every acknowledged start has its case, and no start has two."""
    found = Counter(what for (what,) in rows(served, "SELECT variables->>'what' FROM cases_case"))
    starts = [one for one in all_of(programs, "ok") if one.path == "/cases"]
    lost = [one.answer["number"] for one in starts if one.body["answers"]["what"] not in found]

    assert lost == []
    assert [what for what, number in found.items() if number > 1] == []


def check_completions(served, programs):
    """Every acknowledged completion is there, in the name of its person, and none happened twice."""
    done = dict(rows(served, "SELECT id, done_by FROM cases_task WHERE state = 'done'"))
    twice = rows(
        served,
        "SELECT case_id, payload::json->>'seat', count(*) FROM cases_event WHERE type = 'SeatDecided'"
        " GROUP BY 1, 2 HAVING count(*) > 1",
    )
    completions = [one for one in all_of(programs, "ok") if one.path != "/cases"]
    lost = [one for one in completions if done.get(int(one.path.split("/")[2])) != one.person]

    assert lost == []
    assert twice == []


def send_again(programs):
    """Send every command once more under its key: what was done answers as before, what was not is done now."""
    for program in programs:
        for command in program.history[-3:]:
            before = command.answer if command.outcome == "ok" else None
            program.send(command)
            assert command.outcome == "ok", command
            assert before in (None, command.answer), "the second sending was answered otherwise"


def told(programs):
    """Return how often which status was answered; 0 is no answer."""
    return Counter(status for one in programs for command in one.history for status in command.statuses)


def check_everything(served, programs):
    """Nothing acknowledged is lost, nothing happened twice, every second sending gets the first answer."""
    assert all_of(programs, "fail") == []
    check_cases(served, programs)
    check_completions(served, programs)
    send_again(programs)
    check_cases(served, programs)
    check_completions(served, programs)
    assert served.run("verify-state") == (0, "All cases agree with their events.\n")
