"""What nodes cost each time, as their models say, where SQL finds it."""

from shuli.apps.catalogue import queries as catalogue
from shuli.apps.monitoring.models import NodeCost

CENTS = 100
NOTHING = "-"  # the one row of a version whose nodes say no cost, so that it is not asked again


def learn_versions() -> None:
    """Read the costs of versions that are not known yet."""
    known = NodeCost.objects.values_list("version_id", flat=True).distinct()
    for pk in catalogue.version_keys().difference(known):
        nodes = catalogue.graph(pk).nodes.values()
        found = [
            NodeCost(version_id=pk, node=node.id, cents=round(node.duty.cost * CENTS))
            for node in nodes
            if node.duty.cost
        ]
        NodeCost.objects.bulk_create(
            found or [NodeCost(version_id=pk, node=NOTHING, cents=0)], ignore_conflicts=True
        )
