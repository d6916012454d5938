"""Publish the test processes in the installation that DATABASE_URL names, and print a token for each person of a pool.

Run in a process of its own, because the tests' process knows another database.
"""

import json
import sys

import django


def main():
    django.setup()
    from reliability.processes import publish_all
    from shuli.apps.directory import queries as directory
    from shuli.kit import tokens

    publish_all()
    people = directory.members("department:service")
    sys.stdout.write(json.dumps({person: tokens.issue(person, "kills") for person in people}))


if __name__ == "__main__":
    main()
