"""What the pages of publication show: a change on its way, a version with what it changed and who has read it."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shuli.apps.catalogue import presentation, queries
from shuli.apps.catalogue.models import Change, ProcessVersion, Reading
from shuli.apps.catalogue.publication import reading
from shuli.apps.catalogue.publication.comparing import comparison
from shuli.apps.catalogue.publication.history import named, span
from shuli.apps.catalogue.publication.operations import number_of
from shuli.apps.catalogue.publication.sides import side_of_change, side_of_version
from shuli.apps.catalogue.register import rights
from shuli.apps.directory import queries as directory
from shuli.kit.components.moments import form_date, long_moment, moment
from shuli.kit.components.values import Action, Cell, Column, Option, Pair, Table, TableRow
from shuli.kit.forms.shown import in_language

# A version ----------------------------------------------------------------------------------------------


def version_page(version: ProcessVersion, person: str, against: str) -> dict[str, Any]:
    """Return a version: its facts, what differs from the one before (or another), the notice and its receipts."""
    process = version.process
    others = [row for row in _others(version) if row.pk != version.pk]
    base = next((row for row in others if row.number == against), None) or _before(version, others)
    mine = reading.of_person(version, person)
    sees_readers = rights.may_edit(process, person)
    page: dict[str, Any] = {
        "process": process,
        "version": version,
        "name": in_language(process.names),
        "title": _("%(name)s, version %(number)s")
        % {"name": in_language(process.names), "number": version.number},
        "facts": [str(version.get_status_display()), span(version)],
        "verdict": version.summary,
        "pairs": _version_pairs(version),
        "notice": _notice_pairs(version),
        "mine": mine,
        "is_open": mine is not None and mine.read_at is None,
        "readers": _readers(reading.of_version(version)) if sees_readers else None,
        "read_line": _read_line(reading.of_version(version)) if sees_readers else "",
        "may_edit": sees_readers,
        "others": [
            Option(value=row.number, label=f"v{row.number}", is_chosen=base is not None and row.pk == base.pk)
            for row in others
        ],
        "actions": _version_actions(version, person),
    }
    return page | (comparison(side_of_version(base), side_of_version(version)) if base else {})


def _others(version: ProcessVersion) -> Sequence[ProcessVersion]:
    rows = ProcessVersion.objects.filter(process=version.process).exclude(status="draft")
    return list(rows.defer("bpmn", "forms", "documents").order_by("-pk"))


def _before(version: ProcessVersion, others: Sequence[ProcessVersion]) -> ProcessVersion | None:
    return next((row for row in others if row.pk < version.pk), None)


def _version_pairs(version: ProcessVersion) -> list[Pair]:
    parts = [
        (_("Published"), long_moment(version.published_at) if version.published_at else ""),
        (_("Effective from"), long_moment(version.effective_at) if version.effective_at else ""),
        (_("Replaced"), long_moment(version.replaced_at) if version.replaced_at else ""),
        (
            _("May be started until"),
            long_moment(version.transition_until) if version.transition_until else "",
        ),
        (_("Handed in by"), named(version.author)),
        (_("Approved by"), named(version.approver)),
        (_("Why"), version.reason),
        (_("Compliance"), _compliance(version)),
        (_("Paper copy"), version.paper_place),
    ]
    return [Pair(label=label, value=value) for label, value in parts if value]


def _compliance(row: ProcessVersion | Change) -> str:
    if not row.compliance_by or not row.compliance_at:
        return ""
    said = _("complies; checked by %(name)s, %(at)s") % {
        "name": named(row.compliance_by),
        "at": moment(row.compliance_at),
    }
    return f"{said} · {row.compliance_note}" if row.compliance_note else said


def _notice_pairs(version: ProcessVersion) -> list[Pair]:
    """Return the implementation notice (实施通知)."""
    if not version.author:
        return []
    days = version.transition_days
    transition = (
        ngettext(
            "The version before may still be started for %(n)s day.",
            "The version before may still be started for %(n)s days.",
            days,
        )
        % {"n": days}
        if days
        else _("The version before starts nothing from then on.")
    )
    parts = [
        (_("What changes"), version.summary),
        (_("Effective from"), long_moment(version.effective_at) if version.effective_at else ""),
        (_("Transition"), transition),
        (_("Running cases"), _("They are finished under their own version, or moved by the process owner.")),
        (_("Training"), version.training),
        (_("Contact"), named(version.author)),
        (_("Issued by"), named(version.approver)),
    ]
    return [Pair(label=label, value=value) for label, value in parts if value]


def _readers(rows: Sequence[Reading]) -> Table:
    cards = directory.people_by_username([row.person for row in rows])
    return Table(
        columns=[
            Column(label=_("Person"), phone="first"),
            Column(label=_("Department")),
            Column(label=_("Asked")),
            Column(label=_("Read"), phone="key"),
        ],
        rows=[
            TableRow(
                cells=[
                    cards[row.person].display_name() if row.person in cards else row.person,
                    cards[row.person].department_name() if row.person in cards else "",
                    moment(row.asked_at),
                    moment(row.read_at) if row.read_at else Cell(value=_("not yet")),
                ]
            )
            for row in rows
        ],
        caption=_("Receipts"),
    )


def _read_line(rows: Sequence[Reading]) -> str:
    done = sum(row.read_at is not None for row in rows)
    return _("%(done)s of %(all)s have read it") % {"done": done, "all": len(rows)}


def _version_actions(version: ProcessVersion, person: str) -> list[Action]:
    process, found = version.process, []
    if queries.is_startable(version) and queries.may_start(process.key, person):
        url = f"{reverse('cases:start', args=[process.key])}?version={version.number}"
        found.append(Action(label=_("Start by this version"), icon="circle-plus", url=url))
    file = reverse("catalogue:version_bpmn", args=[process.key, version.number])
    found.append(Action(label=_("BPMN file"), icon="download", url=file))
    if version.case_number:
        url = reverse("cases:case", args=[version.case_number])
        found.append(Action(label=_("How it was decided"), icon="folder", url=url))
    if rights.may_edit(process, person):
        found.append(Action(label=_("Paper copy"), icon="archive", opens="paper", is_rare=True))
    if process.key in queries.owned_keys(person):
        url = reverse("cases:migration", args=[process.key])
        found.append(Action(label=_("Move open cases"), icon="versions", url=url, is_rare=True))
    return found


# A change on its way ------------------------------------------------------------------------------------


def change_page(change: Change, person: str) -> dict[str, Any]:
    """Return a change as it was handed in, beside the version that it is held against."""
    process = change.process
    number = number_of(change)
    after = side_of_change(change, f"v{number}")
    page: dict[str, Any] = {
        "change": change,
        "process": process,
        "name": in_language(process.names),
        "title": _("%(name)s, change to version %(number)s")
        % {"name": in_language(process.names), "number": number},
        "verdict": change.summary,
        "facts": [str(change.get_state_display()), change.case_number],
        "pairs": _change_pairs(change),
        "may_hand_in": change.state == Change.State.RETURNED and change.person == person,
        "actions": _change_actions(change, person),
        "is_first": change.base is None,
    }
    return page | (comparison(side_of_version(change.base), after) if change.base else {})


def _change_pairs(change: Change) -> list[Pair]:
    units = directory.labels(presentation.language(), "department")
    join = _(", ").join
    parts = [
        (_("Why"), change.reason),
        (
            _("Effective date"),
            form_date(change.effective_on) if change.effective_on else _("as soon as it is approved"),
        ),
        (
            _("Transition"),
            ngettext("%(n)s day", "%(n)s days", change.transition_days) % {"n": change.transition_days},
        ),
        (_("Compliance"), _compliance(change)),
        (_("Trial run"), change.trial),
        (_("Training"), change.training),
        (_("Comments by the front line"), directory.display_names(change.front_line)),
        (_("Countersigned by"), join(units.get(code, code) for code in change.departments)),
        (_("To be read by"), join(units.get(code, code) for code in change.told)),
        (_("Handed in by"), f"{named(change.person)} · {moment(change.at)}"),
    ]
    return [Pair(label=label, value=value) for label, value in parts if value]


def _change_actions(change: Change, person: str) -> list[Action]:
    found = []
    if change.state == Change.State.RETURNED and change.person == person:
        url = reverse("catalogue:change_again", args=[change.pk])
        found.append(Action(label=_("Hand in again"), icon="send", is_primary=True, url=url))
    if change.case_number:
        url = reverse("cases:case", args=[change.case_number])
        found.append(Action(label=_("Its review"), icon="folder", url=url))
    if change.version is not None:
        url = reverse("catalogue:version", args=[change.process.key, change.version.number])
        found.append(Action(label=_("The version"), icon="versions", url=url))
    return found


def to_read(person: str) -> list[dict[str, Any]]:
    """Return what somebody still has to read of new versions, for My work."""
    return [
        {
            "title": _("%(name)s, version %(number)s: please read what changes")
            % {"name": in_language(row.version.process.names), "number": row.version.number},
            "detail": row.version.summary,
            "at": row.asked_at,
            "url": reverse("catalogue:version", args=[row.version.process.key, row.version.number]),
        }
        for row in reading.open_for(person)
    ]
