"""A company with two cases and everybody who may or may not see them; made once for the matrix of rights.

The held case waits at its first step: it went from its starter to the former holder, to somebody whose account was
then disabled, and to the holder. The pooled case waits for somebody of technology and for the head of finance.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from apps.cases.conftest import publish_purchase

SECRET = "ZQX"  # stands in everything that people wrote into the cases
HELD, POOLED = "ZQXHELD", "ZQXPOOL"
OUTSIDERS = ("stranger", "candidate", "administrator")  # of the held case
INSIDERS = ("starter", "former", "holder", "head", "executive", "owner", "supervisor")
MEMBERS = OUTSIDERS + INSIDERS
SIGNED_OUT = ("anonymous", "disabled")
PROGRAMS = ("reading_token", "disabled_token", "scoped_token")
ACTORS = SIGNED_OUT + PROGRAMS + MEMBERS
# Of monitoring: nothing was raised, asked or reported; the rule is the first that ships.
REPORTS = {
    r"rules/<int:alert_rule>": "rules/1",
    r"<int:alert>": "999993",
    r"<int:goal>": "999989",
    r"<int:remedy>": "999988",
    r"<int:entry>": "999987",
    r"<int:source>": "999986",
    r"<int:plan>": "999985",
    r"<int:batch>": "999984",
    r"channels/<slug:channel>": "channels/nothing",
    r"exceptions/<int:report>": "exceptions/999992",
    r"survey/<str:token>": "survey/999991:forged",
    r"ratings/<int:survey>": "ratings/999991",
    r"surveys/<slug:key>": "surveys/P-PURCHASE",
    r"views/<int:view>": "views/999988",
    r"indicators/<int:own>": "indicators/999989",
    r"reports/<int:made>": "reports/999990",
    r"reports/999990/<slug:form>/$": "reports/999990/pdf/",
}
NOWHERE = {
    "task": 999_999,
    "number": "CG20269999",
    "file": 999_998,
    "record": 999_997,
    "substitution": 999_996,
    "run": 999_995,
    "violation": 999_993,
    "order": 999_992,
    "decision": 999_991,
}


@dataclass(kw_only=True)
class World:
    """Who is there, by part, and the numbers by which things are addressed."""

    people: dict[str, str] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)
    kept: tuple[Any, ...] = ()

    def address(self, route: str, variant: str = "held") -> str:
        """Return a concrete address of a route: of a thing of the held case, of another one, or of nothing."""
        known = self.things[variant]
        parts = {
            r"/tasks/<(int:pk|task_id)>": f"/tasks/{known['task']}",
            r"/cases/<(str:)?number>": f"/cases/{known['number']}",
            r"/(jumps?)/<(str:)?number>": rf"/\1/{known['number']}",
            r"/bulk/<(int:pk|run_id)>": f"/bulk/{known['run']}",
            r"<int:record>": str(known["record"]),
            r"<int:violation>": str(known["violation"]),
            r"<int:order>": str(known["order"]),
            r"<int:decision>": str(known["decision"]),
            r"/attachments/<int:pk>": f"/attachments/{known['file']}",
            r"/substitutes/<int:pk>": f"/substitutes/{known['substitution']}",
            r"/jobs/<job>": "/jobs/999995",
            r"/hooks/<slug:name>": "/hooks/nothing",
            r"<direction:direction>": "in",
            r"in/of/<slug:name>": "in/of/erp",
            r"out/of/<slug:name>": "out/of/bi",
            r"<int:dispatch>": "999994",
            r"programs/<int:pk>": f"programs/{self.things.get('token', 0)}",
            r"/versions/<str:number>": "/versions/1.0",
            r"/changes/<int:pk>": f"/changes/{self.things.get('change', 0)}",
            r"/drafts/<int:pk>/submit": f"/drafts/{self.things.get('draft', 0)}/submit",
            r"/rules/<(int:pk|rule_id)>": f"/rules/{self.things.get('rule', 0)}",
            r"<int:posting>": str(self.things["posting"]),
            r"<(int:)?incident>": "1",
            **REPORTS,
            r"<(int:)?token>": "999",
            r"<int:year>-<int:month>": "2026-10",
            r"<slug:form>": "request",
            r"/handbook/<book:kind>/<slug:code>": "/handbook/department/legal",
            r"/cases/(.*)/papers/<slug:document>": r"/cases/\1/papers/opinion",
            r"^/papers/<slug:key>": "/papers/work_plan",
            r"<str:node>": "start",
            r"/drafts/<(int:pk|draft_id)>": f"/drafts/{self.things['draft']}",
            r"/decisions/<slug:key>": "/decisions/purchase-level",
            r"<int:number>": "1",
            r"<slug:page>": "feel",
            r"(processes|start|register)/<(slug:)?key>": r"\1/P-PURCHASE",
            r"departments/<slug:code>": "departments/legal",
            r"posts/<slug:code>": "posts/counsel",
            r"calendars/<slug:code>": "calendars/company",
            r"groups/<slug:code>": "groups/helpers",
            r"sites/<slug:code>": "sites/plant",
            r"<str:username>": self.people["bystander"],
            r"\^confirm-email/.*": "confirm-email/nothing/",
            r"\^password/reset/key/.*": "password/reset/key/0-nothing/",
        }
        for pattern, value in parts.items():
            route = re.sub(pattern, value, route)
        return route


def build() -> World:
    """Make the company, the cases and a client for every actor."""
    publish_purchase()
    world = World()
    world.people = _people()
    _decision(world.people["owner"])
    world.things = {"held": _held_case(world.people), "pooled": _pooled_case(world.people)}
    world.things |= {"nowhere": NOWHERE, "posting": _further_place(world.people["bystander"])}
    world.things["draft"] = _draft(world.people["owner"])
    world.things["change"] = _change(world.people["owner"])
    world.things["rule"] = _rule(world.people["owner"])
    world.clients = _clients(world.people)
    world.things["token"] = _connections(world.people)
    world.kept = fingerprint()
    return world


def _people() -> dict[str, str]:
    from shuli.apps.directory import operations, queries
    from shuli.apps.directory.models import Person, Posting

    def of(department: str, *others: str) -> list[str]:
        taken = {queries.head(department), queries.executive(department), *others}
        return [name for name in queries.members(f"department:{department}") if name not in taken]

    owner, counsel = of("strategy")[0], of("legal")
    Posting.objects.filter(
        post__code="owner-complaint"
    ).delete()  # the head of service is not to be owner too
    operations.add_place(operations.PROGRAM, owner, "strategy", "owner-complaint")
    operations.save_group(operations.PROGRAM, "helpers", name="支援组", name_en="", is_new=True)
    operations.join_group(operations.PROGRAM, "helpers", "departments", "legal")
    operations.save_site(operations.PROGRAM, "plant", name="工厂", name_en="", calendar="", is_new=True)
    Person.objects.filter(username=counsel[0]).update(is_administrator=True)
    starter = queries.search_people("李敏")[0].username
    former, disabled, holder, colleague = of("service", starter)[:4]
    return {
        "starter": starter,
        "former": former,
        "disabled": disabled,
        "holder": holder,
        "stranger": queries.search_people("赵磊")[0].username,
        "candidate": queries.search_people("吴涛")[0].username,
        "head": queries.head("service"),
        "executive": queries.executive("service"),
        "owner": owner,
        "supervisor": queries.members("post:supervisor")[0],
        "administrator": counsel[0],
        "bystander": of("finance")[0],
        "colleague": colleague,
    }


def _decision(owner: str) -> None:
    """Publish a decision of the process, and leave another draft of it."""
    from shuli.apps.catalogue.decisions import operations
    from shuli.apps.catalogue.decisions.grid import empty_grid, new_model

    def dmn(result: str) -> str:
        grid = empty_grid()
        grid.inputs[0].expression, grid.rows[0].tests, grid.rows[1].tests = "amount", ["> 10"], ["<= 10"]
        for row in grid.rows:
            row.outputs = [result]
        return operations.text_of(new_model("purchase-level", "审批级别", grid))

    facts = {"key": "purchase-level", "name": "审批级别"}
    operations.create("P-PURCHASE", facts, owner, dmn('"head"'))
    operations.publish("purchase-level", owner, "开始使用", 1)
    operations.save_draft("purchase-level", owner, dmn('"executive"'), 2)


def _draft(owner: str) -> int:
    from shuli.apps.catalogue.studio import operations

    draft = operations.open_draft("P-PURCHASE", owner)
    assert not isinstance(draft, Exception), draft
    return int(draft.pk)


def _change(owner: str) -> int:
    """Hand a change of the process in, as if P-DOC had taken it."""
    from shuli.apps.catalogue.models import Change, ProcessVersion
    from shuli.apps.catalogue.studio import operations
    from shuli.kit import clock

    base = ProcessVersion.objects.get(process__key="P-PURCHASE")
    draft = operations.open_draft("P-PURCHASE", owner, title="交上去的")
    kept = {name: getattr(base, name) for name in ("process", "bpmn", "forms", "documents", "digest")}
    made = Change.objects.create(
        **kept, base=base, draft=draft, summary="少一步", person=owner, at=clock.now()
    )
    return int(made.pk)


def _rule(owner: str) -> int:
    """Enter an operating rule of the process."""
    from shuli.apps.catalogue import queries
    from shuli.apps.catalogue.register import rules

    facts = {"number": "XZ-01", "name": "仓库盘点", "process": queries.process("P-PURCHASE")}
    return rules.make_rule(owner, facts).pk


def _start(starter: str, marker: str) -> Any:
    from shuli.apps.cases import operations
    from shuli.apps.cases.models import Case

    outcome = operations.start_case(
        "P-PURCHASE", starter, {"what": f"设备 {marker}", "amount": "12000", "phone": f"138 {marker}"}
    )
    assert isinstance(outcome, operations.Done), outcome
    return Case.objects.get(pk=outcome.case_id)


def _held_case(people: dict[str, str]) -> dict[str, Any]:
    from shuli.apps.cases import operations
    from shuli.apps.cases.models import FormRecord, Task
    from shuli.apps.directory import operations as directory
    from shuli.kit import clock

    case = _start(people["starter"], HELD)
    task = Task.objects.get(case=case, node="detail")
    line = [people[name] for name in ("starter", "former", "disabled", "holder")]
    for giver, taker in pairwise(line):
        assert isinstance(operations.transfer(task.pk, giver, taker, f"休假 {HELD}"), operations.Done)
    operations.comment(case.pk, people["starter"], f"请看 {HELD}", [people["holder"]])
    operations.save_draft(task.pk, people["holder"], {"note": HELD})
    later = clock.now() + timedelta(days=3)
    arranged = directory.arrange_substitute(
        people["holder"], people["holder"], people["former"], clock.now(), later
    )
    return {
        "task": task.pk,
        "number": case.number,
        "record": FormRecord.objects.get(case=case).pk,
        "file": _attached(case.pk, people["starter"], HELD),
        "substitution": arranged.pk,
        "run": _bulk_run(case.pk, people["owner"]),
        **_governance(case, people),
    }


def _governance(case: Any, people: dict[str, str]) -> dict[str, int]:
    """Record a violation of the holder's, and an order to put it right."""
    from shuli.apps.monitoring.models import Accountability, Rectification, Violation
    from shuli.kit import clock

    order = Rectification.objects.create(
        number="ZG1", case=case, visit=1, department="service", demand=HELD, ordered_by=people["supervisor"],
        ordered_at=clock.now(),
    )  # fmt: skip
    row = Violation.objects.create(
        case=case, process_key=case.process_key, version_id=case.version_id, department="service", kind="documents",
        person=people["holder"], text=f"缺附件 {HELD}", at=clock.now(), recorded_by=people["supervisor"],
        rectification=order,
    )  # fmt: skip
    decision = Accountability.objects.create(
        violation=row, person=people["holder"], department="service", finding="没有附件", measure="talk",
        decided_by=people["head"], decided_at=clock.now(),
    )  # fmt: skip
    return {"violation": row.pk, "order": order.pk, "decision": decision.pk}


