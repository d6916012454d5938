"""An own indicator of purchases, and what its job counts."""

import random

import pytest

from apps.cases.conftest import MONDAY
from apps.monitoring.conftest import play
from shuli.apps.monitoring.own import counting, operations
from shuli.apps.monitoring.own.models import OwnIndicator
from shuli.kit import clock

FACTS = {
    "name": "等待", "name_en": "Waiting", "grain": "visit", "source": "waiting", "together": "mean", "unit": "hours",
    "better": "down", "target": None, "frequency": "month",
}  # fmt: skip


@pytest.fixture
def played(people):
    return play(people, MONDAY, cases=5, chance=random.Random(7))


@pytest.fixture
def define(people, played):
    """Return what defines an indicator of purchases, and counts it to the first case."""

    def defining(row=None, **facts):
        with clock.frozen(played):
            made = operations.save(people["owner"], "P-PURCHASE", row, {**FACTS, **facts})
            counting.count_all()
        return OwnIndicator.objects.get(pk=made.pk)

    return defining
