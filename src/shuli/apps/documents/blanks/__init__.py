"""The papers that the handbooks name (文档模板), as Word and Excel files made from data: empty, with fields, or filled in."""

from shuli.apps.documents.blanks.files import NAMES_OF_KINDS, blank_file, file_name, media_type
from shuli.apps.documents.blanks.shipped import Blank, blank, blank_for, blanks, of_form

__all__ = [
    "NAMES_OF_KINDS",
    "Blank",
    "blank",
    "blank_file",
    "blank_for",
    "blanks",
    "file_name",
    "media_type",
    "of_form",
]
