"""What is written is read again, in every form."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from core.eventlog.logs import NINE, SMALL, Kept, logs, same, small, through
from shuli.core.eventlog import (
    LogError,
    log_of,
    read_csv,
    read_ocel,
    read_parquet,
    read_xes,
    rows_of,
    write_csv,
    write_ocel,
    write_parquet,
    write_partitions,
    write_xes,
)
from shuli.core.eventlog.csv import Layout

few = settings(max_examples=25, deadline=None)


@few
@given(logs())
def test_a_csv_file_gives_the_log_again(log):
    types = {field.name: field.type for field in log.schema}

    assert same(log, through(log, write_csv, lambda source: read_csv(source, Layout(types=types))))


@few
@given(logs())
def test_an_xes_file_gives_the_log_again(log):
    assert same(log, through(log, write_xes, read_xes))


@few
@given(logs())
def test_an_ocel_file_gives_the_log_again(log):
    assert same(log, through(log, write_ocel, read_ocel))


@few
@given(logs())
def test_a_parquet_file_gives_the_log_again(log):
    assert same(log, through(log, write_parquet, lambda source: read_parquet([source])))


@few
@given(logs())
def test_a_log_goes_to_one_file_a_month_and_comes_back_whole(log):
    files = {}

    counted = write_partitions(log, lambda month: files.setdefault(month, Kept()))

    back = read_parquet([lambda file=file: BytesIO(file.data) for file in files.values()])
    assert sum(counted.values()) == len(list(rows_of(log)))
    assert sorted(map(repr, rows_of(back))) == sorted(map(repr, rows_of(log)))
    assert all(row["at"].strftime("%Y-%m") in files for row in rows_of(log))


@few
@given(st.lists(st.from_regex(r"[+-]?[0-9]{1,20}", fullmatch=True), min_size=1))
def test_a_number_of_a_csv_file_loses_no_digit(texts):
    lines = [f"C-1,check,2026-03-02T01:00:00Z,{text}" for text in texts]
    data = "\n".join(["case,activity,at,number", *lines]).encode()

    back = [row["number"] for row in rows_of(read_csv(lambda: BytesIO(data)))]

    assert [str(value) for value in back] == [
        text if isinstance(value, str) else str(int(text)) for text, value in zip(texts, back, strict=True)
    ]


def test_a_csv_of_another_program_is_read_by_its_own_names():
    text = "订单号;步骤;时间;编号\nA1;审核;2026/3/2 9:00;007\nA1;发货;2026/3/3 17:30;012\n"
    names = {"case": "订单号", "activity": "步骤", "at": "时间"}
    layout = Layout(names=names, delimiter=";", encoding="gb18030", zone="Asia/Shanghai")

    rows = list(rows_of(read_csv(lambda: BytesIO(text.encode("gb18030")), layout)))

    assert [(row["case"], row["activity"], row["编号"]) for row in rows] == [
        ("A1", "审核", "007"),
        ("A1", "发货", "012"),
    ]
    assert rows[0]["at"] == NINE


def test_an_xes_file_of_another_program_is_read_with_all_its_attributes():
    text = """<log xmlns="http://www.xes-standard.org/"><trace><string key="concept:name" value="1"/>
      <int key="amount" value="5"/><event><string key="concept:name" value="check"/>
      <date key="time:timestamp" value="2026-03-02T09:00:00+08:00"/><float key="cost" value="2.5"/></event></trace></log>"""

    log = read_xes(lambda: BytesIO(text.encode()))

    (row,) = rows_of(log)
    assert (row["case"], row["activity"], row["at"]) == ("1", "check", NINE)
    assert (row["case:amount"], row["cost"]) == (5, 2.5)


def test_xes_uses_the_keys_of_the_standards_extensions():
    out = Kept()

    write_xes(small(), out)

    root = etree.fromstring(out.data)
    keys = {node.get("key") for node in root.iter("{*}string", "{*}date")}
    assert keys >= {"concept:name", "time:timestamp", "lifecycle:transition", "org:resource", "org:group"}
    assert len(root.findall("{*}trace")) == 2


def test_an_xes_file_with_a_document_type_is_refused():
    text = (
        '<!DOCTYPE log [<!ENTITY a "b">]><log><trace><string key="concept:name" value="&a;"/></trace></log>'
    )

    with pytest.raises(LogError, match="document type"):
        list(rows_of(read_xes(lambda: BytesIO(text.encode()))))


@pytest.mark.parametrize("write", [write_xes, write_ocel])
def test_a_case_that_comes_twice_is_not_written(write):
    log = log_of([*SMALL, SMALL[0]])

    with pytest.raises(LogError, match="comes twice"):
        write(log, Kept())


@pytest.mark.parametrize(
    ("read", "data"),
    [
        (read_csv, b"a,b\n1,2\n"),
        (read_csv, b""),
        (read_csv, b"case,activity,at\nC-1,check,yesterday\n"),
        (read_csv, b"case,activity,at\n,check,2026-03-02T01:00:00Z\n"),
        (read_xes, b"<log><trace>"),
        (read_xes, b'<log><trace><event><string key="concept:name" value="x"/></event></trace></log>'),
        (read_ocel, b"{}"),
        (read_ocel, b'{"objectTypes":[],"eventTypes":[],"objects":[],"events":[]}'),
        (lambda source: read_parquet([source]), b"PAR1"),
    ],
)
def test_a_file_that_is_no_log_is_refused_with_the_reason(read, data):
    with pytest.raises(LogError, match="Expected"):
        list(rows_of(read(lambda: BytesIO(data))))