def _pooled_case(people: dict[str, str]) -> dict[str, Any]:
    from shuli.apps.cases import operations
    from shuli.apps.cases.models import FormRecord, Task
    from shuli.apps.documents import operations as documents

    case = _start(people["starter"], POOLED)
    detail = Task.objects.get(case=case, node="detail")
    operations.complete(detail.pk, people["starter"], {}, operations.Verdict(opinion=f"照办 {POOLED}"))
    loose = documents.store_loose(SimpleUploadedFile(f"{SECRET}草稿.txt", b"loose"), people["starter"])
    return {
        "task": Task.objects.get(case=case, node="tech").pk,
        "number": case.number,
        "record": FormRecord.objects.filter(case=case).first().pk,
        "file": loose.pk,
        "substitution": 0,
        **{name: NOWHERE[name] for name in ("run", "violation", "order", "decision")},
    }


def _bulk_run(case_id: int, owner: str) -> int:
    from shuli.apps.cases import operations

    begun = operations.bulk.begin(owner, "suspend", [case_id], {"reason": "等"})
    assert isinstance(begun, operations.Begun), begun
    return begun.run_id


def _attached(case_id: int, person: str, marker: str) -> int:
    from shuli.apps.cases import operations
    from shuli.apps.documents import queries

    operations.attach(
        case_id, person, "", SimpleUploadedFile(f"报价 {marker}.txt", f"单价 {marker}".encode())
    )
    return queries.attachments("case", case_id)[0].pk


