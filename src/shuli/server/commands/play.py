"""Walk through a process in the terminal: no database, nothing is stored, nobody is told.

You play everybody: a number does what stands beside it in the list, help shows all commands. With --auto the process
plays itself with made-up answers, the same ones for the same --seed. A script is a file with one command a line, as
`save` writes it. Forms are read from the folder forms beside the model.

Exit status: 0 the case was played (with --auto or --script: every step was taken, with --auto to an end), 1 it stopped
on the way or the model cannot be played, 2 the command was not understood.
"""

import json
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from shuli.core.bpmn import sentence
from shuli.core.bpmn.graph import Node
from shuli.core.engine.world_double import MONDAY
from shuli.server.commands.check import as_data
from shuli.server.environment import terminal_language
from shuli.server.play.answering import ZONE
from shuli.server.play.company import PlayCompany
from shuli.server.play.guessing import Guesses
from shuli.server.play.model import Model, load
from shuli.server.play.orders import AUTO_STEPS, obey
from shuli.server.play.session import Part, Session
from shuli.server.play.table import Table
from shuli.server.play.terminal import converse, print_said
from shuli.server.play.words import Words

NEEDS_DATA = False


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("model", metavar="MODEL.bpmn", type=Path)
    parser.add_argument(
        "--process", metavar="ID", help="which process of the file (default: the first that can run)"
    )
    parser.add_argument(
        "--also",
        metavar="FILE",
        type=Path,
        action="append",
        default=[],
        help="go into processes of this file where they are called; without it a call is one step",
    )
    parser.add_argument("--auto", action="store_true", help="let it play itself until it ends")
    parser.add_argument(
        "--seed",
        metavar="N",
        type=int,
        default=1,
        help="another seed makes up other answers (default %(default)s)",
    )
    parser.add_argument(
        "--steps",
        metavar="N",
        type=int,
        default=AUTO_STEPS,
        help="give up after so many (default %(default)s)",
    )
    parser.add_argument("--script", metavar="FILE", type=Path, help="play these commands first")
    parser.add_argument(
        "--at",
        metavar="MOMENT",
        type=moment,
        default=MONDAY,
        help="where the clock begins (default: Monday 2026-03-02T09:00)",
    )
    parser.add_argument(
        "--json", action="store_true", help="print the case as JSON, one line after each command"
    )
    parser.add_argument(
        "--language",
        choices=("zh", "en"),
        default=terminal_language(),
        help="default: the terminal's, %(default)s",
    )


def moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"Expected a moment such as 2026-03-05T09:00 but found {text}.") from None
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(ZONE))


def run(asked: Namespace) -> int:
    model = load(asked.model, asked.process)
    words = Words(asked.language)
    if not model.is_playable:
        return refuse(model, words, as_json=asked.json)
    table = set_up(model, words, asked.seed, asked.at, models_also(asked.also))
    done = play_script(table, asked.script, as_json=asked.json) if asked.script else True
    if asked.auto and done:
        return play_by_itself(table, asked.steps, as_json=asked.json)
    if asked.script:
        return 0 if done else 1
    return talk(table, as_json=asked.json)


def set_up(
    model: Model, words: Words, seed: int, at: datetime, also: Mapping[str, Model] | None = None
) -> Table:
    """Return everything that playing needs. Raises ValueError where the model is none that can be played."""
    if model.graph is None:
        raise ValueError("Expected a model with a process but found none.")
    first = Part(graph=model.graph, model=model, guesses=Guesses(model.graph, model.forms, seed))
    parts = {
        key: Part(graph=one.graph, model=one, guesses=Guesses(one.graph, one.forms, seed))
        for key, one in (also or {}).items()
        if one.graph is not None
    }
    return Table(Session(first, company_of([first, *parts.values()], at), parts), words)


def company_of(parts: Sequence[Part], at: datetime) -> PlayCompany:
    """Return the company in which these are played: their tables decide and their programs answer by guesses."""
    deciding: dict[str, tuple[Guesses, Node]] = {}
    serving: dict[str, tuple[Guesses, Node]] = {}
    for part in parts:
        for node in part.graph.nodes.values():
            if node.kind == "business_rule_task":
                deciding.setdefault(node.decision or node.id, (part.guesses, node))
            elif node.kind == "service_task":
                serving.setdefault(
                    (node.service.name if node.service else "") or node.id, (part.guesses, node)
                )

    def decided(key: str) -> Any:
        guesses, node = deciding.get(key, (None, None))
        return guesses.result_of(node) if guesses and node else None

    def served(name: str) -> Mapping[str, Any]:
        guesses, node = serving.get(name, (parts[0].guesses, None))
        return guesses.given_by(node)

    return PlayCompany(now=at, decision=decided, service=served)


def models_also(files: Iterable[Path]) -> dict[str, Model]:
    """Return the processes of more files that can be played, by what a call names: their key or their id."""
    found: dict[str, Model] = {}
    for file in files:
        document = load(file).document
        for process in document.processes if document is not None else ():
            model = load(file, process.id)
            if model.is_playable and model.graph is not None:
                found |= {process.id: model, model.graph.key: model}
    return found


def refuse(model: Model, words: Words, *, as_json: bool) -> int:
    """Say why the model cannot be played."""
    if as_json:
        print(
            json.dumps(
                {"against": [as_data(one, words.language) for one in model.against]},
                ensure_ascii=False,
                default=str,
            )
        )
        return 1
    print(words("against"))
    for finding in model.against:
        place = f"{finding.line}: " if finding.line else ""
        print(f"  {place}{sentence(finding, words.language)}")
    return 1


def play_script(table: Table, file: Path, *, as_json: bool) -> bool:
    """Play the lines of a file; stop at the first that cannot be done."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        said = obey(table, line)
        if as_json:
            print(table.screen.data(ok=said.ok, line=number))
        else:
            print(table.words("line", n=number, line=line))
            print_said(table, said, print)
        if not said.ok or said.leave:
            return said.ok
    return True


def play_by_itself(table: Table, steps: int, *, as_json: bool) -> int:
    said = obey(table, f"auto {steps}")
    if as_json:
        print(table.screen.data(ok=said.ok, message=" ".join(said.lines)))
        return 0 if said.ok else 1
    for line in table.session.lines:
        print(f"  {line}")
    for line in (*table.screen.head(), *said.lines):
        print(line)
    return 0 if said.ok else 1


def talk(table: Table, *, as_json: bool) -> int:
    """Let a person play; with --json a program."""
    if not as_json:
        if table.model.to_mend:
            print(table.words("to_mend", n=len(table.model.to_mend)))
        converse(table, input, print)
        return 0
    return listen(table, input, print)


def listen(table: Table, ask: Callable[[str], str], show: Callable[[str], None]) -> int:
    show(table.screen.data(ok=True))
    ok = True
    while True:
        try:
            said = obey(table, ask(""))
        except EOFError:
            return 0 if ok else 1
        ok = ok and said.ok
        show(table.screen.data(ok=said.ok, message=" ".join(said.lines)))
        if said.leave:
            return 0 if ok else 1
