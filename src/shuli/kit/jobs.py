"""Work for later, in the caller's transaction: nothing is announced that is not committed.

A thin layer over procrastinate, so that apps name neither its app object nor its connector.
"""

from collections.abc import Callable
from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

RETRY = RetryStrategy(max_attempts=8, exponential_wait=3)

Function = Callable[..., None]
PERIODIC: dict[str, Function] = {}


def _name(function: Function) -> str:
    return f"{function.__module__}.{function.__qualname__}"


def job(function: Function) -> Function:
    """Register a function as a job; a failing one is tried again with growing pauses."""
    app.task(name=_name(function), retry=RETRY)(function)
    return function


def every(*, seconds: int = 0, hours: int = 0) -> Callable[[Function], Function]:
    """Register a function that runs by the clock, once for all workers together."""

    def register(function: Function) -> Function:
        name = _name(function)
        cron = (
            f"*/{seconds} * * * * *" if seconds else f"0 0 */{hours} * * *" if hours < 24 else "0 15 0 * * *"
        )

        def run(timestamp: int) -> None:  # noqa: ARG001  procrastinate passes when it was due
            function()

        task = app.task(name=name, queueing_lock=name, pass_context=False)(run)
        app.periodic(cron=cron)(task)
        PERIODIC[name] = function
        return function

    return register


def later(name: str, **arguments: Any) -> None:
    """Ask for a job to be run after the present transaction commits."""
    app.configure_task(name).defer(**arguments)


def run_jobs() -> None:
    """Run what is waiting, here and now; for tests and for a server without a worker."""
    app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
