"""Forms drawn at random: sound ones, of every type of field."""

from itertools import pairwise

from hypothesis import strategies as st

from shuli.core.forms import read_form

words = st.fixed_dictionaries({"zh": st.sampled_from("甲乙丙丁"), "en": st.sampled_from("ABCD")})
conditions = st.sampled_from([True, False, "amount > 1", "not(urgent)"])
codes = st.lists(st.sampled_from("abcdef"), min_size=1, max_size=9, unique=True)
options = codes.flatmap(
    lambda found: st.tuples(*(st.fixed_dictionaries({"code": st.just(one), "label": words}) for one in found))
).map(list)
FURTHER = {
    "text": {"max_length": st.integers(5, 90), "pattern": st.sampled_from(["", "[a-z]+"]), "default": st.sampled_from([None, '"x"', "amount"])},
    "long_text": {"rows": st.integers(2, 9)},
    "number": {"min": st.sampled_from([None, 0, 1.5, "amount"]), "decimals": st.sampled_from([None, 0, 3]), "unit": words},
    "money": {"currency": st.sampled_from(["CNY", "USD"]), "max": st.sampled_from([None, 900])},
    "date": {"min": st.sampled_from([None, "today()"])},
    "time": {},
    "datetime": {},
    "choice": {"options": options},
    "choices": {"options": options, "max_items": st.integers(9, 20)},
    "person": {"many": st.booleans()},
    "department": {},
    "post": {},
    "case": {"process": st.sampled_from([None, "P-NEW"])},
    "attachment": {"types": st.sampled_from([[], ["pdf", "png"]]), "max_items": st.sampled_from([1, 20])},
    "text_list": {"max_length": st.integers(9, 90)},
    "signature": {},
    "rating": {"max": st.integers(2, 9)},
    "boolean": {},
    "computed": {"expression": st.sampled_from(["amount * 2", "today()"])},
    "decision": {"decision": st.just("level")},
}  # fmt: skip


def plain(kinds):
    """Return a strategy for fields of these types without their keys."""
    return st.sampled_from(kinds).flatmap(_of_kind)


def _of_kind(kind):
    common = {"label": words, "required": conditions, "visible": conditions, "readonly": conditions}
    texts = {"hint": words, "example": words, "sensitive": st.booleans()}
    rule = st.fixed_dictionaries({"condition": st.just("amount < 9"), "message": words})
    rules = {"rules": st.lists(rule, max_size=1)}
    return st.fixed_dictionaries({"type": st.just(kind), **common, **texts, **rules, **FURTHER[kind]})


@st.composite
def fields(draw, kinds, most, prefix="field"):
    keys = draw(st.lists(st.sampled_from([f"{prefix}_{n}" for n in range(7)]), max_size=most, unique=True))
    return [{"key": key, **draw(plain(kinds))} for key in keys]


@st.composite
def drawn(draw):
    """A form of up to three sections, one table among the fields."""
    found = draw(fields(list(FURTHER), 6))
    if draw(st.booleans()):
        columns = draw(fields(list(FURTHER), 3, "cell")) or [
            {"key": "cell", "type": "date", "label": {"zh": "格"}}
        ]
        table = {"key": "rows", "type": "table", "label": draw(words), "columns": columns}
        found.insert(draw(st.integers(0, len(found))), table)
    found = found or [{"key": "only", "type": "text", "label": draw(words)}]
    cuts = sorted(draw(st.lists(st.integers(0, len(found)), max_size=2)))
    edges = [0, *cuts, len(found)]
    # a section without fields and title says nothing
    parts = [found[low:high] for low, high in pairwise(edges) if low < high]
    sections = [
        {"title": draw(words), "columns": draw(st.sampled_from([1, 2])), "fields": part} for part in parts
    ]
    raw = {"key": "drawn", "title": draw(words), "guidance": draw(words), "sections": sections}
    reading = read_form(raw)
    assert reading.form is not None, reading.findings
    return reading.form
