"""Functions that service tasks may name, registered by the company's own Python modules (SHULI_FUNCTIONS).

    from shuli.apps.cases.outside.functions import ServiceFailure, service

    @service("credit_limit")
    def credit_limit(variables):
        if variables["customer"] not in LIMITS:
            return ServiceFailure(code="unknown_customer")
        return {"limit": LIMITS[variables["customer"]]}

One that a task runs within its step must be quick and must not touch anything outside: it may be run again. One that a
task runs `later` is a job after the step; it gets the case's number of the call in `idempotency_key`.
"""

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module

from django.conf import settings

from shuli.core.engine import ServiceFailure
from shuli.core.engine.world import Service

__all__ = ["ServiceFailure", "registered", "service"]

_functions: dict[str, Service] = {}


def service(name: str) -> Callable[[Service], Service]:
    """Register a function under the name by which service tasks call it; of two, the later one counts."""

    def register(function: Service) -> Service:
        _functions[name] = function
        return function

    return register


def registered() -> dict[str, Service]:
    """Return the functions by name; the operator's modules are loaded at the first call."""
    _load(tuple(settings.SHULI_FUNCTIONS))
    return _functions


@lru_cache(maxsize=8)
def _load(modules: tuple[str, ...]) -> None:
    for module in modules:
        import_module(module)
