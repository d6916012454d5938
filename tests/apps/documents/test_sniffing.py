"""What is taken, by content: the name only has to agree."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.documents.files import OLE, PDF, PNG, ole, zipped
from shuli.apps.documents.sniffing import ALL, Kind, NotTaken, kind_of

TAKEN = {
    "pdf": PDF,
    "png": PNG,
    "jpg": b"\xff\xd8\xff\xe0" + bytes(20),
    "gif": b"GIF89a" + bytes(20),
    "webp": b"RIFF\x10\x00\x00\x00WEBPVP8 ",
    "heic": b"\x00\x00\x00\x18ftypheic" + bytes(8),
    "docx": zipped("[Content_Types].xml", "word/document.xml"),
    "xlsx": zipped("[Content_Types].xml", "xl/workbook.xml"),
    "pptx": zipped("[Content_Types].xml", "ppt/presentation.xml"),
    "odt": zipped(mimetype="application/vnd.oasis.opendocument.text"),
    "doc": ole("WordDocument"),
    "xls": ole("Workbook"),
    "ppt": ole("PowerPoint Document"),
    "msg": ole("__properties_version1.0"),
    "zip": zipped("a.txt"),
    "txt": "客户来电，称净水器有异味。\n".encode(),
    "csv": "编号,金额\n1,2\n".encode("gb18030"),
    "md": "\ufeff# 标题".encode(),
    "tsv": "a\tb".encode("utf-16"),
}
REFUSED = {
    "html": (b"<!DOCTYPE html><p>x", "file_is_markup"),
    "html with blanks": (b"\n\n  <html><body>", "file_is_markup"),
    "html with a mark": ("\ufeff<script>alert(1)</script>".encode(), "file_is_markup"),
    "svg": (
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        "file_is_markup",
    ),
    "html in utf-16": ("<html>".encode("utf-16"), "file_is_markup"),
    "shell script": (b"#!/bin/sh\nrm -rf /", "file_is_markup"),
    "batch file": (b"@echo off\r\ndel *.*", "file_is_markup"),
    "php": (b"<?php system($_GET[0]);", "file_is_markup"),
    "windows program": (b"MZ\x90\x00\x03" + bytes(60), "file_kind_refused"),
    "linux program": (b"\x7fELF\x02\x01" + bytes(60), "file_kind_refused"),
    "java program": (zipped("META-INF/MANIFEST.MF", "A.class"), "file_kind_refused"),
    "android program": (zipped("AndroidManifest.xml", "classes.dex"), "file_kind_refused"),
    "document with macros": (
        zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        "file_has_macros",
    ),
    "document with macros by its kind alone": (
        zipped(
            "word/document.xml",
            **{"[Content_Types].xml": "application/vnd.ms-word.document.macroEnabled.main+xml"},
        ),
        "file_has_macros",
    ),
    "macros under another name": (
        zipped("word/data.bin", **{"[Content_Types].xml": "application/vnd.ms-office.vbaProject"}),
        "file_has_macros",
    ),
    "workbook with macros within": (
        zipped("[Content_Types].xml", "word/document.xml", "word/embeddings/Budget.xlsm"),
        "file_has_macros",
    ),
    "program wrapped into a document": (
        zipped(
            "[Content_Types].xml",
            "word/document.xml",
            **{"word/embeddings/oleObject1.bin": ole("\x01Ole10Native")},
        ),
        "file_has_macros",
    ),
    "open document with macros": (
        zipped(mimetype="application/vnd.oasis.opendocument.text", **{"Basic/Standard/Module1.xml": "x"}),
        "file_has_macros",
    ),
    "old document with macros": (ole("WordDocument", "_VBA_PROJECT"), "file_has_macros"),
    "installer": (OLE + bytes(100), "file_kind_refused"),
    "other office package": (zipped("[Content_Types].xml", "visio/document.xml"), "file_kind_refused"),
    "half an archive": (zipped("a.txt", "b.txt")[:40], "file_broken"),
    "noise": (bytes(range(256)) * 4, "file_kind_refused"),
}


@pytest.mark.parametrize("ending", sorted(TAKEN))
def test_what_an_office_sends_is_taken(ending):
    kind = kind_of(io.BytesIO(TAKEN[ending]))

    assert isinstance(kind, Kind)
    assert ending in kind.endings


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_somebody_could_run_is_refused(name):
    content, code = REFUSED[name]

    assert kind_of(io.BytesIO(content)) == NotTaken(code=code)


@given(st.binary(max_size=600))
def test_any_content_gets_an_answer_and_never_a_page_or_script(content):
    kind = kind_of(io.BytesIO(content))

    assert isinstance(kind, Kind | NotTaken)
    if isinstance(kind, Kind) and kind.media_type == "text/plain":
        assert not content.lstrip().lower().startswith((b"<html", b"<script", b"<svg", b"#!"))


@given(st.sampled_from([b"PK\x03\x04", b"PK\x05\x06", OLE, b"%PDF-1", b"RIFF"]), st.binary(max_size=400))
def test_a_good_beginning_alone_breaks_nothing(beginning, rest):
    assert isinstance(kind_of(io.BytesIO(beginning + rest)), Kind | NotTaken)


def test_no_kind_that_is_taken_is_one_that_browsers_run():
    risky = {
        "html",
        "htm",
        "svg",
        "xml",
        "js",
        "exe",
        "bat",
        "cmd",
        "ps1",
        "vbs",
        "docm",
        "xlsm",
        "jar",
        "msi",
        "lnk",
    }

    assert not risky & {ending for kind in ALL for ending in kind.endings}
