"""What can be typed: each order in one row of a table, with words for those who type Chinese."""

import re
import shlex
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from shuli.core.engine import Accepted
from shuli.core.engine import commands as c
from shuli.server.play import verbs
from shuli.server.play.answering import ZONE
from shuli.server.play.automatic import Ending, Player
from shuli.server.play.doing import do, named, pairs_of, pass_time, set_variables
from shuli.server.play.offers import offers_of
from shuli.server.play.session import PLAYER
from shuli.server.play.table import Said, Table

SPAN = re.compile(r"(\d+(?:\.\d+)?)(m|h|d|w|分钟?|小时|天|周)")
UNITS = {
    "m": "minutes",
    "h": "hours",
    "d": "days",
    "w": "weeks",
    "分": "minutes",
    "小": "hours",
    "天": "days",
    "周": "weeks",
}
AUTO_STEPS = 200


def obey(table: Table, line: str) -> Said:
    """Do what a line says; a line that is not understood says so."""
    try:
        parts = shlex.split(line.replace("＝", "="), comments=True)
    except ValueError:
        return table.no("unknown", word=line)
    if not parts:
        return Said(ok=True, show=True)
    word = parts[0].lower()
    if word.isdecimal():
        return _do(table, parts)
    order = ORDERS.get(ALIASES.get(word, word))
    return order(table, parts[1:]) if order else table.no("unknown", word=parts[0])


# Orders -------------------------------------------------------------------------------------------------


def _doing(*kinds: str, **how: Any) -> Callable[[Table, list[str]], Said]:
    """Return the order that does one of these kinds of offers, by its number or name."""

    def order(table: Table, words: list[str]) -> Said:
        word = words[0] if words else "1"
        offer = named(table.session, word, kinds)
        if offer is None:
            return table.no("which", word=word)
        values = table.values([one for one in words[1:] if one not in STATUSES])
        if isinstance(values, Said):
            return values
        if offer.kind == "task":
            return table.complete(offer, values, **how)
        if offer.kind == "call" and "call" in kinds and len(kinds) == len(EVERY) and not words[1:]:
            entered = verbs.enter(table, [word])
            if entered.ok:
                return entered
        status = next((one for one in words[1:] if one in STATUSES), "approved")
        return table.answered(do(table.session, offer, values, status=status))

    return order


STATUSES = ("rejected", "withdrawn", "terminated", "failed")
EVERY = ("start", "task", "timer", "message", "signal", "condition", "service", "call", "incident")
_do = _doing(*EVERY)


def _next(table: Table, _words: list[str]) -> Said:
    clocks = [one for one in offers_of(table.session.graph, table.session.marking) if one.kind == "timer"]
    if not clocks:
        return table.no("which", word=table.words("kind_timer"))
    return table.answered(do(table.session, clocks[0], {}))


def _wait(table: Table, words: list[str]) -> Said:
    """Move the clock, firing what comes due on the way."""
    word = " ".join(words)
    until = moment_of(word, table.session.now)
    if until is None:
        return table.no("span", word=word)
    if until < table.session.now:
        return table.no("backwards")
    refused = pass_time(table.session, until)
    if refused is not None:
        return table.answered(refused)
    return Said(ok=True, show=True)


def moment_of(word: str, now: datetime) -> datetime | None:
    """Return when "4h" is over, or the moment that is written."""
    span = SPAN.fullmatch(word.strip())
    if span:
        return now + timedelta(**{UNITS[span[2][0]]: float(span[1])})
    try:
        at = datetime.fromisoformat(word.strip())
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(ZONE))


def _set(table: Table, words: list[str]) -> Said:
    values = table.values(words)
    if isinstance(values, Said):
        return values
    return table.answered(set_variables(table.session, values, shlex.join(["set", *words])))


def _ways(table: Table, words: list[str]) -> Said:
    node = table.node(words[0] if words else "")
    if node is None:
        return table.no("which", word=words[0] if words else "")
    lines = [
        table.words("way", name=_flow_name(table, flow), condition=flow.condition or "—")
        for flow in table.session.graph.nodes[node].outgoing
    ]
    return Said(ok=True, lines=(table.words("ways"), *(f"  {line}" for line in lines)))


def _choose(table: Table, words: list[str]) -> Said:
    """Go on at a gateway with data that lead to one of its ways."""
    node = table.node(words[0] if words else "")
    if node is None or len(words) < 2:
        return table.no("which", word=" ".join(words))
    flows = table.session.graph.nodes[node].outgoing
    flow = next(
        (f for f in flows if words[1] in (f.id, f.target, _flow_name(table, f), table.screen.name(f.target))),
        None,
    )
    if flow is None or not flow.condition:
        return table.no("no_condition", word=words[1])
    found = table.guesses.making(flow.condition, table.session.marking, table.session.now)
    if found is None:
        return table.no("no_way", word=words[1])
    offer = named(table.session, node, ("incident",))
    if offer is not None:
        return table.answered(do(table.session, offer, found))
    return table.answered(set_variables(table.session, found, shlex.join(["set", *pairs_of(found)])))


