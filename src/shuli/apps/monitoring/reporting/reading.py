"""Who reads which reports, who subscribes, and who says what an outlier is."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone
from msgspec import Struct

from shuli.apps.catalogue import queries as catalogue
from shuli.apps.catalogue.register.rights import may_keep
from shuli.apps.monitoring.alerting import exceptions
from shuli.apps.monitoring.indicators import INDICATORS
from shuli.apps.monitoring.periods import Period, last_periods, period_of
from shuli.apps.monitoring.reporting import series
from shuli.apps.monitoring.reporting.models import OutlierMark, Report, ReportPlan
from shuli.core.figures import outliers
from shuli.kit import clock
from shuli.kit.errors import Denied, Refusal

WEEKS = 26  # the last six months (H1-03)


def may_read(person: str, plan: ReportPlan) -> bool:
    """Say whether somebody reads a report: whoever oversees its process; the company's, the process office and subscribers."""
    if person in plan.subscribers or may_keep(person):
        return True
    return bool(plan.process_key) and plan.process_key in catalogue.overseen_keys(person)


def plans_for(person: str) -> QuerySet[ReportPlan]:
    if may_keep(person):
        return ReportPlan.objects.all()
    mine = Q(process_key__in=catalogue.overseen_keys(person), process_key__gt="")
    return ReportPlan.objects.filter(mine | Q(subscribers__contains=[person]))


def reports_for(person: str) -> QuerySet[Report]:
    return Report.objects.select_related("plan").filter(plan__in=plans_for(person))


def report(person: str, key: int) -> Report | Refusal:
    row = Report.objects.select_related("plan").filter(pk=key).first()
    if row is None or not may_read(person, row.plan):
        return Refusal("no_such_report", status=404)
    return row


def subscribe(person: str, process: str, period: str, *, on: bool) -> ReportPlan | Refusal:
    """Begin or end to get a report; the first one who wants a report makes its plan."""
    is_overseer = process in catalogue.overseen_keys(person) if process else False
    if not (is_overseer or may_keep(person)):
        return Denied("no_such_report")
    if process and catalogue.process(process) is None:
        return Refusal("no_such_report", status=404)
    plan, _made = ReportPlan.objects.get_or_create(period=period, process_key=process)
    others = [one for one in plan.subscribers if one != person]
    plan.subscribers = [*others, person] if on else others
    plan.save(update_fields=["subscribers"])
    return plan


# Outliers ------------------------------------------------------------------------------------------------


class Found(Struct, frozen=True, kw_only=True):
    """A value that stands apart, of a week of a process."""

    indicator: str
    process: str
    period: Period
    value: float
    median: float


def outliers_of(processes: list[str]) -> Iterator[Found]:
    """Give the values of every indicator that stand apart, in the weeks of the last six months that are over."""
    today = timezone.localtime(clock.now()).date()
    weeks = last_periods("week", today, WEEKS + 1)[:-1]
    for process, sums in series.by_process(processes, weeks):
        for one in INDICATORS:
            if one.key in series.MIRRORS:
                continue
            values = [series.value_of(one, own) for own in sums]
            for found in outliers(values):
                yield Found(
                    indicator=one.key,
                    process=process,
                    period=weeks[found.at],
                    value=found.value,
                    median=found.median,
                )


def class_outlier(by: str, place: tuple[str, str, date], kind: str, note: str) -> OutlierMark | Refusal:
    """Say of an outlier that the process was so, or that the data is wrong; a process problem goes to the owner as a report."""
    indicator, process, first = place
    if process not in catalogue.overseen_keys(by):
        return Refusal("no_such_outlier", status=404)
    week = period_of("week", first)
    found = next(
        (one for one in outliers_of([process]) if one.indicator == indicator and one.period == week), None
    )
    if found is None or kind not in OutlierMark.Kind.values:
        return Refusal("no_such_outlier", status=404)
    row, _made = OutlierMark.objects.update_or_create(
        indicator=indicator,
        process_key=process,
        period="week",
        first=week.first,
        defaults={
            "kind": kind,
            "note": note.strip()[:500],
            "value": found.value,
            "by": by,
            "at": clock.now(),
        },
    )
    return row


def raise_issue(by: str, mark: OutlierMark, text: str) -> object:
    """Report an outlier that was classed to the process owner, as any exception."""
    kind = "data" if mark.kind == OutlierMark.Kind.DATA else "deviation"
    return exceptions.report(by, exceptions.Reported(process_key=mark.process_key, kind=kind, text=text))
