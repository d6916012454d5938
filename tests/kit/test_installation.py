"""An installation becomes one thing, once."""

import threading

import pytest
from django.db import connections

from shuli.kit import installation


@pytest.mark.django_db
def test_a_new_installation_is_nobodys():
    assert installation.kind() is None


@pytest.mark.django_db
def test_the_first_claim_decides():
    assert installation.claim(installation.DEMO)

    assert not installation.claim(installation.REAL)
    assert installation.kind() == "demo"


@pytest.mark.django_db(transaction=True)
def test_of_fifty_claims_at_once_one_wins():
    won, start = [], threading.Barrier(50)

    def claim():
        start.wait()
        won.append(installation.claim(installation.REAL))
        connections.close_all()

    threads = [threading.Thread(target=claim) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert won.count(True) == 1
    assert won.count(False) == 49
