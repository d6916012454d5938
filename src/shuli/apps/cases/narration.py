"""What happened to a case beside its visits, as sentences for its timeline: one for each kind of event.

An event that the timeline tells in another way (a visit's line, the diagram, a count), or that only machinery needs,
stands in SILENT; a test holds the two tables against the engine's events.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from shuli.apps.cases import presentation, store, wording
from shuli.apps.cases.models import Event
from shuli.apps.cases.people import Names
from shuli.apps.catalogue.decisions import shown
from shuli.core.bpmn.graph import ProcessGraph
from shuli.core.engine import events as e
from shuli.core.engine.commands import SYSTEM
from shuli.kit.components.values import Step


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One event that the timeline tells."""

    event: Any
    actor: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Teller:
    """What the sentences may use: names of people and of nodes."""

    names: Names
    graph: ProcessGraph
    nodes: Mapping[int, str]  # of visits, by number
    documents: Mapping[str, str] = field(default_factory=dict)  # names by key

    def node(self, visit: int) -> str:
        return presentation.node_name(self.graph, self.nodes.get(visit, ""))

    def people(self, usernames: Iterable[str]) -> str:
        return _(", ").join(self.names.short(name) for name in usernames)


@dataclass(frozen=True, kw_only=True)
class Told:
    """A line of the timeline: what happened, and what was said about it."""

    words: str
    text: str = ""
    icon: str = "info-circle"


Narrator = Callable[[Teller, Any], Told]


def _transferred(teller: Teller, event: e.TaskTransferred) -> Told:
    words = _("“%(node)s” handed over to %(person)s")
    return Told(
        words=words % {"node": teller.node(event.visit), "person": teller.names.short(event.person)},
        text=event.reason,
        icon="user-share",
    )


def _accepted(teller: Teller, event: e.TaskAccepted) -> Told:
    return Told(words=_("“%(node)s” accepted") % {"node": teller.node(event.visit)}, icon="check")


def _declined(teller: Teller, event: e.TaskDeclined) -> Told:
    words = _("“%(node)s” declined and given back")
    return Told(words=words % {"node": teller.node(event.visit)}, text=event.reason, icon="arrow-back-up")


def _substitute(teller: Teller, event: e.SubstituteSet) -> Told:
    params = {"node": teller.node(event.visit), "person": teller.names.short(event.person or "")}
    words = (
        _("%(person)s may act for the holder of “%(node)s”")
        if event.person
        else _("Nobody stands in at “%(node)s” any more")
    )
    return Told(words=words % params, icon="users")


SIGNED = {
    "before": lambda: _("%(people)s asked for their opinion before “%(node)s” is decided"),
    "after": lambda: _("%(people)s asked to sign after “%(node)s”"),
    "beside": lambda: _("%(people)s asked to sign “%(node)s” too"),
}


def _signers(teller: Teller, event: e.SignersAdded) -> Told:
    people = teller.people(seat.holder or "" for seat in event.seats)
    words = SIGNED[event.position]() % {"people": people, "node": teller.node(event.visit)}
    return Told(words=words, text=event.reason, icon="user-plus")


def _delegated(teller: Teller, event: e.TaskDelegated) -> Told:
    words = _("“%(node)s” delegated to %(person)s")
    params = {"node": teller.node(event.visit), "person": teller.names.short(event.child.holder or "")}
    return Told(words=words % params, text=event.reason, icon="user-check")


def _removed(teller: Teller, event: e.SeatRemoved) -> Told:
    return Told(
        words=_("A signer of “%(node)s” is no longer needed") % {"node": teller.node(event.visit)},
        text=wording.reason_words(event.reason),
        icon="x",
    )


def _urged(teller: Teller, event: e.TaskUrged) -> Told:
    return Told(
        words=_("“%(node)s” urged") % {"node": teller.node(event.visit)}, text=event.text, icon="bell-ringing"
    )


def _carried(teller: Teller, event: e.VotesCarried) -> Told:
    words = _("The other votes of the round before count again at “%(node)s”")
    return Told(words=words % {"node": teller.node(event.visit)}, icon="history")


RULES = {
    "same_person": lambda: _("the same person has just decided"),
    "starter_performs": lambda: _("it would be the starter's own decision"),
    "nobody": lambda: _("nobody was found to do it"),
    "overdue": lambda: _("it is overdue"),
}


def _automatic(teller: Teller, event: e.DecidedAutomatically) -> Told:
    name = presentation.node_name(teller.graph, event.node)
    words = AUTOMATIC.get(event.outcome, AUTOMATIC["pass"])()
    person = teller.names.short(event.person or "")
    return Told(
        words=words % {"node": name, "person": person}, text=RULES[event.rule](), icon="player-skip-forward"
    )


