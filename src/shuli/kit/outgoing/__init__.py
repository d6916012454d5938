"""Calls to addresses that people entered: checked, pinned to the address that was checked, without redirects, with limits."""

from shuli.kit.outgoing.addresses import Refusal, Target, check
from shuli.kit.outgoing.calling import Answer, Call, Failure, call

__all__ = ["Answer", "Call", "Failure", "Refusal", "Target", "call", "check"]
