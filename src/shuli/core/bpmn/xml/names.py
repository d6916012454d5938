"""The ids and namespaces of a parsed file."""

from collections.abc import Mapping
from typing import Any

from lxml import etree

from shuli.core.bpmn.elements import MODEL
from shuli.core.bpmn.elements.base import USUAL_PREFIXES

EXTENSIONS = f"{{{MODEL}}}extensionElements"


class Names:
    """Which ids a file has, on which lines, and what its prefixes mean; gathered in one walk."""

    def __init__(self, root: Any) -> None:
        self.lines: dict[str, int] = {}
        self.doubles: list[tuple[str, int]] = []
        self.namespaces: dict[str, str] = {prefix or "": uri for prefix, uri in root.nsmap.items()}
        self.target = root.get("targetNamespace", "")
        # asked of lxml once: its nsmap costs as much as there are declarations above
        self._declared: dict[Any, dict[str, str]] = {}
        self._walk(root)

    def _walk(self, root: Any) -> None:
        declared: set[str] = set()
        pending: dict[str, str] = {}
        extensions = 0
        for event, item in etree.iterwalk(root, events=("start-ns", "start", "end")):
            if event == "start-ns":
                pending[item[0] or ""] = item[1]
                continue
            extensions += (1 if event == "start" else -1) * (item.tag == EXTENSIONS)
            if event == "start":
                self._declare(item, pending)
                declared |= set(pending.values())
                pending = {}
                # What stands in extensions has ids of its own making, some tools repeat them.
                if not extensions:
                    self._number(item)
        self._bind(declared)

    def _declare(self, node: Any, declarations: dict[str, str]) -> None:
        """Give the first meaning of a prefix to the root; a later one stays with the piece that declares it."""
        if declarations:
            self._declared[node] = declarations
        for prefix, uri in declarations.items():
            if prefix:
                self.namespaces.setdefault(prefix, uri)
        # An element without a namespace could not be written below a default one.
        if "" in self.namespaces and not node.tag.startswith("{"):
            del self.namespaces[""]

    def _bind(self, declared: set[str]) -> None:
        for uri in sorted(declared - set(self.namespaces.values()) - {""}):
            usual = next((prefix for prefix, known in USUAL_PREFIXES.items() if known == uri), "ns")
            candidates = (usual, *(f"{usual}{number}" for number in range(1, len(self.namespaces) + 2)))
            self.namespaces[next(prefix for prefix in candidates if prefix not in self.namespaces)] = uri

    def _number(self, node: Any) -> None:
        element_id = node.get("id")
        if not element_id:
            return
        if element_id in self.lines:
            self.doubles.append((element_id, node.sourceline))
        else:
            self.lines[element_id] = node.sourceline

    def kept_with(self, node: Any) -> Mapping[str, str]:
        """Return the declarations of a kept piece that the root binds otherwise."""
        declared = self._declared.get(node, {})
        return {prefix: uri for prefix, uri in declared.items() if uri and self.namespaces.get(prefix) != uri}

    def resolve(self, text: str) -> str | None:
        """Return the id that a reference means: itself, or what stands behind a prefix of this file's namespace."""
        reference = text.strip()
        if reference in self.lines:
            return reference
        prefix, _, local = reference.rpartition(":")
        is_ours = bool(prefix) and self.namespaces.get(prefix) in (self.target, None)
        return local if is_ours and local in self.lines else None

    def given_to(self, node: Any) -> str:
        """Return an id for an element that has none: what it is and a number that is still free."""
        ends = [node.get(name, "") for name in ("sourceRef", "targetRef") if node.get(name)]
        base = "_".join(["Flow", *ends]) if ends else node.tag.rpartition("}")[2]
        number, chosen = 1, base if ends else f"{base}_1"
        while chosen in self.lines:
            number += 1
            chosen = f"{base}_{number}"
        self.lines[chosen] = node.sourceline
        return chosen
