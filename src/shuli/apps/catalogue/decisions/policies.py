"""What the hit policies of a table are called and do, in the words of people who know spreadsheets."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from shuli.core.feel.dmn import HitPolicy

POLICIES: dict[str, tuple[str | Promise, str | Promise]] = {
    "UNIQUE": (gettext_lazy("Only one row fits"), gettext_lazy("No two rows may fit the same values. The one that fits decides.")),
    "FIRST": (gettext_lazy("The first row that fits"), gettext_lazy("Rows are read from the top; the first that fits decides. The order of the rows matters.")),
    "PRIORITY": (gettext_lazy("The most important result"), gettext_lazy("Of all rows that fit, the result that stands first among the allowed values decides.")),
    "ANY": (gettext_lazy("Any row, they agree"), gettext_lazy("Several rows may fit, but they must give the same result.")),
    "COLLECT": (gettext_lazy("All results together"), gettext_lazy("All rows that fit give their results as a list; they can be added up or counted.")),
    "RULE ORDER": (gettext_lazy("All results, by row"), gettext_lazy("All rows that fit give their results as a list, in the order of the rows.")),
    "OUTPUT ORDER": (gettext_lazy("All results, by importance"), gettext_lazy("All rows that fit give their results as a list, in the order of the allowed values.")),
}  # fmt: skip
AGGREGATIONS: dict[str, str | Promise] = {
    "": gettext_lazy("as a list"),
    "SUM": gettext_lazy("added up"),
    "COUNT": gettext_lazy("counted"),
    "MIN": gettext_lazy("the smallest"),
    "MAX": gettext_lazy("the largest"),
}


def policy_words(policy: str, aggregation: str = "") -> dict[str, Any]:
    """Return what a hit policy is called and what it does."""
    name, what = POLICIES[policy]
    short = f"{name} ({AGGREGATIONS[aggregation]})" if aggregation else str(name)
    return {"name": short, "what": str(what), "code": policy}


def policies_view() -> list[dict[str, str]]:
    return [
        {"code": one.value, "name": str(POLICIES[one.value][0]), "what": str(POLICIES[one.value][1])}
        for one in HitPolicy
    ]
