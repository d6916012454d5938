"""The web server's process: granian around Django."""

import os
import sys

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from shuli.kit import limits
from shuli.server.processes import end_with_parent

LOG = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "shuli.kit.log_lines.JsonLine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {name: {"handlers": ["console"], "level": "ERROR"} for name in ("_granian", "granian.access")},
}


def run(host: str, port: int, workers: int) -> None:
    """Serve until SIGTERM, then let running requests finish."""
    # workers are children of this process: they look whether it lives
    os.environ["SHULI_PARENT"] = str(os.getpid())
    Granian(
        "shuli.server.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=limits.REQUESTS_AT_ONCE,
        backlog=1024,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=limits.DRAIN_SECONDS,
        websockets=False,
        log_level=LogLevels.error,
        log_dictconfig=LOG,
    ).serve()


if __name__ == "__main__":
    end_with_parent()
    run(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