def _flow_name(table: Table, flow: Any) -> str:
    return flow.name.in_language(table.words.language) or table.screen.name(flow.target)


def _asking(make: Callable[[str], c.Command], word: str) -> Callable[[Table, list[str]], Said]:
    def order(table: Table, words: list[str]) -> Said:
        return table.answered(table.session.ask(make(" ".join(words) or "play"), shlex.join([word, *words])))

    return order


def _auto(table: Table, words: list[str]) -> Said:
    steps = int(words[0]) if words and words[0].isdecimal() else AUTO_STEPS
    player = Player(table.session, table.words.language)
    ending = player.play(steps)
    return Said(ok=ending.how == "ended", lines=ending_lines(table, ending), show=True)


def ending_lines(table: Table, ending: Ending) -> tuple[str, ...]:
    """Return how playing by itself came out."""
    status = table.session.marking.status
    if ending.how == "ended":
        return (table.words("ended", status=table.words("case_" + status)),)
    if ending.how == "too_long":
        return (table.words("too_long", n=table.session.steps),)
    offer = ending.offer
    if offer is None or not offer.number:
        return (table.words("stuck"),)
    why = table.screen.incident(offer) if offer.kind == "incident" else ""
    why = why or (table.screen.refusal(ending.refused) if ending.refused else table.words("stuck"))
    return (table.words("stopped", name=table.screen.name(offer.node), why=why),)


def _undo(table: Table, _words: list[str]) -> Said:
    done = table.session.undo()
    return Said(ok=done, lines=(table.words("undone" if done else "nothing_to_undo"),), show=done)


def _save(table: Table, words: list[str]) -> Said:
    if not words:
        return table.no("which", word="")
    file = Path(words[0])
    title = f"# {table.session.graph.key}"
    file.write_text("\n".join([title, *table.session.lines]) + "\n", encoding="utf-8")
    return Said(ok=True, lines=(table.words("saved", n=len(table.session.lines), file=file),))


def _log(table: Table, _words: list[str]) -> Said:
    told = [table.screen.event(event) for event in table.session.events]
    lines = tuple(f"  {line}" for line in told if line)
    return Said(ok=True, lines=lines or (table.words("log_empty"),))


ORDERS: Mapping[str, Callable[[Table, list[str]], Said]] = {
    "do": _do,
    "start": _doing("start"),
    "complete": _doing("task"),
    "reject": _doing("task", decision="reject"),
    "abstain": _doing("task", decision="abstain"),
    "fire": _doing("timer"),
    "deliver": _doing("message", "signal"),
    "finish": _doing("call", "service"),
    "mend": _doing("incident"),
    "next": _next,
    "wait": _wait,
    "return": verbs.send_back,
    "take": verbs.take_back,
    "sign": verbs.add_signers,
    "jump": verbs.jump,
    "enter": verbs.enter,
    "up": verbs.up,
    "set": _set,
    "ways": _ways,
    "choose": _choose,
    "suspend": _asking(lambda reason: c.Suspend(actor=PLAYER, reason=reason), "suspend"),
    "resume": _asking(lambda _reason: c.Resume(actor=PLAYER), "resume"),
    "withdraw": _asking(lambda reason: c.Withdraw(actor=PLAYER, reason=reason), "withdraw"),
    "terminate": _asking(lambda reason: c.Terminate(actor=PLAYER, reason=reason), "terminate"),
    "auto": _auto,
    "undo": _undo,
    "save": _save,
    "log": _log,
    "show": lambda _table, _words: Said(ok=True, show=True),
    "vars": lambda table, _words: Said(
        ok=True, lines=tuple(table.screen.all_variables()) or (table.words("no_variables"),)
    ),
    "help": lambda table, _words: Said(ok=True, lines=(table.words("help"),)),
    "quit": lambda _table, _words: Said(ok=True, leave=True),
}
ALIASES: Mapping[str, str] = {
    "办理": "do", "启动": "start", "完成": "complete", "同意": "complete", "不同意": "reject", "驳回": "reject",
    "弃权": "abstain", "触发": "fire", "送达": "deliver", "消息": "deliver", "结束": "finish", "重试": "mend",
    "下一个": "next", "等": "wait", "等待": "wait", "退回": "return", "设置": "set", "路": "ways", "选择": "choose",
    "暂停": "suspend", "恢复": "resume", "撤回": "withdraw", "终止": "terminate", "自动": "auto", "撤销": "undo",
    "保存": "save", "经过": "log", "看": "show", "数据": "vars", "帮助": "help", "?": "help", "？": "help",
    "拿回": "take", "加签": "sign", "跳转": "jump", "进入": "enter", "返回": "up", "退出": "quit", "exit": "quit", "q": "quit", "retry": "mend", "send": "deliver", "approve": "complete",
}  # fmt: skip
__all__ = ["Accepted", "Said", "Table", "ending_lines"]
