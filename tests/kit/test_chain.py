"""The chain shows every edit."""

import hashlib
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuli.kit.chain import ORIGIN, canonical, link


def heads(payloads):
    head, found = ORIGIN, []
    for payload in payloads:
        head = link(head, payload)
        found.append(head)
    return found


def test_a_link_is_a_sha256_of_length_previous_and_payload():
    expected = hashlib.sha256(b"\x00\x00\x00\x03abcdef").digest()

    assert link(b"abc", b"def") == expected


def test_no_other_split_of_the_same_bytes_gives_the_same_link():
    assert link(b"ab", b"c") != link(b"a", b"bc")


@given(st.lists(st.binary(), min_size=1, max_size=12), st.data())
def test_an_edit_anywhere_changes_every_later_link(payloads, data):
    place = data.draw(st.integers(0, len(payloads) - 1))
    edited = [*payloads[:place], payloads[place] + b"!", *payloads[place + 1 :]]

    before, after = heads(payloads), heads(edited)

    assert before[:place] == after[:place]
    assert all(one != other for one, other in zip(before[place:], after[place:], strict=True))


def test_canonical_text_does_not_depend_on_the_order_of_keys():
    assert canonical({"b": 1, "a": {"d": 2, "c": 3}}) == canonical({"a": {"c": 3, "d": 2}, "b": 1})


def test_canonical_text_keeps_chinese_amounts_and_moments():
    value = {"客户": Decimal("12.50"), "at": datetime(2026, 9, 20, 4, 0, tzinfo=UTC)}

    assert canonical(value) == '{"at":"2026-09-20T04:00:00Z","客户":"12.50"}'.encode()


def test_what_is_no_data_has_no_canonical_text():
    with pytest.raises(TypeError):
        canonical({"task": object()})
