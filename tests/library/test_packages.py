"""Each process that ships is whole: it reads, checks and compiles, and everything that it names is there."""

import re
from itertools import combinations, pairwise
from pathlib import Path

import msgspec
import pytest

from core.bpmn.layout.rules import drawing_of, hosts_in, lines_on_one_another, names_that_touch, stretches
from library.shipped import (
    DEPARTMENTS,
    KEYS,
    document,
    facts,
    folder,
    forms,
    graph,
    people_nodes,
    raw_forms,
    reading,
)
from shuli.core.bpmn import check, compile_process, draw_svg, localize
from shuli.core.bpmn.document import shapes_of, walk
from shuli.core.bpmn.elements import FlowNode, SequenceFlow
from shuli.core.bpmn.extension import name_of
from shuli.core.bpmn.layout import lay_out
from shuli.core.bpmn.layout.quality import crossings
from shuli.core.engine import unsupported
from shuli.core.forms import answer_keys, fields_of, read_form
from shuli.core.text import Text
from shuli.core.worktime import Repeat

pytestmark = pytest.mark.parametrize("key", KEYS)

# More crossings than these would be a step back; the remaining ones lie between loops that enclose one another.
MOST_CROSSINGS = {"P-COMPLAINT": 1, "P-NEW": 1}
# So many wordings are looked at, so that an empty search cannot pass.
FEWEST_WORDINGS = {"P-COMPLAINT": 500, "P-NEW": 500, "P-QUALITY": 500}
FEWEST_WORDINGS_ELSEWHERE = 100


