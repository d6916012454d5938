"""Open XML from anywhere without trusting it."""

import re
from copy import deepcopy
from typing import Any

from lxml import etree

from shuli.core.feel.dmn.findings import Finding

MOST_BYTES = 5_000_000
MOST_TAGS = 150_000  # opening and closing
MOST_LEVELS = 120
_DOCTYPE = re.compile(rb"<\0?!\0?D\0?O\0?C\0?T\0?Y\0?P\0?E", re.IGNORECASE)
_BIG_ENDIAN_DOCTYPE = re.compile(rb"\0<\0!\0D\0O\0C\0T\0Y\0P\0E", re.IGNORECASE)


def open_xml(data: bytes) -> tuple[Any, Finding | None]:
    """Return the root element, or the finding that says why the data is refused.

    Entities, DTDs, the network and huge trees are off; a DOCTYPE is refused before anything is parsed.
    """
    refused = _too_large(data)
    if refused is not None:
        return None, refused
    if _DOCTYPE.search(data) or _BIG_ENDIAN_DOCTYPE.search(data):
        return None, Finding(code="doctype_refused")
    try:
        root = etree.fromstring(data, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 0
        return None, Finding(code="xml_not_well_formed", line=line, params={"found": str(error)[:200]})
    if root.getroottree().docinfo.doctype:
        return None, Finding(code="doctype_refused")
    return _checked(root)


def _too_large(data: bytes) -> Finding | None:
    for code, limit, found in (
        ("file_too_large", MOST_BYTES, len(data)),
        ("too_many_elements", MOST_TAGS, data.count(b"<")),
    ):
        if found > limit:
            return Finding(code=code, params={"limit": str(limit), "found": str(found)})
    return None


def _parser() -> Any:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, dtd_validation=False,
        remove_comments=True, remove_pis=True, recover=False,
    )  # fmt: skip


def _checked(root: Any) -> tuple[Any, Finding | None]:
    for element in root.iter():
        if not isinstance(element.tag, str):
            return None, Finding(code="entity_refused", line=element.sourceline or 0)
    if _is_too_deep(root):
        return None, Finding(code="nested_too_deeply", params={"limit": str(MOST_LEVELS)})
    return root, None


def _is_too_deep(root: Any) -> bool:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MOST_LEVELS:
            return True
    return False


def local(element: Any) -> str:
    """Return the name of an element without its namespace."""
    return str(etree.QName(element).localname)


def child(element: Any, name: str) -> Any:
    """Return the first child of that local name, or None."""
    return next((part for part in element if local(part) == name), None)


def children(element: Any, name: str) -> list[Any]:
    return [part for part in element if local(part) == name]


def text_of(element: Any, name: str) -> str:
    """Return the text of a child, "" where there is none."""
    found = child(element, name)
    return "" if found is None else (found.text or "").strip()


def raw(element: Any) -> str:
    """Return an element as canonical XML without the white space between elements, to be written again."""
    part = deepcopy(element)
    part.tail = None
    for inner in part.iter():
        inner.text = inner.text if inner.text and inner.text.strip() else None
        inner.tail = inner.tail if inner.tail and inner.tail.strip() else None
    return bytes(etree.tostring(part, method="c14n", exclusive=True)).decode()
