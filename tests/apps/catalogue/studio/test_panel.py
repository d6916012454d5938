"""The panel knows everything that the engine knows of an element."""

import pytest
from django.utils.translation import override

from shuli.apps.catalogue.studio.bpmn_js import bpmn_js_words
from shuli.apps.catalogue.studio.panel import SECTIONS, panel
from shuli.apps.catalogue.studio.records import RECORDS as SHOWN
from shuli.core.bpmn.extension.records import LIMITS, MARKS, RECORDS, camel

# What the panel reaches by a field of BPMN's own, or what stands in another section of it.
ELSEWHERE = {"process": {"key", "category"}, "call": {"process"}, "timer": set()}


def names_shown(specs):
    return {spec["name"] for spec in specs if spec["how"] != "native"}


def names_known(record):
    return {camel(name) for name in record.attributes} | set(record.parts)


def fields_of(name):
    spec = SHOWN[name]
    return [*spec.get("fields", ()), *(field for fields in spec.get("by", {}).values() for field in fields)]


@pytest.mark.parametrize(
    "holder", ["duty", "process", "lane", "timer", "multiple", "call", "message", "service"]
)
@pytest.mark.accepts("H1-29")
def test_every_part_of_what_an_element_says_has_a_field(holder):
    shown = set().union(*(names_shown(one["fields"]) for one in SECTIONS if one["holder"] == holder))

    assert names_known(RECORDS[holder]) - shown == ELSEWHERE.get(holder, set())
    assert shown <= names_known(RECORDS[holder])


@pytest.mark.parametrize("name", sorted(set(SHOWN) & set(RECORDS) - {"performer"}))
def test_every_part_of_a_record_has_a_field(name):
    assert names_shown(fields_of(name)) - {""} == names_known(RECORDS[name])


def test_who_chooses_a_performer_and_from_whom_is_asked():
    shown = {spec["name"] for kind in SHOWN["performer"]["by"].values() for spec in kind}

    assert shown - {""} == names_known(RECORDS["performer"]) - {"kind"}


@pytest.mark.parametrize("kind", sorted(LIMITS))
def test_every_kind_of_limit_has_its_fields(kind):
    shown = names_shown(SHOWN["limit"]["by"][kind])

    assert shown - {""} == names_known(LIMITS[kind])
    assert ("" in shown) == bool(LIMITS[kind].content)


def test_every_small_element_has_its_section():
    holders = {one["holder"] for one in SECTIONS} | {"name"}  # English names are a field of their own

    assert set(MARKS) <= holders


def test_the_panel_is_said_in_the_language_of_the_page():
    with override("zh-hans"):
        chinese = panel()
    with override("en"):
        english = panel()

    labels = [one["label"] for one in chinese["sections"]]
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in label) for label in labels), labels
    assert [one["key"] for one in chinese["sections"]] == [one["key"] for one in english["sections"]]


def test_no_word_of_bpmn_js_stays_english_on_a_chinese_page():
    with override("zh-hans"):
        words = bpmn_js_words()

    assert words["User task"] == "用户任务"
    assert [english for english, said in words.items() if said == english] == []
