"""The vital few come first and make up 80 %."""

from hypothesis import given
from hypothesis import strategies as st

from shuli.core.figures import pareto

COUNTS = st.dictionaries(st.text("abc", min_size=1, max_size=3), st.integers(0, 50), max_size=12)


def test_the_few_that_lead_to_eighty_percent_are_vital():
    found = pareto({"courier": 8, "packing": 1, "address": 1})

    assert [(one.key, one.is_vital) for one in found] == [
        ("courier", True),
        ("address", False),
        ("packing", False),
    ]
    assert found[0].share == 0.8


@given(COUNTS)
def test_shares_add_up_and_fall(counts):
    found = pareto(counts)

    assert sum(one.count for one in found) == sum(counts.values())
    assert [one.count for one in found] == sorted((one.count for one in found), reverse=True)
    if found:
        assert found[-1].cumulative == 1.0
        assert sum(one.count for one in found if one.is_vital) >= 0.8 * sum(counts.values())
