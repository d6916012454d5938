"""What is read of bulk runs; each is shown to whoever began it."""

from dataclasses import dataclass

from django.db.models import Case as DbCase
from django.db.models import Count, IntegerField, QuerySet, Value, When

from shuli.apps.cases.models import BulkItem, BulkRun


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a run is."""

    total: int
    done: int
    refused: int
    failed: int
    waiting: int

    @property
    def gone_through(self) -> int:
        return self.total - self.waiting


def run_for(person: str, pk: int) -> BulkRun | None:
    return BulkRun.objects.filter(pk=pk, person=person).first()


def runs_of(person: str) -> QuerySet[BulkRun]:
    return BulkRun.objects.filter(person=person)


def progress(run: BulkRun) -> Progress:
    counts = dict(run.items.values_list("state").annotate(n=Count("pk")).order_by())
    return Progress(
        total=sum(counts.values()), **{state: counts.get(state, 0) for state in BulkItem.State.values}
    )


def items(run: BulkRun) -> QuerySet[BulkItem]:
    """Return the cases of a run, what did not work first."""
    order = ["failed", "refused", "waiting", "done"]
    rows = run.items.select_related("case")
    whens = [When(state=state, then=Value(place)) for place, state in enumerate(order)]
    return rows.annotate(place=DbCase(*whens, output_field=IntegerField())).order_by("place", "pk")
