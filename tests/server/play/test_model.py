"""A file becomes something to play, or says why not."""

from server.play.tables import PROCESSES
from shuli.core.bpmn import sentence
from shuli.server.play.model import load, model_of
from shuli.server.play.survey import survey

HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p" isExecutable="true">'
TAIL = "</process></definitions>"


def model(content):
    return model_of(f"{HEAD}{content}{TAIL}".encode())


def test_a_task_without_performer_can_be_played_but_not_published():
    found = model('<startEvent id="s"/><userTask id="a"/>')

    assert found.is_playable
    assert "task_without_performer" in {finding.code for finding in found.to_mend}
    assert found.graph.nodes["a"].duty.performer.kind == "post"


def test_a_model_with_what_cannot_run_says_what_in_both_languages():
    found = model('<startEvent id="s"/><complexGateway id="g" name="定夺"/>')
    finding = next((one for one in found.against if one.code == "element_not_runnable"), None)

    if finding is None:
        assert found.is_playable
    else:
        assert "复杂网关" in sentence(finding, "zh")
        assert "Complex gateway" in sentence(finding, "en")


def test_a_file_that_is_no_model_is_refused():
    assert not model_of(b"hello").is_playable
    assert not model_of(b"").is_playable


def test_forms_beside_a_model_are_read():
    assert "complaint_register" in load(PROCESSES / "P-COMPLAINT" / "process.bpmn").forms


def test_a_survey_counts_files_and_reasons(tmp_path):
    good, bad = tmp_path / "good.bpmn", tmp_path / "bad.bpmn"
    good.write_text(f'{HEAD}<startEvent id="s"/><userTask id="a"/>{TAIL}')
    bad.write_text("no")

    found = survey([good, bad])

    assert (found.runs, found.refused) == ((good,), (bad,))
    assert found.counts["refused_because"] == {"xml_broken": 1}
