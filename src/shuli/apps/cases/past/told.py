"""Messages of a past that was played: nobody is written to about what is long over."""

from datetime import datetime

from shuli.apps.cases.models import Notification


def forget_before(moment: datetime) -> None:
    """Drop what people were told before a moment; the lists begin with what they may still want to read."""
    Notification.objects.filter(at__lt=moment).delete()