def _further_place(username: str) -> int:
    from shuli.apps.directory import operations

    return operations.add_place(operations.PROGRAM, username, "strategy").pk


def _clients(people: dict[str, str]) -> dict[str, Client]:
    from shuli.apps.directory import operations
    from shuli.apps.directory.models import Person
    from shuli.kit import tokens

    clients = {"anonymous": Client()}
    for actor in ("disabled", *MEMBERS):
        clients[actor] = Client()
        clients[actor].force_login(Person.objects.get(username=people[actor]))
    operations.disable_person(operations.PROGRAM, people["disabled"])
    # Issued after the account was closed: a leftover key must not open it either.
    for actor, person, is_reading in (
        ("reading_token", "holder", True),
        ("disabled_token", "disabled", False),
    ):
        token = tokens.issue(people[person], "program", read_only=is_reading)
        clients[actor] = Client(headers={"authorization": f"Bearer {token}"})
    scoped = tokens.issue(people["holder"], "worker", scopes=("jobs", "messages"))
    clients["scoped_token"] = Client(headers={"authorization": f"Bearer {scoped}"})
    return clients


def _connections(people: dict[str, str]) -> int:
    """Arrange a webhook each way; return the number of the program's token."""
    from shuli.apps.cases.outside import hooks
    from shuli.kit import tokens

    facts = hooks.FactsIn(name="erp", message="order.packed", person=people["holder"])
    assert isinstance(hooks.new_in(people["administrator"], facts), hooks.Made)
    out = hooks.FactsOut(name="bi", url="https://93.184.216.34/", events=["case.ended"])
    assert isinstance(hooks.new_out(people["administrator"], out), hooks.Made)
    return tokens.with_scopes()[0].pk


