"""The ad-hoc sub-processes that run in a case: what people can start in each now, and whether they may say it is done."""

from collections.abc import Iterator

from msgspec import Struct

from shuli.core.bpmn.graph import ProcessGraph
from shuli.core.engine.elements import ELEMENTS
from shuli.core.engine.elements import ad_hoc_sub_process as ad_hoc
from shuli.core.engine.marking import Marking
from shuli.core.engine.plan import Place, plan_of
from shuli.core.engine.run import Run
from shuli.core.engine.verbs.ad_hoc import part, startable
from shuli.core.engine.world import Refused, World


class OpenPart(Struct, frozen=True, kw_only=True):
    """One running ad-hoc sub-process, at which a token stands."""

    token: int
    node: str
    startable: tuple[str, ...]
    may_finish: bool  # no condition says when it is complete, and nothing that must be waited for runs
    lead: str | None  # the department that leads it


def open_parts(graph: ProcessGraph, marking: Marking, world: World) -> tuple[OpenPart, ...]:
    """Return the ad-hoc sub-processes that run now, in the order in which they were reached."""
    run = Run(plan_of(graph, ELEMENTS), marking, world, "")
    return tuple(_open_parts(run))


def _open_parts(run: Run) -> Iterator[OpenPart]:
    for number in sorted(run.marking.tokens):
        found = part(run, number)
        if isinstance(found, Refused):
            continue
        token, place = found
        if not any(scope.token == number for scope in run.marking.scopes.values()):
            continue  # an incident keeps it from beginning
        lead = run.value(place.node.duty.lead, token.scope) if place.node.duty.lead else None
        yield OpenPart(
            token=number,
            node=place.id,
            startable=startable(run, token, place),
            may_finish=_may_finish(place, has_running=bool(ad_hoc.running(run, token))),
            lead=lead if isinstance(lead, str) else None,
        )


def _may_finish(place: Place, *, has_running: bool) -> bool:
    rule = place.node.ad_hoc
    if rule is None:
        return True
    return rule.completion is None and (rule.cancels_remaining or not has_running)