AUTOMATIC = {
    "skip": lambda: _("“%(node)s” skipped by its rule"),
    "pass": lambda: _("“%(node)s” passed by its rule"),
    "reject": lambda: _("“%(node)s” rejected by its rule"),
    "transfer": lambda: _("“%(node)s” given to %(person)s by its rule"),
    "jump": lambda: _("“%(node)s” left by its rule"),
    "superior": lambda: _("“%(node)s” given to %(person)s by its rule"),
    "head": lambda: _("“%(node)s” given to %(person)s by its rule"),
    "person": lambda: _("“%(node)s” given to %(person)s by its rule"),
}


def _took_back(teller: Teller, event: e.TookBack) -> Told:
    words = _("%(person)s took the decision of “%(node)s” back")
    params = {
        "person": teller.names.short(event.person),
        "node": presentation.node_name(teller.graph, event.node),
    }
    return Told(words=words % params, text=event.reason, icon="arrow-back-up")


def _activity_started(teller: Teller, event: e.ActivityStarted) -> Told:
    params = {
        "node": presentation.node_name(teller.graph, event.node),
        "part": presentation.node_name(teller.graph, event.part),
    }
    return Told(words=_("“%(node)s” of “%(part)s” started") % params, icon="player-play")


def _part_finished(teller: Teller, event: e.PartFinished) -> Told:
    part = presentation.node_name(teller.graph, event.part)
    return Told(words=_("“%(part)s” declared complete") % {"part": part}, icon="checklist")


def _jumped(teller: Teller, event: e.Jumped) -> Told:
    words = _("Moved from “%(node)s” to “%(to)s” by the administrator")
    params = {
        "node": presentation.node_name(teller.graph, event.node),
        "to": presentation.node_name(teller.graph, event.to),
    }
    skipped = _("; ").join(
        _("violation: “%(document)s” of “%(node)s” was left out")
        % {
            "document": teller.documents.get(one.document, one.document),
            "node": presentation.node_name(teller.graph, one.node),
        }
        for one in event.skipped
    )
    return Told(words=words % params, text=" · ".join(filter(None, [event.reason, skipped])), icon="route")


def _branch_carried(teller: Teller, event: e.BranchCarried) -> Told:
    names = _(", ").join(presentation.node_name(teller.graph, node) for node in event.nodes)
    return Told(
        words=_("Not done again, for nothing it reads has changed: %(nodes)s") % {"nodes": names},
        icon="history",
    )


def _corrected(_teller: Teller, event: e.VariablesCorrected) -> Told:
    changes = _("; ").join(
        f"{name}: {event.former.get(name)} → {value}" for name, value in event.values.items()
    )
    return Told(
        words=_("Values corrected"), text=" · ".join(filter(None, [event.reason, changes])), icon="edit"
    )


def _reopened(teller: Teller, event: e.CaseReopened) -> Told:
    words = _("Reopened at “%(node)s”") % {"node": presentation.node_name(teller.graph, event.to)}
    return Told(words=words, text=event.reason, icon="refresh")


def _migrated(_teller: Teller, event: e.Migrated) -> Told:
    return Told(words=_("Moved to another version of the process"), text=event.reason, icon="versions")


def _suspended(_teller: Teller, event: e.CaseSuspended) -> Told:
    return Told(words=_("Suspended"), text=event.reason, icon="player-pause")


def _resumed(_teller: Teller, _event: e.CaseResumed) -> Told:
    return Told(words=_("Resumed"), icon="player-play")


def _ended(_teller: Teller, event: e.CaseEnded) -> Told:
    words = _("The case has ended: %(status)s") % {"status": wording.STATUSES.get(event.status, event.status)}
    return Told(words=words, text=wording.reason_words(event.reason), icon="flag")


def _incident(teller: Teller, event: e.IncidentRaised) -> Told:
    params = {**event.params, "node": presentation.node_name(teller.graph, event.node)}
    sentence = wording.incident(event.code, params)
    return Told(words=_("The case stopped"), text=sentence, icon="alert-circle")


def _decided(_teller: Teller, event: e.DecisionMade) -> Told:
    found = shown.record_words({**event.by, "decision": event.decision, "version": event.version})
    words = _("Decided by “%(decision)s”") % {"decision": found[0] if found else event.decision}
    return Told(words=words, text=" · ".join(found[1:]) if found else "", icon="table")


