"""What monitoring adds to every page: its entry in the navigation."""

from django.utils.translation import gettext_lazy

from shuli.kit import navigation


def connect() -> None:
    """Put the entry into the navigation; called once when the app is ready."""
    navigation.add(
        navigation.Entry(
            key="monitor",
            label=gettext_lazy("Monitor"),
            icon="activity",
            url_name="monitoring:company",
            order=40,
            go="m",
        )
    )
