"""What monitoring adds to every page: its entry in the navigation."""

from django.utils.translation import gettext_lazy

from shuli.apps.cases import wording
from shuli.apps.directory import saved_views
from shuli.apps.monitoring import openings
from shuli.apps.monitoring.alerting import words as alerting
from shuli.apps.monitoring.appraisal import shell as appraisal
from shuli.apps.monitoring.auditing import shell as auditing
from shuli.apps.monitoring.goals import shell as goals_shell
from shuli.apps.monitoring.goals import words as goals
from shuli.apps.monitoring.knowledge import words as knowledge
from shuli.apps.monitoring.own import wording as own
from shuli.apps.monitoring.remedies import shell as remedies_shell
from shuli.apps.monitoring.remedies import words as remedies
from shuli.apps.monitoring.reporting import words as reporting
from shuli.apps.monitoring.sources import words as sources
from shuli.apps.monitoring.survey import words as survey
from shuli.kit import navigation
from shuli.kit.errors import register_sentences


def connect() -> None:
    """Put the entry into the navigation; called once when the app is ready."""
    auditing.connect()
    appraisal.connect()
    goals_shell.connect()
    remedies_shell.connect()
    register_sentences(knowledge.REFUSALS)
    for words in (alerting, goals, remedies, reporting, sources, survey):
        wording.OTHERS.update(words.NOTICES)
        register_sentences(words.REFUSALS)
    register_sentences(own.REFUSALS)
    saved_views.may_be_kept("monitoring:company", openings.company)
    saved_views.may_be_kept("monitoring:process", openings.process)
    saved_views.may_be_kept("monitoring:department", openings.department)
    saved_views.may_be_kept("monitoring:mine", openings.mine)
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
