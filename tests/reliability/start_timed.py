"""Start cases whose timer is due at once in the installation that DATABASE_URL names; print their ids.

Run in a process of its own, because the tests' process knows another database.
"""

import json
import sys

import django


def main(number):
    django.setup()
    from reliability.playing import worked_on
    from shuli.apps.directory import queries as directory

    members = directory.members("department:service")
    starter = next(name for name in members if name != directory.head("service"))
    cases = [worked_on({"starter": starter}, "P-TIMED").case_id for _ in range(number)]
    sys.stdout.write("\n" + json.dumps({"cases": cases}) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
