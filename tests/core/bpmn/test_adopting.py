"""A model that was drawn for one process becomes another's."""

from shuli.core.bpmn import compile_process, read_bpmn
from shuli.core.bpmn.adopting import Registered, adopt
from shuli.core.text import Text

MODEL = """<?xml version="1.0"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:shuli="urn:shuli:bpmn:1" id="d"
    targetNamespace="test">
  <bpmn:collaboration id="c">
    <bpmn:participant id="pool" name="Theirs" processRef="p"/>
    <bpmn:participant id="customer" name="Customer"/>
  </bpmn:collaboration>
  <bpmn:process id="p" name="Theirs">
    <bpmn:extensionElements>
      <shuli:process key="P-THEIRS" owner="their-owner" numberPattern="T{seq}">
        <shuli:phase key="first"><shuli:name lang="zh">先</shuli:name></shuli:phase>
      </shuli:process>
    </bpmn:extensionElements>
    <bpmn:startEvent id="start"/><bpmn:endEvent id="end"/>
    <bpmn:sequenceFlow id="f" sourceRef="start" targetRef="end"/>
  </bpmn:process>
</bpmn:definitions>
""".encode()
OURS = Registered(key="P-OURS", name=Text(zh="我们的", en="Ours"), owner="our-owner")


def adopted(model=MODEL, registered=OURS):
    return adopt(read_bpmn(model).document, registered)


def test_key_names_and_owner_are_the_register_s():
    graph = compile_process(adopted()).graph

    assert (graph.key, graph.name, graph.owner) == ("P-OURS", OURS.name, "our-owner")


def test_what_the_register_does_not_say_stays():
    graph = compile_process(adopted()).graph

    assert (graph.number_pattern, [phase.key for phase in graph.phases]) == ("T{seq}", ["first"])


def test_the_pool_of_the_process_is_named_like_it_and_others_keep_their_names():
    pools = adopted().collaborations[0].participants

    assert [pool.name for pool in pools] == ["我们的", "Customer"]


def test_a_foreign_model_without_a_word_of_ours_becomes_executable():
    plain = MODEL.split(b"<bpmn:extensionElements>")[0] + MODEL.split(b"</bpmn:extensionElements>")[1]

    document = adopted(plain)

    assert document.process().is_executable
    assert compile_process(document).graph.key == "P-OURS"


def test_a_file_without_a_process_stays_as_it_is():
    empty = MODEL.split(b"<bpmn:process")[0].replace(b' processRef="p"', b"") + b"</bpmn:definitions>"
    document = read_bpmn(empty).document

    assert adopt(document, OURS) == document
