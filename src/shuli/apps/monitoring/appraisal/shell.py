"""What the appraisal adds to other rooms: P-APPRAISAL begins with its scorecards."""

from shuli.apps.monitoring.appraisal import reckoning, wording
from shuli.kit.errors import register_sentences


def connect() -> None:
    """Called once when the app is ready."""
    reckoning.connect()
    register_sentences(wording.REFUSALS)
