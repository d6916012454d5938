"""The token game: commands in, events out.

`decide` says what a command leads to, `apply` is the only place where a marking changes, `replay` builds a marking from
its events.
"""

from shuli.core.engine.applying import apply, replay
from shuli.core.engine.approvals.taking_back import TakeBackTarget
from shuli.core.engine.approvals.votes import decide_votes
from shuli.core.engine.deciding import (
    decide,
    returnable,
    returnable_from_call,
    take_back_target,
    unsupported,
)
from shuli.core.engine.elements import ELEMENTS
from shuli.core.engine.invariants import check_invariants
from shuli.core.engine.marking import Marking
from shuli.core.engine.migrating import MigrationPreview, WaitingPlace, migrate, preview_migration
from shuli.core.engine.parts import OpenPart, open_parts
from shuli.core.engine.possible import possible_verbs
from shuli.core.engine.previews import JumpPreview, preview_jump
from shuli.core.engine.settling import STEP_LIMIT
from shuli.core.engine.world import Accepted, Answer, Assignment, Refused, ServiceFailure, World
from shuli.core.engine.world_double import FixedWorld

__all__ = [
    "ELEMENTS",
    "STEP_LIMIT",
    "Accepted",
    "Answer",
    "Assignment",
    "FixedWorld",
    "JumpPreview",
    "Marking",
    "MigrationPreview",
    "OpenPart",
    "Refused",
    "ServiceFailure",
    "TakeBackTarget",
    "WaitingPlace",
    "World",
    "apply",
    "check_invariants",
    "decide",
    "decide_votes",
    "migrate",
    "open_parts",
    "possible_verbs",
    "preview_jump",
    "preview_migration",
    "replay",
    "returnable",
    "returnable_from_call",
    "take_back_target",
    "unsupported",
]
