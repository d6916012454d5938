"""The handbook of a department or of a post: what is theirs to do in all processes in force."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from shuli.apps.catalogue import presentation, queries
from shuli.apps.catalogue.handbook import duties
from shuli.apps.catalogue.handbook import words as w
from shuli.apps.catalogue.handbook.content import Handbook
from shuli.apps.catalogue.handbook.description import said
from shuli.apps.catalogue.handbook.duties import Share
from shuli.apps.catalogue.handbook.process import DJANGO_LANGUAGES
from shuli.apps.catalogue.handbook.responsibilities import legend
from shuli.apps.directory import queries as directory
from shuli.apps.documents.paper import Block, Cell, Chapter, Code, Column, Facts, Grid, Heading, Paper, Words
from shuli.apps.documents.paper.content import Language, cell, fact, facts, line
from shuli.kit.components.words import joined, table_name

Row = tuple[Cell, ...]


def department_handbook(code: str, language: Language) -> Handbook:
    """Return what a department does in all processes."""
    with override(DJANGO_LANGUAGES[language]):
        unit = directory.departments()[code]
        cover = facts(
            fact(_("Department"), unit.display_name()),
            fact(_("Head"), _people([unit.head])),
            fact(_("Liaison"), _people([unit.liaison])),
            fact(_("Executive in charge"), _people([unit.executive])),
            fact(_("Processes"), joined(_process_names(duties.of_department(code)))),
        )
        url = w.address("catalogue:gathered", "department", code)
        paper = _paper(
            language, _("Department handbook"), unit.display_name(), cover, url, duties.of_department(code)
        )
        return Handbook(kind="department", key=code, version="", paper=paper)


def post_handbook(code: str, language: Language) -> Handbook:
    """Return what whoever holds a post does in all processes."""
    with override(DJANGO_LANGUAGES[language]):
        post = directory.posts()[code]
        standing = duties.of_post(code)
        cover = facts(
            fact(_("Post held"), post.display_name()),
            fact(_("Department"), presentation.department(f'"{post.department}"') if post.department else ""),
            fact(_("Held by"), _people(directory.members(f"post:{code}"))),
            fact(_("Processes"), joined(_process_names(standing))),
        )
        url = w.address("catalogue:gathered", "post", code)
        paper = _paper(language, _("Post handbook"), post.display_name(), cover, url, standing)
        return Handbook(kind="post", key=code, version="", paper=paper)


def _people(names: Iterable[str | None]) -> str:
    return directory.display_names([name for name in names if name])


def _process_names(standing: duties.Standing) -> list[str]:
    versions = dict.fromkeys(share.version for share in duties.shares(standing))
    return [presentation.words(queries.version(pk).process.names) for pk in versions]


def _paper(
    language: Language, kind: str, title: str, cover: Facts, url: str, standing: duties.Standing
) -> Paper:
    found = list(duties.shares(standing))
    return Paper(
        language=language,
        company=directory.company_name(),
        kind=kind,
        title=title,
        head=title,
        cover=cover,
        contents_title=_("Contents"),
        code=Code(url=url, words=_("Scan for the valid edition")),
        chapters=(
            Chapter(key="duties", title=_("List of duties"), blocks=_overview(found), is_wide=True),
            *_process_chapters(found),
        ),
    )


def _overview(found: list[Share]) -> tuple[Block, ...]:
    if not found:
        return (Words(text=_("No process in force gives them anything to do.")),)
    return (Words(text=legend(), look="quiet"), duties_grid(found))


def duties_grid(found: list[Share]) -> Grid:
    """Return the list of duties (职责清单) over all processes."""
    columns = (
        Column(title=_("Process"), width=1.6),
        Column(title=_("Step"), width=2),
        Column(title=_("Part"), width=0.8),
        Column(title=_("Limit"), width=1.5),
        Column(title=_("Standard"), width=3.6),
    )
    rows: list[Row] = []
    for pk, shares in groupby(found, key=lambda share: share.version):
        group = list(shares)
        rows += [(cell(_titled(pk), rows=len(group), look="mark"), *_duty(group[0])), *map(_duty, group[1:])]
    return Grid(columns=columns, rows=tuple(rows))


def _titled(version_id: int) -> str:
    version = queries.version(version_id)
    return f"{presentation.words(version.process.names)} v{version.number}"


def _duty(share: Share) -> Row:
    node = queries.graph(share.version).nodes[share.node]
    return (
        cell(w.titled(node)),
        w.centred(part_words(share)),
        w.centred(w.limits(node)),
        cell(presentation.words(node.duty.standard)),
    )


def part_words(share: Share) -> str:
    """Return somebody's part in a step; what depends on the case and what is told only late is said so."""
    plain = [part for part in share.parts if not part.late]
    words = w.letters(plain) or _("I, when overdue")
    return _("%(part)s, if the case names the department") % {"part": words} if share.by_case else words


def _process_chapters(found: list[Share]) -> Iterator[Chapter]:
    for pk, shares in groupby(found, key=lambda share: share.version):
        mine = [share for share in shares if any(part.letter != "I" for part in share.parts)]
        if mine:
            yield Chapter(
                key=queries.version(pk).process.key.lower(),
                title=_titled(pk),
                blocks=tuple(_chapter(pk, mine)),
                is_wide=True,
            )


def _chapter(pk: int, shares: list[Share]) -> Iterator[Block]:
    process = queries.version(pk).process
    graph = queries.graph(pk)
    yield facts(
        fact(_("Goal"), presentation.words(process.goals)),
        fact(_("Process owner"), presentation.holders(process.owner_post)),
    )
    yield Heading(text=_("Operating steps"))
    columns = (
        Column(title=_("Step"), width=1.6),
        Column(title=_("Part"), width=0.8),
        Column(title=_("Procedure, key point and standard"), width=4),
        Column(title=_("Limit"), width=1.3),
        Column(title=_("Form"), width=1.3),
        Column(title=pgettext("handbook", "Documents"), width=1.7),
    )
    yield Grid(columns=columns, rows=tuple(_step(pk, share) for share in shares), is_small=True)
    url = w.address("catalogue:handbook", graph.key)
    yield Code(url=url, words=_("The handbook of the whole process"))


def _step(pk: int, share: Share) -> Row:
    node = queries.graph(pk).nodes[share.node]
    duty, form = node.duty, queries.forms(pk).get(node.duty.form or "")
    made = [output.document for output in duty.outputs]
    form_words = (
        " ".join(filter(None, [presentation.words(form.title), table_name(form.table)])) if form else ""
    )
    return (
        cell(w.titled(node), look="strong"),
        w.centred(part_words(share)),
        cell(
            *said(_("Procedure: "), presentation.words(duty.instruction)),
            *said(_("Key point: "), presentation.words(duty.key_point)),
            *said(_("Standard: "), presentation.words(duty.standard)),
        ),
        w.centred(w.limits(node)),
        cell(line(form_words)) if form_words else cell(),
        cell(*w.documents(pk, [*duty.inputs, *made])),
    )
