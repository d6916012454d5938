"""Nobody decides on their own request: not as a substitute, not because somebody handed it to them."""

from shuli.core.engine.marking import Seat
from shuli.core.engine.plan import Place
from shuli.core.engine.run import Run
from shuli.core.engine.world import Refused


def refuse_own_request(run: Run, place: Place, seat: Seat, person: str | None) -> Refused | None:
    """Return the refusal where a person would decide on their own request through somebody else's seat."""
    if person is None or person != run.marking.starter or not is_judgement(place, seat):
        return None
    return Refused(code="own_request", params={"who": person})


def is_judgement(place: Place, seat: Seat) -> bool:
    """Say whether the seat approves or rejects, and does not only work or advise."""
    return seat.role in ("vote", "after") or (seat.role == "lead" and place.is_judgement)
