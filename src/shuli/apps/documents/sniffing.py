"""What a file is, by its content; the name only has to agree.

Allowed is what an office sends: PDF, pictures, office documents, plain text, mails, archives. Everything that a
browser or a desktop would run is refused: HTML, SVG, scripts, programs, documents with macros.
"""

import re
import zipfile
from dataclasses import dataclass
from typing import IO

HEAD = 4096  # bytes that tell the kind of most files
OLE_SEARCHED = 8 * 1024 * 1024  # bytes in which an old office file names its parts
MOST_ENTRIES = 20_000  # of an archive


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """A kind of file that is taken."""

    media_type: str
    endings: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class NotTaken:
    """Why a file is not taken, by its content alone."""

    code: str


PDF = Kind(media_type="application/pdf", endings=("pdf",))
PNG = Kind(media_type="image/png", endings=("png",))
JPEG = Kind(media_type="image/jpeg", endings=("jpg", "jpeg"))
GIF = Kind(media_type="image/gif", endings=("gif",))
WEBP = Kind(media_type="image/webp", endings=("webp",))
BMP = Kind(media_type="image/bmp", endings=("bmp",))
TIFF = Kind(media_type="image/tiff", endings=("tif", "tiff"))
HEIC = Kind(media_type="image/heic", endings=("heic", "heif"))
ZIP = Kind(media_type="application/zip", endings=("zip",))
TEXT = Kind(media_type="text/plain", endings=("txt", "csv", "tsv", "md", "log", "json", "eml"))
OOXML = "application/vnd.openxmlformats-officedocument"
DOCX = Kind(media_type=f"{OOXML}.wordprocessingml.document", endings=("docx",))
XLSX = Kind(media_type=f"{OOXML}.spreadsheetml.sheet", endings=("xlsx",))
PPTX = Kind(media_type=f"{OOXML}.presentationml.presentation", endings=("pptx",))
DOC = Kind(media_type="application/msword", endings=("doc", "wps"))
XLS = Kind(media_type="application/vnd.ms-excel", endings=("xls", "et"))
PPT = Kind(media_type="application/vnd.ms-powerpoint", endings=("ppt", "dps"))
MSG = Kind(media_type="application/vnd.ms-outlook", endings=("msg",))

ALL = (PDF, PNG, JPEG, GIF, WEBP, BMP, TIFF, HEIC, DOCX, XLSX, PPTX, DOC, XLS, PPT, MSG, TEXT, ZIP)
OPEN_DOCUMENT = {
    f"application/vnd.oasis.opendocument.{word}": ending
    for word, ending in (("text", "odt"), ("spreadsheet", "ods"), ("presentation", "odp"))
}

SIGNATURES: tuple[tuple[re.Pattern[bytes], Kind], ...] = (
    (re.compile(rb"%PDF-\d"), PDF),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), PNG),
    (re.compile(rb"\xff\xd8\xff"), JPEG),
    (re.compile(rb"GIF8[79]a"), GIF),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), WEBP),
    (re.compile(rb"BM....\x00\x00\x00\x00", re.DOTALL), BMP),
    (re.compile(rb"II\*\x00|MM\x00\*"), TIFF),
    (re.compile(rb"....ftyp(heic|heix|mif1|msf1|heim|heis)", re.DOTALL), HEIC),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# the names of an old office file's parts, as its directory writes them