def texts(value):
    """Yield every wording in a value, wherever it stands."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            yield from texts(getattr(value, field))
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from texts(item)


def test_the_model_reads_and_compiles_without_a_finding(key):
    assert reading(key).findings == ()
    assert compile_process(document(key)).findings == ()


def test_the_linter_has_nothing_to_say(key):
    fields = {name: answer_keys(form) for name, form in forms(key).items()}

    assert check(document(key), forms=fields) == ()


def test_the_engine_runs_every_element(key):
    assert unsupported(graph(key)) == ()


def test_every_form_reads_without_a_finding(key):
    for name, raw in raw_forms(key).items():
        assert read_form(raw).findings == (), name
        assert raw["key"] == name


def test_every_wording_is_in_both_languages(key):
    found = [*texts(graph(key)), *(text for form in forms(key).values() for text in texts(form))]

    halves = [text for text in found if bool(text.zh.strip()) != bool(text.en.strip())]
    assert len(found) > FEWEST_WORDINGS.get(key, FEWEST_WORDINGS_ELSEWHERE)
    assert halves == []


def test_no_wording_mixes_the_languages(key):
    wordings = [*texts(graph(key)), *(text for form in forms(key).values() for text in texts(form))]

    assert [text.en for text in wordings if re.search(r"[\u3000-\u9fff\uff00-\uffef]", text.en)] == []
    chinese = [text.zh for text in wordings if re.search(r"[\u4e00-\u9fff]", text.zh)]
    assert [text for text in chinese if re.search(r"[!！你]|[\u4e00-\u9fff][,;:?]", text)] == []


def test_every_name_in_the_picture_is_in_both_languages(key):
    named = [one for one in walk(document(key).definitions) if isinstance(one, FlowNode | SequenceFlow)]

    for element in named:
        name = name_of(element)
        assert bool(name.zh) == bool(name.en), element.id


def test_the_manifest_tells_the_process_in_both_languages(key):
    manifest = facts(key)

    assert manifest["key"] == graph(key).key == key
    for name in ("name", "action", "domain", "purpose"):
        assert manifest[name]["zh"]
        assert manifest[name]["en"]
    assert manifest["category"] == graph(key).category
    assert manifest["number_pattern"] == graph(key).number_pattern
    assert set(manifest["forms"]) == set(forms(key))
    assert (manifest["owner"], manifest["supervisor"]) == (graph(key).owner, graph(key).supervisor)


def test_every_form_that_a_step_asks_for_is_there_and_none_besides(key):
    asked = {node.duty.form for node in graph(key).nodes.values()}
    asked |= {seat.form for node in graph(key).nodes.values() for seat in node.duty.seats}

    assert asked - {None} == set(forms(key))


def test_every_document_that_is_named_is_declared_and_made(key):
    duties = [node.duty for node in graph(key).nodes.values()]
    made = {output.document for duty in duties for output in duty.outputs}
    needed = {document for duty in duties for document in duty.inputs}
    filled = {form.document for form in forms(key).values() if form.document}

    declared = set(facts(key)["documents"])
    assert made | needed | filled == declared
    assert needed <= made


def test_a_mandatory_form_output_is_the_document_of_the_steps_form(key):
    for node in people_nodes(key):
        expected = {output.document for output in node.duty.outputs if output.made_by == "form"}
        assert expected <= {forms(key)[node.duty.form].document}, node.id


def test_every_department_is_one_that_the_company_has_or_a_variable(key):
    fields = {field.key for form in forms(key).values() for field in fields_of(form)}
    assigned = {rule.name for node in graph(key).nodes.values() for rule in node.duty.assign}
    items = {node.multiple.item for node in graph(key).nodes.values() if node.multiple}
    named = [lane.department for lane in graph(key).lanes]
    for node in graph(key).nodes.values():
        seats = [seat.department for seat in node.duty.seats]
        named += [node.duty.lead, *node.duty.cooperating, *seats]

    for department in filter(None, named):
        known = (
            department.strip('"') in DEPARTMENTS
            if department[0] == '"'
            else department.partition(".")[0] in fields | assigned | items
        )
        assert known, department


def test_every_step_of_a_person_says_who_by_when_with_what_and_how(key):
    phases = {phase.key for phase in graph(key).phases}
    for node in people_nodes(key):
        duty = node.duty
        said = (duty.lead, duty.performer, duty.first_responsible, duty.limits, duty.form)
        assert all(said), node.id
        assert all((duty.instruction.zh, duty.key_point.zh, duty.standard.zh)), node.id
        assert node.phase in phases, node.id


def test_every_step_reminds_before_at_and_daily_after_and_climbs_the_ladder(key):
    for node in people_nodes(key):
        moments = [reminder.when for reminder in node.duty.reminders]
        assert moments[:3] == ["before", "at", "after"], node.id
        assert set(moments[3:]) <= {"after"}, node.id
        # what comes in minutes comes a few times only: nobody is called every ten minutes all night
        daily = Repeat(every=1, unit="working_days")
        assert node.duty.reminders[-1].repeat == daily, node.id
        for reminder in node.duty.reminders[:-1]:
            assert reminder.repeat is None or reminder.repeat.times, node.id
        assert node.duty.escalation[-1].to.kind == "owner", node.id
        assert len(node.duty.escalation) >= 2, node.id


def test_the_process_has_control_points_decisions_and_owners(key):
    duties = [node.duty for node in graph(key).nodes.values()]

    assert sum(duty.key_control_point for duty in duties) >= 3
    assert any(duty.decision for duty in duties)
    assert graph(key).owner
    assert graph(key).supervisor == "supervisor"
    assert graph(key).title in {field.key for form in forms(key).values() for field in fields_of(form)}


def test_the_diagram_in_the_file_is_the_one_that_the_layout_draws(key):
    assert lay_out(document(key)) == document(key)


def test_the_diagram_is_clean(key):
    drawing, hosts = drawing_of(document(key)), hosts_in(document(key))

    assert list(names_that_touch(drawing)) == []
    assert list(lines_on_one_another(drawing)) == []
    assert len(crossings(drawing)) <= MOST_CROSSINGS.get(key, 0)
    for (one, box), (two, other) in combinations(drawing.boxes.items(), 2):
        assert two in (hosts.get(one), hosts.get(two)) or hosts.get(two) == one or not box.overlaps(other)
    for route in drawing.routes.values():
        assert all(x1 == x2 or y1 == y2 for (x1, y1), (x2, y2) in pairwise(route))


def test_no_line_passes_through_a_foreign_shape(key):
    drawing, hosts, elements = drawing_of(document(key)), hosts_in(document(key)), document(key).elements
    for line, stretch in stretches(drawing):
        ends = {elements[line].source, elements[line].target}
        own = ends | {hosts.get(end) for end in ends}
        through = [
            shape for shape, box in drawing.boxes.items() if shape not in own and box.overlaps(stretch)
        ]
        assert through == [], line


def test_every_node_stands_in_the_lane_of_its_department(key):
    shapes = shapes_of(document(key).diagrams[0])
    for lane in graph(key).lanes:
        band = shapes[lane.id].bounds
        for node in (node for node in graph(key).nodes.values() if node.lane == lane.id):
            bounds = shapes[node.id].bounds
            assert band.y <= bounds.y, node.id
            assert bounds.y + bounds.height <= band.y + band.height, node.id


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_picture_speaks_the_readers_language(key, language):
    picture = draw_svg(document(key), language=language, medium="paper")

    assert (localize(document(key), language).process().name in picture) or language == "zh"
    if language == "en":
        assert not re.search(r"[\u4e00-\u9fff]", picture)


def test_the_files_hold_no_more_than_the_package_needs(key):
    assert {item.name for item in folder(key).iterdir()} - {"decisions"} == {
        "forms",
        "process.bpmn",
        "process.json",
    }


def test_its_icon_is_one_that_pages_can_draw(key):
    listed = (Path(__file__).parents[2] / "frontend/icons.txt").read_text(encoding="utf-8").split()

    assert facts(key).get("icon", "activity") in listed
