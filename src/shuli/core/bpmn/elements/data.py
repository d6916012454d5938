"""Data objects and stores, what activities read and write, and the associations between."""

from typing import Literal

from shuli.core.bpmn.elements.base import (
    Child,
    Element,
    Spec,
    flag,
    many,
    model,
    one,
    raw,
    ref,
    refs,
    text,
    whole,
)


class DataState(Element, frozen=True, kw_only=True):
    name: str = ""


class DataItem(Element, frozen=True, kw_only=True):
    """Anything that holds data: what it is by `kind`."""

    kind: Literal["data_object", "data_input", "data_output", "input_item", "output_item"] = "data_object"
    name: str = ""
    is_collection: bool = False
    item: str = ""
    state: DataState | None = None


class DataObjectReference(Element, frozen=True, kw_only=True):
    name: str = ""
    data_object: str = ""
    item: str = ""
    state: DataState | None = None


class DataStore(Element, frozen=True, kw_only=True):
    """A store of the company, named once for all processes of the file."""

    name: str = ""
    capacity: int | None = None
    is_unlimited: bool = True
    item: str = ""
    state: DataState | None = None


class DataStoreReference(Element, frozen=True, kw_only=True):
    name: str = ""
    data_store: str = ""
    item: str = ""
    state: DataState | None = None


class InputOutput(Element, frozen=True, kw_only=True):
    """What an activity or process needs and gives; its sets are kept as they are."""

    inputs: tuple[DataItem, ...] = ()
    outputs: tuple[DataItem, ...] = ()


class DataAssociation(Element, frozen=True, kw_only=True):
    kind: Literal["input", "output"] = "input"
    sources: tuple[str, ...] = ()
    target: str = ""


ITEMS = {
    "dataObject": "data_object",
    "dataInput": "data_input",
    "dataOutput": "data_output",
    "inputDataItem": "input_item",
    "outputDataItem": "output_item",
}
STATE = one("state", "dataState")
ITEM = ref("item", "ignore")

SPECS = (
    Spec(tag=model("dataState")[0], type=DataState, attributes={"name": text("name")}),
    *(
        Spec(
            tag=model(tag)[0],
            type=DataItem,
            fixed=("kind", kind),
            attributes={"name": text("name"), "isCollection": flag("is_collection"), "itemSubjectRef": ITEM},
            children=(raw("auditing", "monitoring", "categoryValueRef"), STATE),
        )
        for tag, kind in ITEMS.items()
    ),
    Spec(
        tag=model("dataObjectReference")[0],
        type=DataObjectReference,
        needs_id=True,
        attributes={"name": text("name"), "dataObjectRef": ref("data_object"), "itemSubjectRef": ITEM},
        children=(raw("auditing", "monitoring", "categoryValueRef"), STATE),
    ),
    Spec(
        tag=model("dataStore")[0],
        type=DataStore,
        needs_id=True,
        attributes={
            "name": text("name"),
            "capacity": whole("capacity"),
            "isUnlimited": flag("is_unlimited"),
            "itemSubjectRef": ITEM,
        },
        children=(STATE,),
    ),
    Spec(
        tag=model("dataStoreReference")[0],
        type=DataStoreReference,
        needs_id=True,
        attributes={"name": text("name"), "dataStoreRef": ref("data_store"), "itemSubjectRef": ITEM},
        children=(raw("auditing", "monitoring", "categoryValueRef"), STATE),
    ),
    Spec(
        tag=model("ioSpecification")[0],
        type=InputOutput,
        children=(many("inputs", "dataInput"), many("outputs", "dataOutput"), raw("inputSet", "outputSet")),
    ),
    *(
        Spec(
            tag=model(tag)[0],
            type=DataAssociation,
            fixed=("kind", kind),
            children=(
                refs("sources", "sourceRef", "ignore"),
                Child(field="target", tags=model("targetRef"), how="ref", missing="ignore"),
                raw("transformation", "assignment"),
            ),
        )
        for tag, kind in {"dataInputAssociation": "input", "dataOutputAssociation": "output"}.items()
    ),
)