INNER_MACRO_PARTS = ("_VBA_PROJECT", "\x01Ole10Native")  # macros, or any program wrapped into a document
# parts of an office file in which macros stand, and office files with macros within another one
MACRO_ENDINGS = (
    "vbaproject.bin", "vbadata.xml", ".activex.bin", ".docm", ".dotm", ".xlsm", ".xltm", ".xlam", ".xlsb", ".pptm", ".potm", ".ppsm",
)  # fmt: skip
OLE_PARTS = (("WordDocument", DOC), ("Workbook", XLS), ("Book", XLS), ("PowerPoint Document", PPT))
MSG_PART, MACRO_PARTS = "__properties_version1.0", ("_VBA_PROJECT", "VBA")
OOXML_PARTS = (("word/", DOCX), ("xl/", XLSX), ("ppt/", PPTX))
PROGRAM_PARTS = ("META-INF/MANIFEST.MF", "AndroidManifest.xml", "classes.dex")
# Text that a browser or a shell would run, or might; whatever its name says.
RUNS = re.compile(r"\A[\s\ufeff]*(<[!?/a-z%]|#!|@echo\b|%!ps)", re.IGNORECASE)
UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def kind_of(file: IO[bytes]) -> Kind | NotTaken:
    """Return what the file is, or why it is not taken."""
    file.seek(0)
    head = file.read(HEAD)
    for signature, kind in SIGNATURES:
        if signature.match(head):
            return kind
    if head.startswith(OLE):
        return _ole(file)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(file)
    return _text(file)


def _ole(file: IO[bytes]) -> Kind | NotTaken:
    file.seek(0)
    content = file.read(OLE_SEARCHED)
    if _names_part(content, MSG_PART):
        return MSG
    for part, kind in OLE_PARTS:
        if _names_part(content, part):
            macros = any(_names_part(content, macro) for macro in MACRO_PARTS)
            return NotTaken(code="file_has_macros") if macros else kind
    return NotTaken(code="file_kind_refused")


def _names_part(content: bytes, name: str) -> bool:
    """Return whether the directory of an old office file holds a part of this name: UTF-16 with its closing zero."""
    return (name + "\0").encode("utf-16-le") in content


def _zipped(file: IO[bytes]) -> Kind | NotTaken:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            return _archive(archive)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError, RuntimeError):
        return NotTaken(code="file_broken")


def _archive(archive: zipfile.ZipFile) -> Kind | NotTaken:
    names = archive.namelist()
    if len(names) > MOST_ENTRIES:
        return NotTaken(code="file_broken")
    if any(name in PROGRAM_PARTS for name in names):
        return NotTaken(code="file_kind_refused")
    if "[Content_Types].xml" in names:
        return _ooxml(archive, names)
    return _open_document(archive) if names[:1] == ["mimetype"] else ZIP


def _ooxml(archive: zipfile.ZipFile, names: list[str]) -> Kind | NotTaken:
    if any(name.lower().endswith(MACRO_ENDINGS) for name in names) or _holds_macros(archive, names):
        return NotTaken(code="file_has_macros")
    found = (kind for part, kind in OOXML_PARTS if any(name.startswith(part) for name in names))
    return next(found, NotTaken(code="file_kind_refused"))


def _holds_macros(archive: zipfile.ZipFile, names: list[str]) -> bool:
    """Say whether an office file is of a kind with macros, or has one in it that is."""
    said = _beginning(archive, "[Content_Types].xml").replace(b"\0", b"").lower()  # whatever its encoding
    if b"macroenabled" in said or b"vbaproject" in said:
        return True
    inner = [name for name in names if name.lower().endswith(".bin") and "embeddings/" in name]
    return any(_names_part(_beginning(archive, name), part) for name in inner for part in INNER_MACRO_PARTS)


def _beginning(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as entry:
        return entry.read(OLE_SEARCHED)


def _open_document(archive: zipfile.ZipFile) -> Kind | NotTaken:
    if any(name.startswith(("Basic/", "Scripts/")) and not name.endswith("/") for name in archive.namelist()):
        return NotTaken(code="file_has_macros")
    with archive.open("mimetype") as entry:
        media_type = entry.read(100).decode("ascii", "replace").strip()
    ending = OPEN_DOCUMENT.get(media_type)
    return Kind(media_type=media_type, endings=(ending,)) if ending else NotTaken(code="file_kind_refused")


def _text(file: IO[bytes]) -> Kind | NotTaken:
    file.seek(0)
    text = decoded(file.read())
    if text is None or UNPRINTABLE.search(text):
        return NotTaken(code="file_kind_refused")
    return NotTaken(code="file_is_markup") if RUNS.match(text) else TEXT


def decoded(content: bytes) -> str | None:
    """Return the text in one of the encodings that Chinese offices use, or None when it is no text."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
