"""What explains a diagram without changing what it does: notes, groups, dotted lines."""

from shuli.core.bpmn.elements.base import Element, Spec, many, model, ref, text, words


class TextAnnotation(Element, frozen=True, kw_only=True):
    text: str = ""
    format: str = ""


class Group(Element, frozen=True, kw_only=True):
    category_value: str = ""


class Association(Element, frozen=True, kw_only=True):
    source: str = ""
    target: str = ""
    direction: str = ""  # None, One, Both


class CategoryValue(Element, frozen=True, kw_only=True):
    """The name that groups show."""

    value: str = ""


class Category(Element, frozen=True, kw_only=True):
    name: str = ""
    values: tuple[CategoryValue, ...] = ()


SPECS = (
    Spec(
        tag=model("textAnnotation")[0],
        type=TextAnnotation,
        needs_id=True,
        attributes={"textFormat": text("format")},
        children=(words("text", "text"),),
    ),
    Spec(
        tag=model("group")[0],
        type=Group,
        needs_id=True,
        attributes={"categoryValueRef": ref("category_value")},
    ),
    Spec(
        tag=model("association")[0],
        type=Association,
        needs_id=True,
        attributes={
            "sourceRef": ref("source", required=True),
            "targetRef": ref("target", required=True),
            "associationDirection": text("direction"),
        },
    ),
    Spec(tag=model("categoryValue")[0], type=CategoryValue, attributes={"value": text("value")}),
    Spec(
        tag=model("category")[0],
        type=Category,
        attributes={"name": text("name")},
        children=(many("values", "categoryValue"),),
    ),
)

ARTIFACTS = ("textAnnotation", "group", "association")