def _mended(_teller: Teller, _event: e.IncidentResolved) -> Told:
    return Told(words=_("What stopped the case was mended"), icon="tool")


def _escalated(teller: Teller, event: e.Escalated) -> Told:
    words = _("“%(node)s” escalated to %(people)s")
    params = {"node": teller.node(event.visit), "people": teller.people(event.people)}
    return Told(words=words % params, icon="arrows-transfer-up")


def _informed(teller: Teller, event: e.Informed) -> Told:
    words = _("Copy sent to %(people)s") if event.by else _("Informed: %(people)s")
    people = teller.people(event.people) or _(", ").join(
        teller.names.label(pool.partition(":")[2]) for pool in event.pools
    )
    return Told(words=words % {"people": people}, text=event.text, icon="send")


def _returned_out(_teller: Teller, event: e.ReturnedOut) -> Told:
    return Told(words=_("Returned to the calling case"), text=event.reason, icon="arrow-back-up")


NARRATORS: Mapping[type[e.Event], Narrator] = {
    e.TaskTransferred: _transferred,
    e.TaskAccepted: _accepted,
    e.TaskDeclined: _declined,
    e.SubstituteSet: _substitute,
    e.SignersAdded: _signers,
    e.TaskDelegated: _delegated,
    e.SeatRemoved: _removed,
    e.TaskUrged: _urged,
    e.VotesCarried: _carried,
    e.DecidedAutomatically: _automatic,
    e.TookBack: _took_back,
    e.ActivityStarted: _activity_started,
    e.PartFinished: _part_finished,
    e.Jumped: _jumped,
    e.BranchCarried: _branch_carried,
    e.VariablesCorrected: _corrected,
    e.CaseReopened: _reopened,
    e.Migrated: _migrated,
    e.CaseSuspended: _suspended,
    e.CaseResumed: _resumed,
    e.CaseEnded: _ended,
    e.IncidentRaised: _incident,
    e.IncidentResolved: _mended,
    e.DecisionMade: _decided,
    e.Escalated: _escalated,
    e.Informed: _informed,
    e.ReturnedOut: _returned_out,
}

# What a token did, what waits and what a clock did is the diagram's and the visits' to tell.
SILENT = frozenset(
    {
        "CaseStarted", "VariablesSet", "CustodianSet", "TokenCreated", "TokenMoved", "TokenJoining", "TokensForked", "TokensJoined", "TrailMerged",
        "TokenConsumed", "ScopeOpened", "InstanceFinished", "ScopeClosed", "VisitOpened", "SeatOpened", "TaskClaimed",
        "TaskReleased", "SeatDecided", "OpinionsLeft", "VisitClosed", "CaseReturned", "BranchKept",
        "BranchesForgotten", "MadeIrreversible", "TimerSet", "TimerFired", "TimerCancelled", "WentOverdue",
        "ReminderRaised", "BranchesLeftBehind", "UndoStarted", "UndoableKept", "UndoableHandedUp", "ServiceRequested", "ServiceClosed", "SignalThrown", "EscalationThrown", "Subscribed", "Unsubscribed", "MessageThrown", "ChildRequested", "ChildClosed",
        "CommandHeld", "DueMoved",
    }
)  # fmt: skip


def happenings(case_id: int) -> list[Happening]:
    """Return what the timeline tells beside the visits, oldest first."""
    types = [kind.__name__ for kind in NARRATORS]
    rows = Event.objects.filter(case_id=case_id, type__in=types).order_by("seq")
    return [Happening(event=store.decode_event(row.payload), actor=row.actor, at=row.at) for row in rows]


def people_in(found: Iterable[Happening]) -> list[str]:
    """Return everybody whom the happenings name, so that all names are asked for at once."""
    names: list[str] = []
    for one in found:
        names.append(one.actor)
        for value in (getattr(one.event, name, None) for name in ("person", "former", "back_to")):
            names += [value] if isinstance(value, str) else []
        names += list(getattr(one.event, "people", ()))
        names += [seat.holder or "" for seat in getattr(one.event, "seats", ())]
        if isinstance(one.event, e.TaskDelegated):
            names.append(one.event.child.holder or "")
    return names


def steps(found: Iterable[Happening], teller: Teller) -> list[Step]:
    """Return the happenings as lines of the timeline."""
    return [_step(one, NARRATORS[type(one.event)](teller, one.event), teller) for one in found]


def _step(one: Happening, told: Told, teller: Teller) -> Step:
    who = "" if one.actor == SYSTEM else teller.names.full(one.actor)
    return Step(name=told.words, state="note", who=who, at=one.at, text=told.text, icon=told.icon)
