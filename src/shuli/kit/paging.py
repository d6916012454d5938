"""Pages of lists that may be very long: nobody counts a million rows to show twenty-five."""

from functools import cached_property
from typing import Any, cast

from django.core.paginator import Paginator
from django.db.models import QuerySet

MOST = 10_000  # rows that are counted and paged; who looks for more narrows the list


class LongList(Paginator):  # type: ignore[type-arg]  # Django's own takes no argument when it runs
    """A Paginator that counts MOST rows at most, and says where there are more."""

    @cached_property
    def _counted(self) -> int:
        rows = cast("QuerySet[Any]", self.object_list)
        return rows.order_by()[: MOST + 1].count()

    @cached_property
    def count(self) -> int:
        """Return how many rows there are, MOST at most."""
        return min(MOST, self._counted)

    @property
    def is_cut(self) -> bool:
        return self._counted > MOST

    @property
    def total(self) -> str:
        """Return how many rows there are, as a page says it."""
        return f"{MOST}+" if self.is_cut else str(self.count)
