"""Small processes that the reliability tests run in the example company."""

from itertools import pairwise

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:shuli="urn:shuli:bpmn:1"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="test">'
)
FORM = {
    "key": "asked",
    "title": {"zh": "申请", "en": "Request"},
    "sections": [{"fields": [{"type": "text", "key": "what", "label": {"zh": "事由", "en": "What"}}]}],
}
MOST_BRANCHES = 8


def task(node, lead, performer=""):
    duty = f'<shuli:duty><shuli:lead>"{lead}"</shuli:lead>{performer}<shuli:limit kind="working_days" amount="2"/></shuli:duty>'
    name = f'<shuli:name lang="en">Step {node}</shuli:name>'
    return (
        f'<bpmn:userTask id="{node}" name="办理{node}"><bpmn:extensionElements>{name}{duty}'
        "</bpmn:extensionElements></bpmn:userTask>"
    )


def starter(node):
    return task(node, "service", '<shuli:performer kind="starter"/>')


def model(key, pattern, *elements, flows):
    lines = [
        f'<bpmn:sequenceFlow id="f{number}" sourceRef="{source}" targetRef="{target}"/>'
        for number, (source, target) in enumerate(flows)
    ]
    facts = (
        f'<bpmn:extensionElements><shuli:name lang="en">{key}</shuli:name><shuli:process key="{key}"'
        f' owner="owner-complaint" supervisor="supervisor" category="support" numberPattern="{pattern}">'
        "<shuli:title>what</shuli:title></shuli:process></bpmn:extensionElements>"
    )
    start = (
        '<bpmn:startEvent id="start"><bpmn:extensionElements><shuli:duty form="asked"/>'
        "</bpmn:extensionElements></bpmn:startEvent>"
    )
    body = "".join([facts, start, *elements, '<bpmn:endEvent id="end"/>', *lines])
    return f'{HEAD}<bpmn:process id="{key}" name="测试" isExecutable="true">{body}</bpmn:process></bpmn:definitions>'


def chain(*nodes):
    return list(pairwise(nodes))


def race():
    """The starter prepares, somebody of the service department works, the starter confirms."""
    return model(
        "P-RACE", "TS{yyyymmdd}{seq}", starter("prepare"), task("work", "service"), starter("confirm"),
        flows=chain("start", "prepare", "work", "confirm", "end"),
    )  # fmt: skip


def timed():
    """As the race, but the work is taken away as soon as its time, none, is over."""
    timer = (
        '<bpmn:boundaryEvent id="late" attachedToRef="work"><bpmn:timerEventDefinition>'
        '<bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT0S</bpmn:timeDuration>'
        "</bpmn:timerEventDefinition></bpmn:boundaryEvent>"
    )
    flows = [*chain("start", "prepare", "work", "confirm", "end"), ("late", "rescue"), ("rescue", "end")]
    return model(
        "P-TIMED", "NB{yyyymmdd}{seq}", starter("prepare"), task("work", "service"), timer, starter("confirm"),
        starter("rescue"), flows=flows,
    )  # fmt: skip


def reminding():
    """One step of the starter, who is reminded when it is due: two timers a case, both due at one moment."""
    reminder = '<shuli:reminder when="at"/></shuli:duty>'
    asked = starter("prepare").replace("</shuli:duty>", reminder)
    return model("P-MONDAY", "MB{yyyymmdd}{seq}", asked, flows=chain("start", "prepare", "end"))


def joined(branches):
    """Branches side by side, each a step of the starter, and one step behind their join."""
    names = [f"branch{number}" for number in range(1, branches + 1)]
    flows = [("start", "fork"), ("join", "after"), ("after", "end")]
    flows += [("fork", name) for name in names] + [(name, "join") for name in names]
    gateways = '<bpmn:parallelGateway id="fork"/><bpmn:parallelGateway id="join"/>'
    return model(
        f"P-JOIN-{branches}", f"HB{branches}-{{yyyymmdd}}{{seq}}", gateways, *(starter(name) for name in names),
        starter("after"), flows=flows,
    )  # fmt: skip


def twin():
    """Another process that numbers its cases as the race does."""
    return model("P-TWIN", "TS{yyyymmdd}{seq}", starter("prepare"), flows=chain("start", "prepare", "end"))


def calling():
    """A case that waits for a called one, beside a step that can be sent back to before both."""
    gateways = '<bpmn:parallelGateway id="fork"/><bpmn:parallelGateway id="join"/>'
    call = '<bpmn:callActivity id="call" name="调用测试" calledElement="P-RACE"/>'
    flows = chain("start", "first", "fork", "call", "join", "end")
    flows += chain("fork", "beside", "join")
    return model(
        "P-CALL", "DY{yyyymmdd}{seq}", gateways, call, starter("first"), starter("beside"), flows=flows
    )


def calling_at_once(key, pattern, called):
    """A case that begins with a called one."""
    call = f'<bpmn:callActivity id="call" name="调用测试" calledElement="{called}"/>'
    return model(key, pattern, call, flows=chain("start", "call", "end"))


def publish_all():
    """Load the example company and publish these processes in it."""
    from shuli.apps.catalogue import operations as catalogue
    from shuli.apps.directory.example_company import load_example_company

    load_example_company()
    models = {
        "P-RACE": race(),
        "P-TIMED": timed(),
        "P-TWIN": twin(),
        "P-CALL": calling(),
        "P-MONDAY": reminding(),
    }
    models["P-CALL-AT-ONCE"] = calling_at_once("P-CALL-AT-ONCE", "DZ{yyyymmdd}{seq}", "P-RACE")
    models["P-CALL-NOBODY"] = calling_at_once("P-CALL-NOBODY", "DN{yyyymmdd}{seq}", "P-NOBODY")
    models |= {f"P-JOIN-{branches}": joined(branches) for branches in range(2, MOST_BRANCHES + 1)}
    for key, bpmn in models.items():
        facts = {
            "key": key,
            "name": {"zh": "测试", "en": "Test"},
            "action": {"zh": "开始测试", "en": "Start"},
        }
        installed = catalogue.publish(catalogue.Package(facts=facts, bpmn=bpmn, forms={"asked": FORM}))
        assert not installed.is_refused, installed
