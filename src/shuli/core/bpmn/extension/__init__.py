"""What Shuli says about a process beyond BPMN, as extension elements (docs/bpmn-extension.md)."""

from shuli.core.bpmn.extension.reading import Extension, Mistake, name_of
from shuli.core.bpmn.extension.writing import with_extension, with_name, wording_of, xml_of

__all__ = ["Extension", "Mistake", "name_of", "with_extension", "with_name", "wording_of", "xml_of"]
