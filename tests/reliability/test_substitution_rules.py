"""B4: substitution and delegation, played at random against a second reading of the rules.

However rules are made, ended and revoked and work is handed on: nobody approves their own request, and whoever acts
for somebody else has a rule for it at that moment.
"""

import random
from datetime import timedelta

import pytest

from apps.cases.conftest import MONDAY
from shuli.apps.cases import execution, store
from shuli.apps.cases.models import Case
from shuli.apps.catalogue import operations as catalogue
from shuli.apps.directory import operations as directory
from shuli.core.engine import Accepted
from shuli.core.engine import commands as c
from shuli.core.engine.events import SeatDecided
from shuli.kit import clock, jobs
from shuli.kit.errors import Refusal

PEOPLE = ("limin", "hejia", "wutao", "chenjing", "zhouyu", "zhaolei")
MODEL = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:shuli="urn:shuli:bpmn:1"
    id="d" targetNamespace="test"><bpmn:process id="p" name="请示" isExecutable="true">
  <bpmn:extensionElements><shuli:process key="P-ASK" owner="owner-complaint"/></bpmn:extensionElements>
  <bpmn:startEvent id="start"/><bpmn:userTask id="approve" name="审批"><bpmn:extensionElements>
    <shuli:duty decision="true" transferNeedsReason="false"><shuli:lead>"service"</shuli:lead>
    <shuli:performer kind="chosen">approver</shuli:performer></shuli:duty></bpmn:extensionElements></bpmn:userTask>
  <bpmn:endEvent id="end"/><bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="approve"/>
  <bpmn:sequenceFlow id="f2" sourceRef="approve" targetRef="end"/></bpmn:process></bpmn:definitions>"""


class Play:
    """One run: what the program was told, and what it may therefore allow."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.rules = []  # [person, substitute, since, until, row]
        self.seen = {"decided": 0, "as_substitute": 0, "refused": 0}

    def step(self):
        moves = (self.begin, self.arrange, self.revoke, self.wait, self.act)
        self.chance.choices(moves, weights=(4, 3, 1, 2, 10))[0]()

    def begin(self):
        starter, approver = self.chance.sample(PEOPLE, 2)
        execution.start("P-ASK", c.Start(actor=starter, start="start", variables={"approver": approver}))

    def arrange(self):
        person, substitute = self.chance.sample(PEOPLE, 2)
        since = clock.now() + timedelta(hours=self.chance.randint(0, 2))
        until = since + timedelta(hours=self.chance.randint(1, 48))
        sweep = self.chance.random() < 0.5
        row = directory.arrange_substitute(person, person, substitute, since, until, sweep=sweep)
        if not isinstance(row, Refusal):
            self.rules.append([person, substitute, since, until, row])
        if self.chance.random() < 0.7:
            jobs.run_jobs()

    def revoke(self):
        if self.rules:
            rule = self.rules.pop(self.chance.randrange(len(self.rules)))
            directory.revoke_substitute(rule[0], rule[4].pk)

    def wait(self):
        clock.advance(hours=self.chance.randint(1, 3))

    def act(self):
        running = list(Case.objects.filter(process_key="P-ASK", status="running").order_by("pk"))
        if not running:
            return
        case = self.chance.choice(running)
        marking = store.decode_marking(case.marking, case.variables)
        seats = [
            seat
            for visit in marking.visits.values()
            for seat in visit.seats.values()
            if seat.decision is None
        ]
        seat, other = self.chance.choice(seats), self.chance.choice(PEOPLE)
        actor = self.chance.choice((seat.holder, seat.substitute or other, self.chance.choice(PEOPLE)))
        command = self.chance.choice(
            (
                c.Complete(actor=actor, seat=seat.id, signed=True),
                c.Complete(actor=actor, seat=seat.id, signed=True),
                c.Claim(actor=actor, seat=seat.id),
                c.Release(actor=actor, seat=seat.id),
                c.Delegate(actor=actor, seat=seat.id, to=other),
                c.Transfer(actor=seat.holder, seat=seat.id, to=other),
            )
        )
        self.judge(case, seat, command, execution.execute(case.pk, command))

    def judge(self, case, seat, command, answer):
        if not isinstance(answer, Accepted):
            self.seen["refused"] += 1
            return
        if command.actor != seat.holder:
            assert self.may_stand_in(command.actor, seat.holder), (command, seat, clock.now())
            self.seen["as_substitute"] += 1
        for event in answer.events:
            if isinstance(event, SeatDecided) and seat.role == "lead":
                self.seen["decided"] += 1
                assert event.person != case.starter, (command, seat)

    def may_stand_in(self, substitute, principal):
        now = clock.now()
        return any(
            (one, other) == (principal, substitute) and since <= now < until
            for one, other, since, until, _ in self.rules
        )


def play(seed, steps):
    with clock.frozen(MONDAY):
        directory.load_example_company()
        facts = {"key": "P-ASK", "name": {"zh": "请示", "en": "Ask"}}
        installed = catalogue.publish(catalogue.Package(facts=facts, bpmn=MODEL, forms={}))
        assert not installed.is_refused, installed
        game = Play(seed)
        for _ in range(steps):
            game.step()
    return game.seen


def test_nobody_approves_their_own_request_by_any_way_round(db):
    seen = play(seed=20261121, steps=300)

    assert min(seen.values()) >= 5, seen


@pytest.mark.nightly
def test_fifty_thousand_steps_find_no_way_round(db):
    seen = play(seed=random.randrange(10**9), steps=50_000)

    assert min(seen.values()) > 1000, seen
