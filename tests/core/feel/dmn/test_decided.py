"""Deciding with the row that decided and the values that it saw."""

from shuli.core.feel.dmn import (
    DecisionTable,
    HitPolicy,
    Input,
    Output,
    Rule,
    model_of_table,
    read_dmn,
    write_dmn,
)
from shuli.core.feel.dmn.decided import decide, main_table, with_table
from shuli.core.feel.dmn.texts import english_labels, with_english_labels


def model(policy=HitPolicy.UNIQUE, *rules):
    table = DecisionTable(
        inputs=(Input(id="in-1", expression="amount", type="number", label="金额"),),
        outputs=(Output(id="out-1", name="level", type="string"),),
        rules=rules or (row("> 10", '"high"', "大额"), row("<= 10", '"low"', "小额")),
        hit_policy=policy,
        annotations=("说明",),
    )
    return model_of_table(table, name="级别", namespace="urn:test")


def row(test, output, note=""):
    return Rule(tests=(test,), outputs=(output,), annotation=note)


def test_the_answer_names_the_row_its_annotation_and_the_values():
    decided = decide(model(), {"amount": 12})

    assert (decided.value, decided.rows, decided.annotations) == ("high", (1,), (("大额",),))
    assert decided.record()["inputs"] == {"in-1": "12"}


def test_of_several_rows_the_first_alone_decides_by_the_policy_first():
    rows = (row("> 5", '"a"'), row("> 1", '"b"'))

    assert decide(model(HitPolicy.FIRST, *rows), {"amount": 9}).rows == (1,)
    assert decide(model(HitPolicy.COLLECT, *rows), {"amount": 9}).rows == (1, 2)


def test_without_a_row_that_fits_the_answer_is_null_and_says_why():
    decided = decide(model(HitPolicy.UNIQUE, row("> 10", '"high"')), {"amount": 1})

    assert (decided.value, decided.rows) == (None, ())
    assert [problem.error.code for problem in decided.problems] == ["no_rule"]


def test_another_table_leaves_the_rest_of_the_model_as_it_was():
    whole = model()
    changed = DecisionTable(inputs=(), outputs=(Output(name="x"),), rules=())

    found = with_table(whole, changed)

    assert main_table(found) == changed
    assert [one for one in found.elements if one.id != "decision"] == [
        one for one in whole.elements if one.id != "decision"
    ]


def test_english_labels_travel_with_the_file_beside_extensions_of_others():
    named = with_english_labels(model(), {"in-1": "Amount", "out-1": ""})

    back = read_dmn(write_dmn(named)).model

    assert english_labels(back) == {"in-1": "Amount"}
    assert english_labels(with_english_labels(back, {})) == {}