def fingerprint() -> tuple[Any, ...]:
    """Return one hash a table of what a refused request must not change, by one query."""
    from django.apps import apps
    from django.db import connection

    kept = ("cases", "catalogue", "documents", "directory", "monitoring")
    tables = [model._meta.db_table for label in kept for model in apps.get_app_config(label).get_models()]
    hashed = (f"(SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM {table} t)" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(hashed)}")
        return tuple(zip(tables, cursor.fetchone(), strict=True))


@contextmanager
def undone() -> Iterator[None]:
    """Take back what a request did, so that each request meets the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back: status, where to, and everything that a person could read."""

    status: int
    to: str
    text: str
    kept: tuple[Any, ...]  # what stood in the tables after it


def ask(client: Client, method: str, address: str, body: dict[str, Any]) -> Answer:
    """Send one request and leave world and client as they were."""
    cookies = deepcopy(client.cookies)
    headers = {"idempotency-key": "k"}
    if address.endswith("/draft/"):
        headers["accept"] = "application/json"  # as the page's script asks: a status instead of a way back
    options: dict[str, Any] = {"data": body}
    if address.startswith("/api/") and "file" not in body:
        options = {"data": json.dumps(body), "content_type": "application/json"} if body else {}
    with undone():
        response = getattr(client, method.lower())(address, headers=headers, **options)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        kept = fingerprint() if method != "GET" else ()
    client.cookies = cookies
    lines = [f"{key}: {value}" for key, value in response.items()]
    text = "\n".join([content.decode(errors="replace"), *lines])
    return Answer(status=response.status_code, to=response.headers.get("Location", ""), text=text, kept=kept)
