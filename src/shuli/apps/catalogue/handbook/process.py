"""The handbook of one process, of any of its versions."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from shuli.apps.catalogue import presentation, queries
from shuli.apps.catalogue.decisions import queries as decisions
from shuli.apps.catalogue.handbook import words as w
from shuli.apps.catalogue.handbook.assessment import assessment_grid
from shuli.apps.catalogue.handbook.chart import chart_blocks, is_upright
from shuli.apps.catalogue.handbook.content import Handbook
from shuli.apps.catalogue.handbook.description import description_grid
from shuli.apps.catalogue.handbook.diagram import diagram_blocks
from shuli.apps.catalogue.handbook.forms import form_blocks
from shuli.apps.catalogue.handbook.responsibilities import responsibility_blocks
from shuli.apps.catalogue.handbook.sipoc import sipoc_grid
from shuli.apps.catalogue.handbook.steps import step_blocks
from shuli.apps.catalogue.models import Process, ProcessVersion
from shuli.apps.directory import queries as directory
from shuli.apps.documents.paper import Block, Chapter, Code, Column, Fact, Facts, Grid, Paper, Words
from shuli.apps.documents.paper.content import Language, cell, fact, facts
from shuli.core.bpmn.graph import ProcessGraph
from shuli.kit.components.moments import form_date
from shuli.kit.components.words import joined

DJANGO_LANGUAGES = {"zh": "zh-hans", "en": "en"}
# What was never in force is no edition of anything.
PUBLISHED = ("coming", "published", "transition", "retired")


def process_handbook(version_id: int, language: Language) -> Handbook:
    """Return the handbook of a version in a language."""
    with override(DJANGO_LANGUAGES[language]):
        version = queries.version(version_id)
        return Handbook(
            kind="process", key=version.process.key, version=version.number, paper=_paper(version, language)
        )


def _paper(version: ProcessVersion, language: Language) -> Paper:
    process, graph = version.process, queries.graph(version.pk)
    title = presentation.words(process.names)
    return Paper(
        language=language,
        company=directory.company_name(),
        kind=_("Process handbook"),
        title=title,
        summary=presentation.words(process.goals),
        head=" · ".join([process.code or process.key, title, f"v{version.number}"]),
        cover=_cover(process, version),
        revisions_title=_("Revision history"),
        revisions=_revisions(process),
        contents_title=_("Contents"),
        code=Code(url=w.address("catalogue:handbook", process.key), words=_("Scan for the valid edition")),
        chapters=tuple(_chapters(process, version, graph)),
    )


def _cover(process: Process, version: ProcessVersion) -> Facts:
    author = directory.display_names([version.author]) if version.author else _("the library")
    return facts(
        fact(pgettext("process", "Code"), process.code or process.key),
        fact(_("Version"), f"v{version.number}"),
        fact(_("Prepared by"), joined([text for text in (_department(process), author) if text])),
        fact(_("Approved by"), directory.display_names([version.approver]) if version.approver else ""),
        fact(_("Published on"), _day(version.published_at)),
        fact(_("Effective from"), _day(version.effective_at)),
        fact(_("Process owner"), presentation.holders(process.owner_post)),
        fact(_("Supervisor"), presentation.holders(process.supervisor_post)),
        fact(_("Confidentiality"), _("Internal")),
        fact(_("Printed copy kept at"), version.paper_place),
    )


def _department(process: Process) -> str:
    return presentation.department(f'"{process.department}"') if process.department else ""


def _day(moment: datetime | None) -> str:
    return str(form_date(moment)) if moment else ""


def _revisions(process: Process) -> Grid:
    """Return what became of the process, the newest version first."""
    columns = (
        Column(title=_("Version"), width=0.8),
        Column(title=_("Published on"), width=1.4),
        Column(title=_("Effective from"), width=1.4),
        Column(title=_("What changed"), width=4),
        Column(title=_("Revised by"), width=1.3),
        Column(title=_("Approved by"), width=1.3),
    )
    rows = [_revision(row) for row in process.versions.filter(status__in=PUBLISHED).order_by("-pk")]
    return Grid(columns=columns, rows=tuple(rows))


def _revision(version: ProcessVersion) -> tuple:  # type: ignore[type-arg]
    first = _("First edition") if version.number == "1.0" else _("Not said")
    return (
        w.centred(f"v{version.number}"),
        w.centred(_day(version.published_at)),
        w.centred(_day(version.effective_at)),
        cell(version.summary or first),
        w.centred(directory.display_names([version.author]) if version.author else _("the library")),
        w.centred(directory.display_names([version.approver]) if version.approver else ""),
    )


def _chapters(process: Process, version: ProcessVersion, graph: ProcessGraph) -> Iterator[Chapter]:
    pk = version.pk
    yield Chapter(key="scope", title=_("Purpose and scope"), blocks=(_scope(process, graph),))
    yield Chapter(key="diagram", title=_("Process diagram"), blocks=diagram_blocks(pk), is_wide=True)
    yield Chapter(
        key="chart", title=_("Cross-functional chart"), blocks=chart_blocks(pk), is_wide=not is_upright(pk)
    )
    yield Chapter(
        key="description", title=_("Description table"), blocks=(description_grid(pk, graph),), is_wide=True
    )
    yield Chapter(key="steps", title=_("Operating steps"), blocks=tuple(step_blocks(pk, graph)))
    yield Chapter(
        key="responsibilities",
        title=pgettext("handbook", "Responsibilities"),
        blocks=tuple(responsibility_blocks(pk, graph)),
        is_wide=True,
    )
    yield Chapter(key="sipoc", title="SIPOC", blocks=(sipoc_grid(pk, graph, process.starters),), is_wide=True)
    yield Chapter(key="forms", title=_("Forms"), blocks=tuple(form_blocks(pk, graph)))
    yield Chapter(key="assessment", title=_("Assessment standard"), blocks=tuple(_assessment(process, graph)))


def _assessment(process: Process, graph: ProcessGraph) -> Iterator[Block]:
    if presentation.words(process.goals):
        yield Words(text=_("The whole process: %(goal)s") % {"goal": presentation.words(process.goals)})
    yield assessment_grid(graph)


def _scope(process: Process, graph: ProcessGraph) -> Facts:
    domain = presentation.words(process.domains)
    called = [node.call.process for node in graph.nodes.values() if node.call]
    names = queries.names()
    return facts(
        fact(_("Goal"), presentation.words(process.goals)),
        fact(
            _("Place in the map"),
            joined([text for text in (str(process.get_category_display()), domain, process.level) if text]),
        ),
        fact(_("Started by"), _starters(process)),
        *_ends(graph),
        fact(pgettext("process", "Departments"), joined(_departments(graph))),
        fact(
            _("Calls"),
            joined(
                [presentation.words(names[key]) if key in names else key for key in dict.fromkeys(called)]
            ),
        ),
        fact(
            _("Decision tables"),
            joined([presentation.words(row.names) for row in decisions.decisions(process.key)]),
        ),
        fact(_("Follows"), *[_regulation(row) for row in process.regulations]),
    )


def _starters(process: Process) -> str:
    names = directory.labels(presentation.language())
    pools = [names.get(pool.partition(":")[2], pool) for pool in process.starters]
    return joined(pools) or _("Everybody in the company")


def _ends(graph: ProcessGraph) -> Iterator[Fact]:
    starts = [presentation.words(graph.nodes[name].name) for name in graph.starts]
    ends = [
        presentation.words(node.name)
        for node in graph.nodes.values()
        if node.kind == "end_event" and not node.scope
    ]
    yield fact(_("From"), joined(list(dict.fromkeys(filter(None, starts)))))
    yield fact(_("Ends with"), joined(list(dict.fromkeys(filter(None, ends)))))


def _departments(graph: ProcessGraph) -> list[str]:
    return list(dict.fromkeys(filter(None, (presentation.words(lane.name) for lane in graph.lanes))))


def _regulation(row: dict[str, str]) -> str:
    return directory.in_language(row.get("zh", ""), row.get("en", ""), presentation.language())
