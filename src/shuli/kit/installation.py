"""What this installation is: nobody's yet, a real company's, or the example company's."""

from django.db import IntegrityError, transaction

from shuli.kit.models import Installation

REAL, DEMO = Installation.Kind.REAL, Installation.Kind.DEMO


def kind() -> str | None:
    """Return "real", "demo", or None while it is nobody's."""
    return Installation.objects.values_list("kind", flat=True).first()


def claim(wanted: str) -> bool:
    """Make this installation what is wanted; return False when it is something already.

    Of several claims at once the first to commit wins: the others wait for it at the one row.
    """
    try:
        with transaction.atomic():
            Installation.objects.create(pk=1, kind=wanted)
    except IntegrityError:
        return False
    return True
