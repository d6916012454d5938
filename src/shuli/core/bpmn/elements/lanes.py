"""Lanes: which department or role each node belongs to."""

from shuli.core.bpmn.elements.base import Element, Spec, many, model, one, raw, ref, refs, text


class Lane(Element, frozen=True, kw_only=True):
    name: str = ""
    partition: str = ""
    nodes: tuple[str, ...] = ()
    inner: "LaneSet | None" = None


class LaneSet(Element, frozen=True, kw_only=True):
    name: str = ""
    lanes: tuple[Lane, ...] = ()


SPECS = (
    Spec(
        tag=model("lane")[0],
        type=Lane,
        needs_id=True,
        attributes={"name": text("name"), "partitionElementRef": ref("partition", "ignore")},
        children=(
            raw("partitionElement"),
            refs("nodes", "flowNodeRef"),
            one("inner", "childLaneSet"),
        ),
    ),
    *(
        Spec(tag=tag, type=LaneSet, attributes={"name": text("name")}, children=(many("lanes", "lane"),))
        for tag in model("laneSet", "childLaneSet")
    ),
)
