"""The guide: what the library's files say, as pages here and as Markdown in docs/guide. Its examples are run as tests."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from django.utils.translation import override

from shuli.apps.catalogue import feel_help
from shuli.apps.catalogue.feel_help import Help
from shuli.core.engine.coverage import GROUPS, coverage

PAGES = ("feel", "functions", "decisions", "differences", "elements")


@dataclass(frozen=True, kw_only=True)
class Block:
    """A piece of a page: heading, paragraph, points, table, or expressions with what they give."""

    kind: str
    text: str = ""
    items: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    # expressions, and the variables that they read
    examples: tuple[tuple[str, str], ...] = ()
    values: str = ""


@dataclass(frozen=True, kw_only=True)
class Page:
    key: str
    title: str
    summary: str
    blocks: tuple[Block, ...] = ()
    groups: tuple[tuple[str, tuple[Help, ...]], ...] = ()


@cache
def source(key: str) -> dict[str, Any]:
    """Return a page as its file has it, in both languages."""
    file = resources.files("shuli.library") / "guide" / f"{key}.json"
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


def _side(language: str) -> str:
    return "zh" if language.startswith("zh") else "en"


def contents(language: str) -> list[Page]:
    """Return the titles and summaries of all pages."""
    return [found for key in PAGES if (found := page(key, language)) is not None]


def page(key: str, language: str) -> Page | None:
    """Return a page of the guide in a language; None where there is none of that name."""
    if key not in PAGES:
        return None
    made: Mapping[str, Callable[[str], Page]] = {"functions": _reference, "elements": _elements}
    if key in made:
        return made[key](language)
    said, side = source(key), _side(language)
    return Page(
        key=key,
        title=said["title"][side],
        summary=said["summary"][side],
        blocks=tuple(_block(one, side) for one in said["blocks"]),
    )


def _reference(language: str) -> Page:
    said, side = source("reference"), _side(language)
    with override("zh-hans" if side == "zh" else "en"):
        groups = tuple(
            (str(name), tuple(feel_help.help_of(function, language) for function in group))
            for _key, name, group in feel_help.GROUPS
        )
    return Page(key="functions", title=said["title"][side], summary=said["summary"][side], groups=groups)


ELEMENTS: Mapping[str, Mapping[str, Any]] = {
    "title": {"zh": "流程图里能画什么", "en": "What a diagram may hold"},
    "summary": {
        "zh": "BPMN 2.0 的每种元素在这里是否运行、案件走到时发生什么。由引擎自己的表生成。",
        "en": "Every kind of element of BPMN 2.0: whether it runs here, and what happens when a case comes to it. Made from "
        "the engine's own table.",
    },
    "head": {"zh": ("元素", "说明"), "en": ("Element", "What it does")},
}


def _elements(language: str) -> Page:
    side, rows = _side(language), coverage()
    blocks: list[Block] = []
    for group, title in GROUPS.items():
        cells = tuple(
            (row.name.in_language(side), row.does.in_language(side)) for row in rows if row.group == group
        )
        blocks += [
            Block(kind="head", text=title.in_language(side)),
            Block(kind="table", head=ELEMENTS["head"][side], rows=cells),
        ]
    return Page(
        key="elements",
        title=ELEMENTS["title"][side],
        summary=ELEMENTS["summary"][side],
        blocks=tuple(blocks),
    )


def _block(said: Mapping[str, Any], side: str) -> Block:
    for kind in ("head", "text"):
        if kind in said:
            return Block(kind=kind, text=said[kind][side])
    if "points" in said:
        return Block(kind="points", items=tuple(one[side] for one in said["points"]))
    if "table" in said:
        head, *rows = (tuple(_words(cell, side) for cell in row) for row in said["table"])
        return Block(kind="table", head=head, rows=tuple(rows))
    examples = tuple((_words(one["feel"], side), _words(one["gives"], side)) for one in said["examples"])
    return Block(kind="examples", examples=examples, values=_words(said.get("values", ""), side))


def _words(said: Any, side: str) -> str:
    return said[side] if isinstance(said, Mapping) else str(said)


# As Markdown ------------------------------------------------------------------------------------------------


def markdown(key: str, language: str) -> str:
    """Return a page as Markdown."""
    found = page(key, language)
    if found is None:
        raise ValueError(f"Expected one of {PAGES} but found {key}.")
    parts = [f"# {found.title}", found.summary]
    parts += [_block_text(block, language) for block in found.blocks]
    for name, group in found.groups:
        parts += [f"## {name}", *(_function_text(one, language) for one in group)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _block_text(block: Block, language: str) -> str:
    if block.kind == "head":
        return f"## {block.text}"
    if block.kind == "points":
        return "\n".join(f"* {item}" for item in block.items)
    if block.kind == "table":
        return "\n".join(_table_lines(block))
    if block.kind == "examples":
        return "\n".join(_example_lines(block, language))
    return block.text


def _table_lines(block: Block) -> Iterator[str]:
    yield "| " + " | ".join(_cell(cell) for cell in block.head) + " |"
    yield "|" + "---|" * len(block.head)
    for row in block.rows:
        yield "| " + " | ".join(_cell(cell) for cell in row) + " |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _example_lines(block: Block, language: str) -> Iterator[str]:
    if block.values:
        yield f"{'变量' if language.startswith('zh') else 'Variables'}: `{block.values}`\n"
    yield "```feel"
    yield from (f"{feel}   → {gives}" for feel, gives in block.examples)
    yield "```"


def _function_text(one: Help, _language: str) -> str:
    signatures = "\n".join(f"`{text}`  " for text in one.signatures).rstrip()
    shown = "\n".join(f"{example.feel}   → {example.gives}" for example in one.examples)
    return f"### {one.name}\n\n{signatures}\n\n{one.text}\n\n```feel\n{shown}\n```"
