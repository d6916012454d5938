"""As a worker at a later moment: fire what is due in the database that DATABASE_URL names, and say how many that were."""

import sys
from datetime import datetime

import django


def main():
    django.setup()
    from shuli.apps.cases import timers
    from shuli.kit import clock

    sys.stdin.readline()  # all workers begin at one moment
    fired = 0
    with clock.frozen(datetime.fromisoformat(sys.argv[1])):
        while here := timers.fire_due():
            fired += here
    sys.stdout.write(f"{fired}\n")


if __name__ == "__main__":
    main()
