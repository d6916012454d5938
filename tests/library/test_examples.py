"""The worked examples of handbook 0: whole like the library, and only in the example company."""

import json
from importlib import resources

import pytest

from core.bpmn.layout.rules import drawing_of, lines_on_one_another, names_that_touch
from library.running import Running, member
from library.test_packages import texts
from server.play.tables import table_of
from shuli.apps.catalogue.models import Process, ProcessVersion
from shuli.apps.directory import queries as directory
from shuli.core.bpmn import check, compile_process, read_bpmn
from shuli.core.bpmn.layout import lay_out
from shuli.core.bpmn.layout.quality import crossings
from shuli.core.forms import answer_keys, read_form
from shuli.core.worktime import WorkingDays
from shuli.kit import icons
from shuli.server.play.automatic import Player

ROOT = resources.files("shuli.library") / "company" / "processes"
EXAMPLES = pytest.mark.parametrize("place", ["X-618/1", "X-LAUNCH/1", "X-LAUNCH/2"])


def package(place):
    folder = ROOT / place
    forms = {
        file.name.removesuffix(".json"): read_form(json.loads(file.read_text(encoding="utf-8"))).form
        for file in (folder / "forms").iterdir()
    }
    return read_bpmn((folder / "process.bpmn").read_bytes()).document, forms


@EXAMPLES
def test_an_example_checks_without_a_finding_and_is_drawn_clean(place):
    document, forms = package(place)
    drawing = drawing_of(document)

    assert check(document, forms={key: answer_keys(form) for key, form in forms.items()}) == ()
    assert lay_out(document) == document
    assert (crossings(drawing), list(names_that_touch(drawing)), list(lines_on_one_another(drawing))) == (
        [],
        [],
        [],
    )


@EXAMPLES
def test_an_example_speaks_both_languages_and_plays_to_each_of_its_ends(place):
    document, forms = package(place)
    graph = compile_process(document).graph

    said = [*texts(graph), *(text for form in forms.values() for text in texts(form))]
    assert [text for text in said if bool(text.zh.strip()) != bool(text.en.strip())] == []
    sessions = [table_of(graph, seed=seed).session for seed in range(12)]
    assert {Player(session).play(300).how for session in sessions} == {"ended"}
    reached = {getattr(event, "node", None) for session in sessions for event in session.events}
    assert {node.id for node in graph.nodes.values() if node.kind == "end_event"} <= reached


@pytest.fixture
def examples(company):
    from shuli.apps.catalogue.operations import install_examples

    assert [one for one in install_examples() if one.is_refused] == []


@EXAMPLES
def test_the_icon_of_an_example_is_one_that_pages_can_draw(place):
    facts = json.loads((ROOT / place / "process.json").read_text(encoding="utf-8"))

    assert facts["icon"] in icons.names()


def test_only_the_example_company_has_them(company):
    assert not Process.objects.filter(key__startswith="X-").exists()


def test_they_are_loaded_once(examples):
    from shuli.apps.catalogue.operations import install_examples

    assert install_examples() == []
    assert ProcessVersion.objects.filter(process__key="X-LAUNCH").count() == 2


@pytest.mark.accepts("H0-52")
def test_the_approval_that_went_from_desk_to_desk_goes_to_all_at_once(examples):
    old, new = (compile_process(package(f"X-LAUNCH/{number}")[0]).graph for number in (1, 2))
    case = Running.start("X-LAUNCH", member("department:marketing"), requirement_title="T4 净水机").do("R")

    assert case.open == ["A_finance", "A_legal", "A_tech"]
    assert {new.nodes[node].duty.limits for node in case.open} == {(WorkingDays(amount=3),)}
    assert [flow.target for flow in old.nodes["G_tech"].outgoing if flow.is_default] == ["A_legal"]
    for name in ("tech", "legal", "finance"):
        case.do(f"A_{name}", **{f"{name}_result": "pass"})
    assert case.case.status == "approved"


@pytest.mark.accepts("H0-17")
def test_marketing_leads_the_promotion_with_four_departments_at_the_same_time(examples):
    case = Running.start(
        "X-618", member("department:marketing"), promotion_title="618 大促", promotion_on="2027-06-18"
    )

    case.do("P1")

    assert {one.department for one in case.tasks()} == {"tech", "operations", "logistics", "service"}
    for node in ("T1", "O1", "L1", "C1"):
        case.do(node)
    assert case.task("P2").holder == directory.head("marketing")
