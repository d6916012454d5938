"""Who keeps the register."""

from shuli.apps.catalogue import queries
from shuli.apps.catalogue.models import OperatingRule, Process
from shuli.apps.catalogue.studio.queries import own_posts
from shuli.apps.directory import operations as directory
from shuli.apps.directory import queries as people

OFFICE = "group:process-office"  # 流程管理办公室: its members keep the register beside the administrators


def may_keep(person: str) -> bool:
    """Say whether somebody keeps the whole register: the process office and administrators."""
    return OFFICE in people.pools_of(person) or directory.may_administer(person)


def may_register(person: str) -> bool:
    """Say whether somebody may enter a process: whoever keeps the register, and process owners one of their own."""
    return may_keep(person) or bool(own_posts(person))


def posts_to_give(person: str) -> list[str] | None:
    """Return the posts that may own what somebody enters; None: any, or none yet."""
    return None if may_keep(person) else own_posts(person)


def may_edit(process: Process, person: str) -> bool:
    """Say whether somebody may edit an entry: its process owner, and whoever keeps the register."""
    return process.key in queries.owned_keys(person) or may_keep(person)


def may_edit_rule(rule: OperatingRule, person: str) -> bool:
    owns = rule.process is not None and rule.process.key in queries.owned_keys(person)
    return owns or may_keep(person)


def may_review_rule(rule: OperatingRule, person: str) -> bool:
    """Say whether somebody may hold a rule against what is done: whoever may edit it, and the process's supervisor."""
    supervises = rule.process is not None and rule.process.key in queries.supervised_keys(person)
    return supervises or may_edit_rule(rule, person)
