"""Carry new source strings into the Chinese translation files and say what is still missing.

Needs a checkout. Exit status 1 when a string is missing, left over, fuzzy, has other placeholders
than its source, or means different things in two apps.
"""

from argparse import ArgumentParser, Namespace

from shuli.server import translations

NEEDS_DATA = False


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="only look, write nothing")
    parser.add_argument(
        "--compile", action="store_true", help="only write the .mo files that the program reads"
    )
    parser.add_argument("app", nargs="*", help="kit or the name of an app; all when missing")


def run(asked: Namespace) -> int:
    if asked.compile:
        print(f"{translations.compile_all()} translation files compiled.")
        return 0
    found = []
    for room in translations.rooms():
        if not asked.app or room.name in asked.app:
            if not asked.check:
                translations.update(room)
            found += translations.gaps(room)
    found += translations.conflicts(translations.rooms())
    for gap in found:
        print(f"{gap.app}: {gap.kind}: {gap.text!r}")
    print(f"{len(found)} gaps.")
    return 1 if found else 0
