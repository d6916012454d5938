"""What people do to a task or a case beside deciding: send back, take back, ask others to sign, move; and going between cases."""

import shlex

from shuli.core.engine import commands as c
from shuli.core.engine import events as e
from shuli.core.engine import returnable
from shuli.server.play.doing import actor_of, named
from shuli.server.play.session import PLAYER
from shuli.server.play.table import Said, Table

POSITIONS = {"before": "before", "after": "after", "beside": "beside", "前": "before", "后": "after", "并": "beside"}  # fmt: skip
RULES = {"all": "all", "any": "any", "sequence": "sequence", "会签": "all", "或签": "any", "依次": "sequence"}
TO, WITH = ("to", "到"), ("with", "由")


def send_back(table: Table, words: list[str]) -> Said:
    """return TASK to NODE [reason]"""
    rest = [word for word in words if word not in TO]
    offer = named(table.session, rest[0], ("task",)) if rest else None
    if offer is None:
        return table.no("which", word=rest[0] if rest else "")
    steps = returnable(table.session.graph, table.session.marking, offer.what)
    names = {step.node: table.screen.name(step.node) for step in steps}
    target = next((node for node, name in names.items() if len(rest) > 1 and rest[1] in (node, name)), None)
    if target is None:
        known = ", ".join(f"{name} ({node})" for node, name in names.items())
        return table.no("return_to", names=known) if names else table.no("return_none")
    reason = " ".join(rest[2:]) or "play"
    command = c.Return(actor=actor_of(table.session, offer), seat=offer.what, to=target, reason=reason)
    return table.answered(
        table.session.ask(command, shlex.join(["return", offer.node, "to", target, reason]))
    )


def take_back(table: Table, words: list[str]) -> Said:
    """take back NODE [reason]: void the last decision there, as whoever made it"""
    rest = words[1:] if words[:1] == ["back"] else words
    node = table.node(rest[0]) if rest else None
    visits = [
        one.visit for one in table.session.events if isinstance(one, e.VisitOpened) and one.node == node
    ]
    decided = [one for one in table.session.events if isinstance(one, e.SeatDecided) and one.visit in visits]
    if not decided:
        return table.no("not_decided", word=rest[0] if rest else "")
    reason = " ".join(rest[1:]) or "play"
    command = c.TakeBack(actor=decided[-1].person, visit=decided[-1].visit, reason=reason)
    return table.answered(table.session.ask(command, shlex.join(["take", "back", str(node), reason])))


def add_signers(table: Table, words: list[str]) -> Said:
    """sign TASK with PERSON,PERSON [before|after|beside] [all|any|sequence] [reason]"""
    rest = [word for word in words if word not in WITH]
    offer = named(table.session, rest[0], ("task",)) if rest else None
    if offer is None or len(rest) < 2:
        return table.no("which" if offer is None else "sign_whom", word=rest[0] if rest else "")
    people = tuple(filter(None, rest[1].replace("，", ",").split(",")))
    how = [word for word in rest[2:] if word in POSITIONS or word in RULES]
    position = next((POSITIONS[word] for word in how if word in POSITIONS), "beside")
    rule = next((RULES[word] for word in how if word in RULES), "all")
    reason = " ".join(word for word in rest[2:] if word not in how) or "play"
    command = c.AddSigner(
        actor=actor_of(table.session, offer),
        seat=offer.what,
        people=people,
        position=position,  # type: ignore[arg-type]  # one of POSITIONS
        rule=rule,  # type: ignore[arg-type]  # one of RULES
        reason=reason,
    )
    line = shlex.join(
        ["sign", f"{offer.node}#{offer.what}", "with", ",".join(people), position, rule, reason]
    )
    return table.answered(table.session.ask(command, line))


def jump(table: Table, words: list[str]) -> Said:
    """jump NODE to NODE [reason]: move what stands at one node to another, as an administrator"""
    rest = [word for word in words if word not in TO]
    nodes = [table.node(word) for word in rest[:2]]
    tokens = [one for one in table.session.marking.tokens.values() if nodes and one.node == nodes[0]]
    if len(nodes) < 2 or nodes[1] is None or not tokens:
        return table.no("jump_what", word=" ".join(words))
    reason = " ".join(rest[2:]) or "play"
    command = c.Jump(actor=PLAYER, token=tokens[0].id, to=nodes[1], reason=reason)
    line = shlex.join(["jump", tokens[0].node, "to", nodes[1], reason])
    return table.answered(table.session.ask(command, line))


# Called processes ---------------------------------------------------------------------------------------------


def enter(table: Table, words: list[str]) -> Said:
    """enter CALL: stand in the case that was called there"""
    here = table.session.case
    offer = named(table.session, words[0] if words else "1", ("call",))
    called = here.called.get(offer.what) if offer is not None else None
    if offer is None or called is None:
        return table.no("not_entered", word=words[0] if words else "")
    table.session.stand_in(called, shlex.join(["enter", f"{offer.node}#{offer.what}"]))
    return Said(ok=True, show=True)


def up(table: Table, _words: list[str]) -> Said:
    """up: stand in the case that called this one"""
    caller = table.session.case.caller
    if caller is None:
        return table.no("not_called")
    table.session.stand_in(caller, "up")
    return Said(ok=True, show=True)
