"""Data objects and stores: associations that hold FEEL set variables, others are drawn and kept."""

from pathlib import Path

from core.engine.elements.drawn import drawn, played
from shuli.core.bpmn import read_bpmn, write_bpmn


def ready():
    return played(__file__).start(amount=100, ok=False)


def test_an_input_association_sets_its_input_when_the_activity_is_reached():
    assert ready().marking.variables["含税金额"] == 113


def test_output_associations_set_data_objects_when_the_activity_completes():
    case = ready()
    assert "审核结果" not in case.marking.variables

    case.complete("check", answers={"ok": True})

    assert case.marking.variables["审核结果"] == "通过"
    assert case.marking.variables["last_amount"] == 100


def test_what_an_event_brings_goes_into_a_store():
    case = ready().complete("check").deliver("付款", payer="ann")

    assert case.marking.variables["台账"] == "ANN"
    assert case.open == ["book"]


def test_what_is_no_feel_is_passed_over_and_written_back():
    source = Path(__file__).with_suffix(".bpmn").read_bytes()

    assert drawn(__file__).nodes["book"].data_in == ()
    assert "$order/amount[1]" in write_bpmn(read_bpmn(source).document).decode()
