"""Parsing XML that may have been made to do harm."""

import re
from typing import Any

from lxml import etree
from msgspec import Struct

from shuli.core.bpmn.findings import Finding


class Limits(Struct, frozen=True, kw_only=True):
    """How much a file may hold before it is refused: far more than a process that a person can still read."""

    size: int = 5 * 1024 * 1024
    depth: int = 100
    elements: int = 100_000
    attributes: int = 500  # of one element
    errors: int = 20  # syntax errors told at once


LIMITS = Limits()

# What may stand before the root element; a document type is told apart here, before any parser sees it.
PROLOG = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
ENCODING = re.compile(r"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
ENCODINGS = {
    "utf-8",
    "utf8",
    "utf-16",
    "us-ascii",
    "ascii",
    "iso-8859-1",
    "latin1",
    "windows-1252",
    "gb2312",
    "gbk",
    "gb18030",
}
BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def parse_xml(data: bytes, limits: Limits = LIMITS) -> tuple[Any, tuple[Finding, ...]]:
    """Return the root element, or None and why the file is refused."""
    refusal = _refused(data, limits)
    if refusal is not None:
        return None, (refusal,)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        return None, _syntax_findings(parser, error, limits)
    # An encoding that only the parser recognises may have hidden a document type from the look at the beginning.
    document: Any = root.getroottree()
    if document.docinfo.doctype:
        return None, (Finding(code="document_type"),)
    too_much = _over_limits(root, limits)
    return (None, (too_much,)) if too_much else (root, ())


def _refused(data: bytes, limits: Limits) -> Finding | None:
    if not data.strip():
        return Finding(code="file_empty")
    if len(data) > limits.size:
        return Finding(code="file_too_large", params={"found": len(data), "limit": limits.size})
    # Cheap bound before anything is built: an element has at least one "<", mostly two.
    if data.count(b"<") > 2 * limits.elements + 1000:
        return Finding(code="too_many_elements", params={"limit": limits.elements})
    start = _start_of(data)
    encoding = ENCODING.match(start.lstrip())
    if encoding and encoding[1].lower() not in ENCODINGS:
        return Finding(code="encoding_unknown", line=1, params={"found": encoding[1]})
    return _document_type(start)


def _start_of(data: bytes) -> str:
    """Return the beginning as text; the prolog is ASCII in every encoding that is allowed."""
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if data[:2] in (b"\x00<", b"<\x00"):
        return data.decode("utf-16-be" if data[0] == 0 else "utf-16-le", "replace")
    return data.decode("latin-1")


def _document_type(start: str) -> Finding | None:
    position = 0
    while found := PROLOG.match(start, position):
        position = found.end()
    if start[position : position + 9].upper() != "<!DOCTYPE":
        return None
    return Finding(code="document_type", line=start.count("\n", 0, position) + 1)


def _syntax_findings(parser: Any, error: Exception, limits: Limits) -> tuple[Finding, ...]:
    entries = [(entry.line, entry.message) for entry in parser.error_log] or [
        (getattr(error, "lineno", None), str(error))
    ]
    unique = list(dict.fromkeys(entries))[: limits.errors]
    return tuple(
        Finding(code="xml_broken", line=line or None, params={"message": message.strip()[:300]})
        for line, message in unique
    )


def _over_limits(root: Any, limits: Limits) -> Finding | None:
    depth = count = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if depth > limits.depth:
            return Finding(code="too_deep", line=element.sourceline, params={"limit": limits.depth})
        if event == "start" and len(element.attrib) > limits.attributes:
            return Finding(
                code="too_many_attributes", line=element.sourceline, params={"limit": limits.attributes}
            )
    if count > limits.elements:
        return Finding(code="too_many_elements", params={"limit": limits.elements})
    return None
