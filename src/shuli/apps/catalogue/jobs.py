"""Work by the clock."""

import logging

from shuli.apps.catalogue.handbook import editions
from shuli.apps.documents.paper.fonts import NoFontError
from shuli.kit import jobs

logger = logging.getLogger(__name__)


@jobs.every(hours=1)
def archive_handbooks() -> None:
    """Keep the handbooks of versions that have come into force since the last time."""
    try:
        editions.archive_versions_in_force()
    except NoFontError as error:
        logger.warning("no handbook archived", extra={"reason": str(error)})
