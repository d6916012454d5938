"""A paper on the screen: as part of a page, and as one file that needs nothing beside it."""

from importlib import resources
from types import SimpleNamespace
from typing import Any

import msgspec
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from shuli.apps.documents.paper.codes import code_svg
from shuli.apps.documents.paper.content import Block, Card, Chapter, Code, Paper, Picture

STYLES = "static/documents/paper.css"


def front_html(paper: Paper) -> SafeString:
    """Return cover, revisions and contents as HTML."""
    return render_to_string("documents/paper/front.html", _front(paper))


def chapters_html(paper: Paper) -> SafeString:
    """Return the chapters as HTML."""
    return render_to_string("documents/paper/chapters.html", _context(paper))


def file_html(paper: Paper) -> bytes:
    """Return the paper as one HTML file with its style and drawings in it."""
    styles = (resources.files("shuli.apps.documents") / STYLES).read_text(encoding="utf-8")
    context = {**_context(paper), "styles": mark_safe(styles)}  # noqa: S308  our own file
    return render_to_string("documents/paper/file.html", context).encode()


def _context(paper: Paper) -> dict[str, Any]:
    return {**_front(paper), "chapters": [_chapter(chapter) for chapter in paper.chapters]}


def _front(paper: Paper) -> dict[str, Any]:
    """Return what cover and contents show; of chapters they need the titles alone."""
    code = _code(paper.code) if paper.code else None
    return {"paper": paper, "code": code, "chapters": paper.chapters}


def _chapter(chapter: Chapter) -> SimpleNamespace:
    blocks = [(str(block.__struct_config__.tag), _block(block)) for block in chapter.blocks]
    return SimpleNamespace(key=chapter.key, title=chapter.title, is_wide=chapter.is_wide, blocks=blocks)


def _block(block: Block) -> Any:
    """Return a block with its drawings, which are ours: their words were escaped when they were drawn."""
    if isinstance(block, Picture):
        return SimpleNamespace(words=block.words, caption=block.caption, drawing=mark_safe(block.svg))  # noqa: S308
    if isinstance(block, Code):
        return _code(block)
    if isinstance(block, Card):
        fields = msgspec.structs.asdict(block)
        return SimpleNamespace(**fields, qr=_code(block.code).qr if block.code else "")
    return block


def _code(code: Code) -> SimpleNamespace:
    return SimpleNamespace(url=code.url, words=code.words, qr=mark_safe(code_svg(code.url)))  # noqa: S308
