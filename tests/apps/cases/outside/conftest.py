"""Small processes that speak with the outside, and what tests say of them."""

from itertools import pairwise

import pytest
from django.db import connection

from shuli.kit import jobs

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:shuli="urn:shuli:bpmn:1"
    xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="test">
  {around}
  <bpmn:process id="{id}" name="{id}" isExecutable="true">
    <bpmn:extensionElements>
      <shuli:process key="{key}" owner="owner-complaint" supervisor="supervisor" category="support"
                     numberPattern="{id}-{{seq}}"><shuli:goal lang="zh">测试</shuli:goal></shuli:process>
    </bpmn:extensionElements>
    {body}
  </bpmn:process>
</bpmn:definitions>
"""
NAMES = """
  <bpmn:message id="placed" name="order.placed"/>
  <bpmn:message id="packed" name="order.packed"/>
  <bpmn:signal id="closing" name="shop.closes"/>
  <bpmn:error id="sold_out" name="sold out" errorCode="sold_out"/>
"""


def ext(inner):
    return f"<bpmn:extensionElements>{inner}</bpmn:extensionElements>" if inner else ""


def event(kind, node, definition, extension=""):
    return f'<bpmn:{kind} id="{node}" name="{node}">{ext(extension)}{definition}</bpmn:{kind}>'


def caught(name):
    return f'<bpmn:messageEventDefinition messageRef="{name}"/>'


def heard(name):
    return f'<bpmn:signalEventDefinition signalRef="{name}"/>'


BY_ORDER = "<shuli:correlation>order</shuli:correlation>"


def work(node, rule, kind="serviceTask"):
    return f'<bpmn:{kind} id="{node}" name="{node}">{ext(rule)}</bpmn:{kind}>'


def person_does(node):
    return (
        f'<bpmn:userTask id="{node}" name="{node}">'
        + ext(
            '<shuli:duty keyControlPoint="true"><shuli:lead>"service"</shuli:lead>'
            '<shuli:limit kind="working_days" amount="1"/></shuli:duty>'
        )
        + "</bpmn:userTask>"
    )


def publish(key, *nodes, more=""):
    """Put a process into force whose nodes follow one another."""
    from shuli.apps.catalogue import operations as catalogue

    ids = [node.split('id="')[1].split('"')[0] for node in nodes]
    flows = "".join(
        f'<bpmn:sequenceFlow id="f{n}" sourceRef="{a}" targetRef="{b}"/>'
        for n, (a, b) in enumerate(pairwise(ids))
    )
    body = "".join(nodes) + flows + more
    bpmn = HEAD.format(id=key.lower(), key=key, body=body, around=NAMES)
    facts = {"key": key, "name": {"zh": key, "en": key}, "action": {"zh": key, "en": key}}
    installed = catalogue.publish(catalogue.Package(facts=facts, bpmn=bpmn, forms={}, documents={}))
    assert not installed.is_refused, installed


START, END = event("startEvent", "start", ""), event("endEvent", "end", "")


@pytest.fixture
def company(db, at_monday):
    from shuli.apps.directory.example_company import load_example_company

    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs"
        )  # a test with real transactions leaves its own behind
    load_example_company()


@pytest.fixture
def waiting_process(company):
    """A process that waits for its order to be packed, then for a person."""
    catch = event("intermediateCatchEvent", "wait", caught("packed"), BY_ORDER)
    publish("P-WAIT", START, catch, person_does("file"), END)


@pytest.fixture
def packing_process(company):
    """A process that packs an order: a worker does it, and whoever waits for it is told."""
    tell = event(
        "intermediateThrowEvent",
        "tell",
        caught("packed"),
        BY_ORDER + '<shuli:message><shuli:send name="weight">weight</shuli:send></shuli:message>',
    )
    pack = work("pack", '<shuli:service kind="worker" name="packing" retries="2"/>')
    publish("P-PACK", event("startEvent", "start", caught("placed")), pack, tell, END)


def li_min():
    """Return the username of somebody who works in service."""
    from shuli.apps.directory import queries as directory

    return directory.search_people("李敏")[0].username


def begin(key, **variables):
    """Start a case without a form, and return it."""
    from shuli.apps.cases import execution
    from shuli.apps.cases.models import Case
    from shuli.apps.catalogue import queries as catalogue
    from shuli.core.engine import Accepted
    from shuli.core.engine import commands as c

    version = catalogue.version_in_force(key)
    node = catalogue.start_node(version.pk).id
    case_id, answer = execution.start(key, c.Start(actor=li_min(), variables=variables, start=node))
    assert isinstance(answer, Accepted), answer
    return Case.objects.get(pk=case_id)


def where(case):
    """Return the nodes at which the case's tokens stand."""
    case.refresh_from_db()
    return sorted(token["node"] for token in case.marking["tokens"].values())


def healthy():
    """Return what `shuli verify-state` finds wrong."""
    from shuli.apps.cases.verification import verify_state

    return list(verify_state())


def run_all():
    return jobs.run_jobs()
