"""The models that Shuli and its peers both run, as BPMN that all of them read."""

import itertools

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:shuli="urn:shuli:bpmn:1" id="d" targetNamespace="bench">'
)


def _flow(source: str, target: str) -> str:
    return f'<bpmn:sequenceFlow id="f_{source}_{target}" sourceRef="{source}" targetRef="{target}"/>'


def _node(kind: str, node: str, sources: list[str], targets: list[str]) -> str:
    ins = "".join(f"<bpmn:incoming>f_{source}_{node}</bpmn:incoming>" for source in sources)
    outs = "".join(f"<bpmn:outgoing>f_{node}_{target}</bpmn:outgoing>" for target in targets)
    return f'<bpmn:{kind} id="{node}" name="{node}">{ins}{outs}</bpmn:{kind}>'


def process(key: str, edges: list[tuple[str, str]], kinds: dict[str, str]) -> str:
    """Return a process of these flows; what is of no other kind is a user task."""
    nodes = dict.fromkeys(node for edge in edges for node in edge)
    body = "".join(
        _node(
            kinds.get(node, "userTask"),
            node,
            [a for a, b in edges if b == node],
            [b for a, b in edges if a == node],
        )
        for node in nodes
    )
    flows = "".join(_flow(*edge) for edge in edges)
    return (
        f'{HEAD}<bpmn:process id="{key}" isExecutable="true">{body}{flows}</bpmn:process></bpmn:definitions>'
    )


def sequence(tasks: int = 5) -> str:
    """Return start → `tasks` user tasks → end."""
    names = ["start", *(f"t{n}" for n in range(1, tasks + 1)), "end"]
    return process("sequence", list(itertools.pairwise(names)), {"start": "startEvent", "end": "endEvent"})


def parallel(branches: int = 3) -> str:
    """Return start → fork → `branches` user tasks → join → end."""
    tasks = [f"t{n}" for n in range(1, branches + 1)]
    edges = [("start", "fork"), *(("fork", t) for t in tasks), *((t, "join") for t in tasks), ("join", "end")]
    kinds = {"start": "startEvent", "end": "endEvent", "fork": "parallelGateway", "join": "parallelGateway"}
    return process("parallel", edges, kinds)


def limited(bpmn: str, key: str) -> str:
    """Give every task of the model a performer and a limit, as real ones have."""
    duty = (
        '<bpmn:extensionElements><shuli:duty><shuli:lead>"service"</shuli:lead>'
        '<shuli:performer kind="starter"/><shuli:limit kind="working_days" amount="2"/></shuli:duty>'
        "</bpmn:extensionElements>"
    )
    head = f'<bpmn:extensionElements><shuli:process key="{key}" numberPattern="BN{{yyyy}}{{seq}}"/></bpmn:extensionElements>'
    parts = bpmn.split("<bpmn:userTask ")
    body = parts[0] + "".join("<bpmn:userTask " + part.replace(">", f">{duty}", 1) for part in parts[1:])
    return body.replace('isExecutable="true">', f'isExecutable="true">{head}', 1)
