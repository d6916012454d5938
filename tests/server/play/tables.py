"""Cases set up for tests of `shuli play`, from blocks or from the processes that ship."""

from pathlib import Path

import shuli.library
from shuli.core.bpmn.graph import ProcessGraph
from shuli.core.engine.world_double import MONDAY
from shuli.server.commands.play import set_up
from shuli.server.play.model import Model, load, with_somebody
from shuli.server.play.orders import obey
from shuli.server.play.words import Words

PROCESSES = Path(shuli.library.__file__).parent / "processes"


def table_of(graph: ProcessGraph, language="en", seed=1, also=()):
    more = {one.key: Model(graph=with_somebody(one)) for one in also}
    return set_up(Model(graph=with_somebody(graph)), Words(language), seed, MONDAY, more)


def shipped(key, language="zh", seed=1):
    return set_up(load(PROCESSES / key / "process.bpmn"), Words(language), seed, MONDAY)


def told(table, *lines):
    """Obey each line; return what the last one says, and the screen where it shows one."""
    for line in lines:
        said = obey(table, line)
    return "\n".join([*said.lines, *(table.screen.lines() if said.show else ())])


def replayed(table, language="en"):
    """Play the script of a case again, in a case of its own."""
    first = table.session.first.part
    also = {key: part.model for key, part in table.session.also.items()}
    again = set_up(first.model, Words(language), 1, MONDAY, also)
    for line in table.session.lines:
        said = obey(again, line)
        assert said.ok, (line, said.lines)
    return again
