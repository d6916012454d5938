"""“My responsibilities”: what is one person's to do in all processes, step by step."""

from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from shuli.apps.catalogue import presentation, queries
from shuli.apps.catalogue.handbook import duties, receipts
from shuli.apps.catalogue.handbook import words as w
from shuli.apps.catalogue.handbook.duties import Share
from shuli.apps.catalogue.handbook.gathered import part_words
from shuli.apps.directory import queries as directory
from shuli.kit.components.moments import moment_within
from shuli.kit.components.values import Cell, Column, Pair, Table, TableRow


def mine_page(person: str) -> dict[str, Any]:
    """Return the page with one's duties by process, and whether they were read as they are."""
    found = list(duties.shares(duties.of_person(person)))
    digest, last = receipts.digest_of(person), receipts.latest(person)
    done = last is not None and last.digest == digest
    return {
        "title": _("My responsibilities"),
        "verdict": _verdict(found),
        "groups": [
            _group(pk, list(shares)) for pk, shares in groupby(found, key=lambda share: share.version)
        ],
        "digest": digest,
        "is_read": done,
        "read_line": _("Read %(moment)s") % {"moment": moment_within(last.at)} if last else "",
        "has_changed": last is not None and not done,
        "books": _books(person),
    }


def _verdict(found: list[Share]) -> str:
    letters = [{part.letter for part in share.parts} for share in found]
    params = {
        "does": sum("R" in one for one in letters),
        "answers": sum("A" in one for one in letters),
        "contributes": sum("C" in one for one in letters),
        "told": sum("I" in one for one in letters),
    }
    return (
        _(
            "You do %(does)s steps, answer for %(answers)s, contribute to %(contributes)s, are told of %(told)s."
        )
        % params
    )


def _group(pk: int, shares: list[Share]) -> dict[str, Any]:
    version = queries.version(pk)
    key = version.process.key
    return {
        "name": presentation.words(version.process.names),
        "version": f"v{version.number}",
        "url": reverse("catalogue:handbook", args=[key]),
        "id": key.lower(),
        "count": len(shares),
        "table": Table(
            columns=[
                Column(label=_("Step"), phone="first"),
                Column(label=_("Part"), phone="key"),
                Column(label=_("Limit"), phone="wide"),
                Column(label=_("Key point"), phone="wide"),
                Column(label=_("Standard"), phone="wide"),
            ],
            rows=[_row(key, share) for share in shares],
        ),
    }


def _row(key: str, share: Share) -> TableRow:
    node = queries.graph(share.version).nodes[share.node]
    url = reverse("catalogue:handbook", args=[key]) + f"#step-{node.id}"
    return TableRow(
        cells=[
            Cell(value=w.titled(node), url=url),
            part_words(share),
            w.limits(node),
            presentation.words(node.duty.key_point),
            presentation.words(node.duty.standard),
        ]
    )


def _books(person: str) -> list[Pair]:
    """Return the handbooks of one's departments and posts."""
    names = directory.labels(presentation.language())
    found: dict[str, list[str]] = {"department": [], "post": []}
    for pool in directory.pools_of(person):
        kind, _colon, code = pool.partition(":")
        if kind in found:
            found[kind].append(code)
    labels = {"department": _("Department handbook"), "post": _("Post handbook")}
    return [
        Pair(
            label=labels[kind],
            value=[
                (reverse("catalogue:gathered", args=[kind, code]), names.get(code, code)) for code in codes
            ],
        )
        for kind, codes in found.items()
        if codes
    ]
