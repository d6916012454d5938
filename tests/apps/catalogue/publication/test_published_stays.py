"""A published version can never be altered, not even past the program."""

import pytest
from django.db import IntegrityError, transaction

from shuli.apps.catalogue.models import DecisionVersion, ProcessVersion


@pytest.fixture
def version(company):
    return ProcessVersion.objects.get(process__key="P-COMPLAINT", status="published")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("bpmn", "<x/>"),
        ("forms", {}),
        ("documents", {"a": {}}),
        ("number", "9.9"),
        ("digest", "0"),
        ("effective_at", None),
        ("published_at", None),
        ("approver", "somebody"),
        ("compliance_note", "later"),
        ("status", "draft"),
    ],
)
def test_what_is_published_never_changes(version, field, value):
    rows = ProcessVersion.objects.filter(pk=version.pk)

    with pytest.raises(IntegrityError, match="stay as it is"), transaction.atomic():
        rows.update(**{field: value})

    assert getattr(rows.get(), field) == getattr(version, field)


def test_what_is_published_is_not_removed(version):
    with pytest.raises(IntegrityError, match="stay as it is"), transaction.atomic():
        ProcessVersion.objects.filter(pk=version.pk)._raw_delete("default")

    assert ProcessVersion.objects.filter(pk=version.pk).exists()


def test_what_follows_upon_publication_may_still_be_written(version):
    rows = ProcessVersion.objects.filter(pk=version.pk)

    assert rows.update(status="retired", paper_place="档案室 3 柜", buffer=2) == 1


def test_a_published_decision_never_changes(company):
    row = DecisionVersion.objects.first()

    with pytest.raises(IntegrityError, match="stay as it is"), transaction.atomic():
        DecisionVersion.objects.filter(pk=row.pk).update(dmn="")

    assert DecisionVersion.objects.get(pk=row.pk).dmn == row.dmn
