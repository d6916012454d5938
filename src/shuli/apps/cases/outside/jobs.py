"""Work between cases and the outside that runs after the commit or by the clock."""

from shuli.apps.cases.outside import dispatching, messages, serving
from shuli.kit import jobs, limits


@jobs.job
def pass_on_message(message: int) -> None:
    messages.pass_on(message)


@jobs.job
def look_for_messages(case: int, subscription: int) -> None:
    messages.look_for(case, subscription)


@jobs.every(minutes=1)
def expire_messages() -> None:
    """Let go of messages for which nobody came."""
    while messages.expire() == limits.PAGE_ROWS:
        pass


@jobs.job
def serve_call(case: int, call: int) -> None:
    serving.serve(case, call)


@jobs.every(seconds=15)
def serve_due_calls() -> None:
    serving.serve_due()


@jobs.job
def send_dispatch(dispatch: int) -> None:
    dispatching.send(dispatch)


@jobs.every(seconds=15)
def send_due_dispatches() -> None:
    dispatching.send_due()
