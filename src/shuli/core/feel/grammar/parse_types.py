"""Read types, as they stand after `instance of` and after formal parameters."""

from shuli.core.feel.grammar.cursor import Cursor
from shuli.core.feel.types import (
    TYPE_NAMES,
    ContextType,
    FeelType,
    FunctionType,
    ListType,
    RangeType,
    Simple,
)


class TypeParser(Cursor):
    """Adds types to what can be read."""

    known_types: dict[str, FeelType]

    def type(self) -> FeelType:
        """Step over a type; an unknown one counts as Any after its error is noted."""
        at = self.index
        text = self.texts[at]
        if self.texts[at + 1 : at + 2] == ["<"] and text in _COMPOSED:
            self.index += 2
            return _COMPOSED[text](self)
        return self._named(at)

    def _named(self, at: int) -> FeelType:
        if self.kinds[at] != "name":
            self.unexpected("type")
            return Simple.ANY
        found = self.types.longest_at(self.texts, at)
        if found is not None:
            self.index = at + len(found[0])
            return self.known_types.get(found[1]) or TYPE_NAMES[found[1]]
        self.index += 1
        known = self.known_types.get(self.texts[at]) or TYPE_NAMES.get(self.texts[at])
        if known is None:
            self.error("unknown_type", self.starts[at], found=self.texts[at])
        return known or Simple.ANY

    def _list_type(self) -> FeelType:
        element = self.type()
        self.expect(">")
        return ListType(element=element)

    def _range_type(self) -> FeelType:
        element = self.type()
        self.expect(">")
        return RangeType(element=element)

    def _context_type(self) -> FeelType:
        entries: list[tuple[str, FeelType]] = []
        going = not self.accept(">")
        while going:
            name = self.new_name(":")
            self.expect(":")
            entries.append((name or "", self.type()))
            going = self.goes_on(">")
        return ContextType(entries=tuple(entries))

    def _function_type(self) -> FeelType:
        parameters: list[FeelType] = []
        going = not self.accept(">")
        while going:
            parameters.append(self.type())
            going = self.goes_on(">")
        self.expect("->")
        return FunctionType(parameters=tuple(parameters), result=self.type())


_COMPOSED = {
    "list": TypeParser._list_type,  # noqa: SLF001 — the table of this class's own readers
    "range": TypeParser._range_type,  # noqa: SLF001
    "context": TypeParser._context_type,  # noqa: SLF001
    "function": TypeParser._function_type,  # noqa: SLF001
}
