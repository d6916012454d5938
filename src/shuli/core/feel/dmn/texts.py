"""The English names of a table's columns, which DMN has no place for: they travel as an extension of the decision.

<extensionElements><shuli:texts xmlns:shuli="urn:shuli:dmn:1">
  <shuli:text for="in-loss" lang="en">Loss</shuli:text>
"""

from collections.abc import Mapping
from dataclasses import replace

from lxml import etree

from shuli.core.feel.dmn.decided import main_decision
from shuli.core.feel.dmn.model import Model
from shuli.core.feel.dmn.xml import open_xml

NAMESPACE = "urn:shuli:dmn:1"
_TEXTS, _TEXT = f"{{{NAMESPACE}}}texts", f"{{{NAMESPACE}}}text"


def english_labels(model: Model) -> dict[str, str]:
    """Return the English names of the main table's columns, by the ids of the columns."""
    main = main_decision(model)
    if main is None or not main.extensions:
        return {}
    root, refused = open_xml(main.extensions.encode())
    if refused is not None:
        return {}
    found = (one for one in root.iter(_TEXT) if one.get("lang") == "en" and one.get("for"))
    return {str(one.get("for")): (one.text or "").strip() for one in found}


def with_english_labels(model: Model, labels: Mapping[str, str]) -> Model:
    """Return the model with these English names; the extensions of other makers stay."""
    main = main_decision(model)
    if main is None:
        return model
    changed = replace(main, extensions=_extensions(main.extensions, labels))
    elements = tuple(changed if element is main else element for element in model.elements)
    return replace(model, elements=elements)


def _extensions(present: str, labels: Mapping[str, str]) -> str:
    root, refused = open_xml(present.encode()) if present else (None, None)
    if root is None or refused is not None:
        # the element takes the namespace of the file that it is written into
        root = etree.Element("{https://www.omg.org/spec/DMN/20230324/MODEL/}extensionElements")
    for old in root.findall(_TEXTS):
        root.remove(old)
    named = {key: text.strip() for key, text in labels.items() if text.strip()}
    if named:
        part = etree.SubElement(root, _TEXTS, nsmap={"shuli": NAMESPACE})
        for key, text in named.items():
            etree.SubElement(part, _TEXT, {"for": key, "lang": "en"}).text = text
    return etree.tostring(root, encoding="unicode") if len(root) else ""
