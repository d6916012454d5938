"""The symbols of the handbook beside the signs of BPMN that stand for them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, kw_only=True)
class Symbol:
    name: str | Promise
    bpmn: str | Promise
    # class of bpmn-js's own sign
    sign: str


SYMBOLS = (
    Symbol(name=_("Action"), bpmn=_("task"), sign="bpmn-icon-user-task"),
    Symbol(name=_("Preparation (start)"), bpmn=_("start event"), sign="bpmn-icon-start-event-none"),
    Symbol(name=_("Sub-process"), bpmn=_("call activity"), sign="bpmn-icon-call-activity"),
    Symbol(name=_("Filing"), bpmn=_("data store"), sign="bpmn-icon-data-store"),
    Symbol(name=_("Yes / no"), bpmn=_("names of conditional flows"), sign="bpmn-icon-conditional-flow"),
    Symbol(name=_("Single file or form"), bpmn=_("data object"), sign="bpmn-icon-data-object"),
    Symbol(name=_("Several files or forms"), bpmn=_("data object, as a collection"), sign="bpmn-icon-data-object"),
    Symbol(name=_("Judgement or decision"), bpmn=_("exclusive gateway"), sign="bpmn-icon-gateway-xor"),
    Symbol(name=_("Logical line"), bpmn=_("sequence flow"), sign="bpmn-icon-connection"),
    Symbol(name=_("Connector of pages"), bpmn=_("link event"), sign="bpmn-icon-intermediate-event-throw-link"),
    Symbol(name=_("Or"), bpmn=_("inclusive or exclusive gateway"), sign="bpmn-icon-gateway-or"),
    Symbol(name=_("Contact"), bpmn=_("message flow or association"), sign="bpmn-icon-connection-multi"),
    Symbol(name=_("End of the process"), bpmn=_("end event"), sign="bpmn-icon-end-event-none"),
)  # fmt: skip
KEYS = (
    (_("Undo, redo"), "Ctrl Z · Ctrl Y"),
    (_("Copy, paste"), "Ctrl C · Ctrl V"),
    (_("Choose everything"), "Ctrl A"),
    (_("Find an element"), "Ctrl F"),
    (_("Zoom"), "Ctrl + · Ctrl −"),
    (_("Whole diagram"), "Ctrl 0"),
    (_("Move what is chosen"), "← ↑ ↓ →"),
    (_("Edit the name"), "E"),
    (_("Next, previous element"), "] · ["),
    (_("To the panel"), "F6"),
    (_("Save now"), "Ctrl S"),
    (_("Hand, frame, space, line"), "H · L · S · C"),
)  # fmt: skip


def legend() -> dict[str, object]:
    return {"symbols": SYMBOLS, "keys": KEYS}
