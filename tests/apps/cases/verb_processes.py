"""Small processes in which the verbs of people are tried: over HTTP, and in a browser."""

from reliability.processes import chain, model, starter, task

CHOSEN = {
    "key": "asked",
    "title": {"zh": "申请", "en": "Request"},
    "sections": [
        {
            "fields": [
                {"type": "text", "key": "what", "label": {"zh": "事由", "en": "What"}},
                {"type": "number", "key": "amount", "label": {"zh": "金额", "en": "Amount"}, "min": 0},
            ]
        }
    ],
}


def person(node, username, duty=""):
    """A task of one person; `duty` holds attributes of its duty."""
    made = task(node, "service", f'<shuli:performer kind="person">"{username}"</shuli:performer>')
    return made.replace("<shuli:duty>", f"<shuli:duty {duty}>") if duty else made


def gate(key="P-GATE", pattern="MK{yyyymmdd}{seq}"):
    """A way for large amounts and one for small ones, and none where the amount is not known."""
    flows = [*chain("start", "prepare", "gate"), ("large", "end"), ("small", "end")]
    ways = "".join(
        f'<bpmn:sequenceFlow id="{name}_way" sourceRef="gate" targetRef="{name}"><bpmn:conditionExpression>'
        f"{condition}</bpmn:conditionExpression></bpmn:sequenceFlow>"
        for name, condition in (("large", "amount &gt;= 100"), ("small", "amount &lt; 100"))
    )
    return model(
        key, pattern, starter("prepare"), '<bpmn:exclusiveGateway id="gate"/>', ways, starter("large"),
        starter("small"), flows=flows,
    )  # fmt: skip


def line(key="P-LINE", pattern="ZX{yyyymmdd}{seq}", people=("hejia", "sunli"), duty=""):
    """One after the other: the starter, two people, the starter again."""
    first, second = people
    return model(
        key, pattern, starter("prepare"), person("first", first, duty), person("second", second), starter("last"),
        flows=chain("start", "prepare", "first", "second", "last", "end"),
    )  # fmt: skip


def parallel(key="P-SIGN", pattern="HQ{yyyymmdd}{seq}", voters=("hejia", "sunli"), extra=""):
    """Two branches: a countersignature in one, a check in the other; the starter closes it."""
    seats = "".join(
        f'<shuli:seat key="v{n}"><shuli:performer kind="person">"{voter}"</shuli:performer></shuli:seat>'
        for n, voter in enumerate(voters)
    )
    sign = (
        '<bpmn:userTask id="sign" name="会签"><bpmn:extensionElements><shuli:name lang="en">Countersign</shuli:name>'
        f'<shuli:duty onReject="previous" {extra}><shuli:lead>"service"</shuli:lead>{seats}<shuli:vote kind="all"/>'
        '<shuli:limit kind="working_days" amount="2"/></shuli:duty></bpmn:extensionElements></bpmn:userTask>'
    )
    gateways = '<bpmn:parallelGateway id="fork"/><bpmn:parallelGateway id="join"/>'
    flows = [
        *chain("start", "prepare", "fork", "sign", "join", "last", "end"),
        *chain("fork", "check", "join"),
    ]
    return model(
        key, pattern, starter("prepare"), gateways, sign, starter("check"), starter("last"), flows=flows
    )


def publish(key, bpmn, names=None):
    """Publish a model in the example company, which must be loaded."""
    from shuli.apps.catalogue import operations as catalogue

    facts = {
        "key": key,
        "name": names or {"zh": "测试", "en": "Test"},
        "action": {"zh": "开始", "en": "Start"},
    }
    installed = catalogue.publish(catalogue.Package(facts=facts, bpmn=bpmn, forms={"asked": CHOSEN}))
    assert not installed.is_refused, installed


def choosing(key="P-CHOOSE", pattern="XZ{yyyymmdd}{seq}"):
    """Whoever starts chooses who reviews; the reviewer chooses who votes, where the amount is large."""
    ways = "".join(
        f'<bpmn:sequenceFlow id="{name}_way" sourceRef="gate" targetRef="{name}"><bpmn:conditionExpression>'
        f"{condition}</bpmn:conditionExpression></bpmn:sequenceFlow>"
        for name, condition in (("vote", "amount &gt;= 100"), ("last", "amount &lt; 100"))
    )
    review = _chosen("review", "审查", "Review", "start", "reviewer", 'candidates="department:tech"')
    vote = _chosen("vote", "表决", "Vote", "review", "voters").replace(
        "</shuli:duty>", '<shuli:vote kind="all"/></shuli:duty>'
    )
    flows = [*chain("start", "review", "gate"), *chain("vote", "last", "end")]
    return model(
        key, pattern, review, '<bpmn:exclusiveGateway id="gate"/>', ways, vote, starter("last"), flows=flows
    )


def _chosen(node, zh, en, chooser, answer, more=""):
    performer = f'<shuli:performer kind="chosen" chooser="{chooser}" {more}>{answer}</shuli:performer>'
    made = task(node, "tech", performer)
    return made.replace(f'name="办理{node}"', f'name="{zh}"').replace(f"Step {node}", en)
