"""What nodes cost each time and which of them decide, as their models say, where SQL finds it."""

from shuli.apps.catalogue import queries as catalogue
from shuli.apps.monitoring.models import NodeFact

CENTS = 100
NOTHING = "-"  # the one row of a version whose nodes say nothing of this, so that it is not asked again


def learn_versions() -> None:
    """Read the facts of versions that are not known yet."""
    known = NodeFact.objects.values_list("version_id", flat=True).distinct()
    for pk in catalogue.version_keys().difference(known):
        found = [
            NodeFact(
                version_id=pk,
                node=node.id,
                cents=round((node.duty.cost or 0) * CENTS),
                is_approval=node.duty.is_judgement,
            )
            for node in catalogue.graph(pk).nodes.values()
            if node.duty.cost or node.duty.is_judgement
        ]
        NodeFact.objects.bulk_create(
            found or [NodeFact(version_id=pk, node=NOTHING, cents=0)], ignore_conflicts=True
        )
