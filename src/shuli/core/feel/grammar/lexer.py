"""Cut the text of an expression into tokens."""

import re
from typing import NamedTuple

from shuli.core.feel.errors import ExpressionError

# FEEL 1.5, grammar rules 28–30; the blocks include CJK.
_NAME_START = (
    "?A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufefe\uff00-\ufffd\U00010000-\U000effff"
)
_NAME_PART = _NAME_START + "0-9\u00b7\u0300-\u036f\u203f-\u2040"
_SPACE = r"\s\u180e\u200b\ufeff"

_TOKEN = re.compile(
    rf"""
    (?P<space>[{_SPACE}]+)
    |(?P<name>[{_NAME_START}][{_NAME_PART}]*)
    |(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)
    |(?P<comment>//[^\n]*|/\*.*?\*/)
    |(?P<unclosed_comment>/\*)
    |(?P<symbol>\*\*|\.\.|<=|>=|!=|->|[-+*/<>=()\[\]{{}},:.@])
    |(?P<string>"(?:[^"\\]|\\.)*")
    |(?P<unclosed_string>")
    |(?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)

_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|([nrt'\"\\]))")
_SIMPLE_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "'": "'", '"': '"', "\\": "\\"}
_LAST_CODE_POINT = 0x10FFFF

# What a Chinese input method types when the half-width form is meant.
FULLWIDTH = {
    "，": ",", "（": "(", "）": ")", "：": ":", "＞": ">", "＜": "<", "＝": "=", "＋": "+",
    "－": "-", "＊": "*", "／": "/", "“": '"', "”": '"', "【": "[", "】": "]", "｛": "{", "｝": "}", "。": ".",
    "‘": '"', "’": '"', "；": ";", "！": "!",
}  # fmt: skip

# Parentheses are left out: （ and ） are usual in names such as 金额（元）.
FULLWIDTH_OPERATORS = frozenset("，＞＜＝＋－＊／：；！【】｛｝")

END = "end"
_CUT_OFF = ("unclosed_string", "unclosed_comment")


class Tokens(NamedTuple):
    """The tokens of an expression, as parallel rows; each row ends with the token `end`."""

    kinds: list[str]
    texts: list[str]
    starts: list[int]
    errors: tuple[ExpressionError, ...]


def tokens_of(source: str) -> Tokens:
    """Return the tokens of an expression; what cannot be read is left out and named in `errors`."""
    kinds: list[str] = []
    texts: list[str] = []
    starts: list[int] = []
    errors: list[ExpressionError] = []
    for match in _TOKEN.finditer(source):
        kind = match.lastgroup or ""
        if kind in ("space", "comment"):
            continue
        if kind in _CUT_OFF:
            errors.append(ExpressionError(code=kind, expression=source, position=match.start()))
            break
        kinds.append(kind)
        texts.append(match.group())
        starts.append(match.start())
    kinds.append(END)
    texts.append("")
    starts.append(len(source))
    return Tokens(kinds, texts, starts, tuple(errors))


def unescaped(literal: str) -> str:
    """Return what a string literal (with its quotation marks) means."""
    inner = literal[1:-1]
    if "\\" not in inner:
        return inner
    text = _ESCAPE.sub(_character, inner)
    # a pair of surrogates is one character
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _character(escape: re.Match[str]) -> str:
    short, long, simple = escape.groups()
    if simple:
        return _SIMPLE_ESCAPES[simple]
    code = int(short or long, 16)
    return chr(code) if code <= _LAST_CODE_POINT else escape.group()
