"""Where the chart in columns is cut for paper, and what each part shows."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from shuli.apps.catalogue.handbook.chart import cuts_of, part

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 900" width="100" height="900"><g id="a"/></svg>'
)


def test_a_chart_that_fits_its_page_is_not_cut():
    assert cuts_of([300.0], [], (0.0, 400.0), 400.0, 50.0) == []


def test_it_is_cut_between_phases_where_one_ends_on_the_page():
    assert cuts_of([250.0, 390.0, 700.0], [], (0.0, 900.0), 400.0, 50.0) == [390.0, 700.0]


def test_within_a_long_phase_it_is_cut_where_no_node_stands():
    (cut,) = cuts_of([], [(350.0, 420.0)], (0.0, 650.0), 400.0, 50.0)

    assert cut <= 350.0


@given(
    st.lists(st.floats(0, 5000), max_size=8),
    st.lists(st.tuples(st.floats(0, 5000), st.floats(10, 90)), max_size=12),
    st.floats(300, 6000),
)
def test_every_part_fits_its_page_and_nothing_is_left_out(edges, nodes, height):
    spans = [(begin, begin + size) for begin, size in nodes]

    whole = [0.0, *cuts_of(sorted(edges), spans, (0.0, height), 400.0, 60.0), height]

    assert all(0 < lower - upper <= 400.0 for upper, lower in pairwise(whole))


def test_later_parts_have_the_departments_above_them_and_names_of_their_own():
    first = part(SVG, (0.0, 100.0), (0.0, 400.0), None, 1)
    second = part(SVG, (0.0, 100.0), (400.0, 900.0), (0.0, 60.0), 2)

    assert 'viewBox="0 0 100 400"' in first
    assert 'viewBox="0 0 100 560"' in second
    assert 'viewBox="0 0 100 60"' in second
    assert 'id="c2-a"' in second
