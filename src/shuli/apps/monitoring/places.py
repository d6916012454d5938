"""Processes and their steps as one list to choose from, and who answers for a place."""

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shuli.apps.catalogue import queries as catalogue
from shuli.apps.catalogue.register.rights import may_keep
from shuli.apps.directory import queries as directory
from shuli.apps.monitoring.measuring import Where

AT = "/"  # between a process and its step
STEPS = frozenset({"user_task", "manual_task", "task", "service_task", "business_rule_task", "call_activity"})
Choices = Sequence[tuple[str, "str | Promise | Sequence[tuple[str, str]]"]]


def place_choices(keys: Iterable[str], nothing: str) -> Choices:
    """Return these processes, each with its steps below it; their values are for `place_of`."""
    language = get_language() or "zh"
    names = catalogue.names()
    found: list[tuple[str, str | Promise | Sequence[tuple[str, str]]]] = [("", nothing)]
    for key in keys:
        version = next(iter(catalogue.version_numbers(key)), None)
        if key not in names or version is None:
            continue
        nodes = catalogue.graph(version[0]).nodes.items()
        steps = [
            (f"{key}{AT}{node}", one.name.in_language(language) or node)
            for node, one in nodes
            if one.kind in STEPS
        ]
        name = names[key].in_language(language)
        found.append((name, [(key, _("All of %(process)s") % {"process": name}), *steps]))
    return found


def place_of(chosen: str, department: str) -> Where:
    """Return the place that was chosen."""
    process, _at, node = chosen.partition(AT)
    return Where(process=process, node=node, department=department)


def chosen_of(where: Where) -> str:
    return f"{where.process}{AT}{where.node}" if where.node else where.process


def is_known(where: Where) -> bool:
    """Say whether there is such a process, step and department."""
    if where.department and not directory.department_exists(where.department):
        return False
    if where.node and (not where.process or catalogue.node_in_force(where.process, where.node) is None):
        return False
    return not where.process or catalogue.process(where.process) is not None


def owns(person: str, where: Where) -> bool:
    """Say whether a place is somebody's: its process owner's, its department's head's, else the process office's."""
    return (
        (bool(where.process) and where.process in catalogue.owned_keys(person))
        or (bool(where.department) and where.department in directory.departments_led(person))
        or may_keep(person)
    )


def oversees(person: str, where: Where) -> bool:
    """Say whether somebody owns a place, or supervises its process."""
    supervised = bool(where.process) and where.process in catalogue.supervised_keys(person)
    return supervised or owns(person, where)


def action_url(person: str, source: str, key: int, where: Where) -> str:
    """Return where somebody records an action for what was found at a place that they oversee; "" for others."""
    if not oversees(person, where):
        return ""
    return f"{reverse('monitoring:remedy_new')}?{urlencode({'source': source, 'key': key})}"


def action_url_of_figure(person: str, indicator: str, where: Where) -> str:
    """Return where somebody records an action for a figure of a place that they oversee; "" for others."""
    if not (where.process or where.department) or not oversees(person, where):
        return ""
    place = {
        "indicator": indicator,
        "process": where.process,
        "node": where.node,
        "department": where.department,
    }
    named = {name: value for name, value in place.items() if value}
    return f"{reverse('monitoring:remedy_new')}?{urlencode(named)}"


def owned_processes(person: str) -> list[str]:
    """Return the processes that somebody may choose: all for the process office, of a head those of the departments."""
    if may_keep(person) or directory.departments_led(person):
        return [key for key, _name in catalogue.choices()]
    return list(dict.fromkeys(catalogue.owned_keys(person)))
