"""The cast and a small process: a request goes to technology and finance side by side, then to the executive."""

from datetime import UTC, datetime

import pytest

from shuli.kit import clock

MONDAY = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai

REQUEST_FORM = {
    "key": "request",
    "title": {"zh": "采购申请", "en": "Purchase request"},
    "sections": [
        {
            "fields": [
                {
                    "type": "text",
                    "key": "what",
                    "label": {"zh": "买什么", "en": "What"},
                    "required": True,
                    "searchable": True,
                },
                {
                    "type": "number",
                    "key": "amount",
                    "label": {"zh": "金额", "en": "Amount"},
                    "required": True,
                    "min": 0,
                },
                {"type": "text", "key": "phone", "label": {"zh": "电话", "en": "Phone"}, "sensitive": True},
            ]
        }
    ],
}
OPINION_FORM = {
    "key": "opinion",
    "title": {"zh": "技术意见", "en": "Technical opinion"},
    "document": "opinion",
    "sections": [
        {
            "fields": [
                {
                    "type": "long_text",
                    "key": "advice",
                    "label": {"zh": "意见", "en": "Advice"},
                    "required": True,
                }
            ]
        }
    ],
}


def task(node, name, duty, phase="work"):
    return (
        f'<bpmn:userTask id="{node}" name="{name}"><bpmn:extensionElements><shuli:name lang="en">{node}</shuli:name>'
        f'<shuli:inPhase key="{phase}"/>{duty}</bpmn:extensionElements></bpmn:userTask>'
    )


DETAILS = (
    '<shuli:output document="opinion"/><shuli:instruction lang="zh">说明理由。</shuli:instruction>'
    '<shuli:instruction lang="en">State the reasons.</shuli:instruction>'
)

BPMN = f"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:shuli="urn:shuli:bpmn:1"
    id="d" targetNamespace="test">
  <bpmn:process id="purchase" name="采购" isExecutable="true">
    <bpmn:extensionElements>
      <shuli:name lang="en">Purchase</shuli:name>
      <shuli:process key="P-PURCHASE" owner="owner-complaint" supervisor="supervisor" category="support"
                     numberPattern="CG{{yyyy}}{{seq}}">
        <shuli:goal lang="zh">按时买到。</shuli:goal><shuli:goal lang="en">Bought in time.</shuli:goal>
        <shuli:title>what</shuli:title>
        <shuli:phase key="work"><shuli:name lang="zh">办理</shuli:name><shuli:name lang="en">Work</shuli:name></shuli:phase>
        <shuli:phase key="sign"><shuli:name lang="zh">签署</shuli:name><shuli:name lang="en">Sign</shuli:name></shuli:phase>
      </shuli:process>
    </bpmn:extensionElements>
    <bpmn:startEvent id="start"><bpmn:extensionElements><shuli:duty form="request"/></bpmn:extensionElements></bpmn:startEvent>
    {task("detail", "补充", '<shuli:duty keyControlPoint="true"><shuli:lead>"service"</shuli:lead><shuli:performer kind="starter"/><shuli:limit kind="working_days" amount="1"/><shuli:reminder when="before" amount="2" unit="working_hours"/><shuli:reminder when="at"/><shuli:reminder when="after" amount="2" unit="working_hours"/><shuli:escalation><shuli:after when="after" amount="4" unit="working_hours"/><shuli:performer kind="head">"service"</shuli:performer></shuli:escalation><shuli:escalation><shuli:after when="after" amount="1" unit="working_days"/><shuli:performer kind="owner"/></shuli:escalation></shuli:duty>')}
    <bpmn:parallelGateway id="fork"/>
    {task("tech", "技术意见", f'<shuli:duty form="opinion"><shuli:lead>"tech"</shuli:lead><shuli:limit kind="working_days" amount="2"/>{DETAILS}</shuli:duty>')}
    {task("money", "财务核对", '<shuli:duty><shuli:lead>"finance"</shuli:lead><shuli:performer kind="head">"finance"</shuli:performer><shuli:limit kind="working_days" amount="2"/></shuli:duty>')}
    <bpmn:parallelGateway id="join"/>
    {task("sign", "签署", '<shuli:duty decision="true"><shuli:lead>"management"</shuli:lead><shuli:performer kind="executive">"tech"</shuli:performer><shuli:limit kind="working_days" amount="1"/></shuli:duty>', "sign")}
    <bpmn:endEvent id="end"/>
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="detail"/>
    <bpmn:sequenceFlow id="f2" sourceRef="detail" targetRef="fork"/>
    <bpmn:sequenceFlow id="f3" sourceRef="fork" targetRef="tech"/>
    <bpmn:sequenceFlow id="f4" sourceRef="fork" targetRef="money"/>
    <bpmn:sequenceFlow id="f5" sourceRef="tech" targetRef="join"/>
    <bpmn:sequenceFlow id="f6" sourceRef="money" targetRef="join"/>
    <bpmn:sequenceFlow id="f7" sourceRef="join" targetRef="sign"/>
    <bpmn:sequenceFlow id="f8" sourceRef="sign" targetRef="end"/>
  </bpmn:process>
</bpmn:definitions>
"""


def publish_purchase():
    from shuli.apps.catalogue import operations as catalogue
    from shuli.apps.directory.example_company import load_example_company

    load_example_company()
    facts = {
        "key": "P-PURCHASE",
        "name": {"zh": "采购", "en": "Purchase"},
        "action": {"zh": "申请采购", "en": "Ask to buy"},
    }
    forms = {form["key"]: form for form in (REQUEST_FORM, OPINION_FORM)}
    documents = {"opinion": {"zh": "技术意见", "en": "Technical opinion"}}
    package = catalogue.Package(facts=facts, bpmn=BPMN, forms=forms, documents=documents)
    installed = catalogue.publish(package)
    assert not installed.is_refused, installed


@pytest.fixture
def at_monday():
    with clock.frozen(MONDAY):
        yield


@pytest.fixture
def purchase(db, at_monday):
    publish_purchase()


@pytest.fixture
def cast(purchase):
    """Return the usernames of whoever plays a part."""
    from shuli.apps.directory import queries as directory

    def named(name):
        return directory.search_people(name)[0].username

    return {
        "starter": named("李敏"),
        "colleague": named("何佳"),
        "tech": named("吴涛"),
        "finance_head": directory.head("finance"),
        "executive": directory.executive("tech"),
        "service_head": directory.head("service"),
        "owner": directory.members("post:owner-complaint")[0],
        "stranger": named("赵磊"),
    }


@pytest.fixture
def started(cast):
    from shuli.apps.cases import operations
    from shuli.apps.cases.models import Case

    answers = {"what": "抽检设备", "amount": "12000", "phone": "13800002207"}
    outcome = operations.start_case("P-PURCHASE", cast["starter"], answers)
    assert isinstance(outcome, operations.Done), outcome
    return Case.objects.get(pk=outcome.case_id)
