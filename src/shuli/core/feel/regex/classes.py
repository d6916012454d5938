"""Sets of characters: escapes such as \\d and \\p{L}, ranges, and what is taken out of them."""

import unicodedata
from collections.abc import Callable
from functools import lru_cache

from shuli.core.feel.regex.blocks import BLOCKS
from shuli.core.feel.regex.pattern import Accepts, PatternError

_CATEGORIES = frozenset(
    {"L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Ps", "Pe",
     "Pi", "Pf", "Po", "Z", "Zs", "Zl", "Zp", "S", "Sm", "Sc", "Sk", "So", "C", "Cc", "Cf", "Co", "Cn"},
)  # fmt: skip
SINGLE = {"n": "\n", "r": "\r", "t": "\t", **{mark: mark for mark in "\\|.?*+(){}-[]^$"}}
_NAME_START = (
    (0x3A, 0x3A), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x2FF),
    (0x370, 0x37D), (0x37F, 0x1FFF), (0x200C, 0x200D), (0x2070, 0x218F), (0x2C00, 0x2FEF), (0x3001, 0xD7FF),
    (0xF900, 0xFDCF), (0xFDF0, 0xFFFD), (0x10000, 0xEFFFF),
)  # fmt: skip
_NAME_MORE = ((0x2D, 0x2E), (0x30, 0x39), (0xB7, 0xB7), (0x300, 0x36F), (0x203F, 0x2040))


def category(name: str) -> Accepts:
    r"""Return the set that \p{name} means."""
    if name.startswith("Is"):
        block = BLOCKS.get(name[2:].replace(" ", "").lower())
        if block is None:
            raise PatternError(f"Expected the name of a Unicode block but found {name[2:]}")
        return within((block,))
    if name not in _CATEGORIES:
        raise PatternError(f"Expected a Unicode category but found {name}")
    return lambda character: unicodedata.category(character).startswith(name)


def within(ranges: tuple[tuple[int, int], ...]) -> Accepts:
    return lambda character: any(first <= ord(character) <= last for first, last in ranges)


def negated(accepts: Accepts) -> Accepts:
    return lambda character: not accepts(character)


def either(parts: list[Accepts]) -> Accepts:
    if len(parts) == 1:
        return parts[0]
    return lambda character: any(accepts(character) for accepts in parts)


def without(accepts: Accepts, taken_out: Accepts) -> Accepts:
    return lambda character: accepts(character) and not taken_out(character)


def remembered(accepts: Accepts) -> Accepts:
    """Return the set with its answers kept, as texts repeat their characters."""
    return lru_cache(maxsize=512)(accepts)


def ignoring_case(accepts: Accepts) -> Accepts:
    """Return the set with every character also in its other cases."""
    return lambda character: any(map(accepts, variants(character)))


@lru_cache(maxsize=2048)
def variants(character: str) -> frozenset[str]:
    """Return the character in every case, and the others that share one with it, as k and the Kelvin sign."""
    forms = {character, character.lower(), character.upper(), character.casefold(), character.title()}
    forms |= {again for form in forms for again in (form.lower(), form.upper())}
    return frozenset(form for form in forms if len(form) == 1)


def one_in_any_case(character: str) -> Accepts:
    own = variants(character)
    return lambda other: not own.isdisjoint(variants(other))


def one(character: str) -> Accepts:
    return lambda other: other == character


def _word(character: str) -> bool:
    return unicodedata.category(character)[0] not in "PZC"


def _digit(character: str) -> bool:
    return unicodedata.category(character) == "Nd"


def _space(character: str) -> bool:
    return character in " \t\n\r"


_MULTIPLE: dict[str, Callable[[str], bool]] = {
    "s": _space,
    "d": _digit,
    "w": _word,
    "i": within(_NAME_START),
    "c": within(_NAME_START + _NAME_MORE),
}
MULTIPLE: dict[str, Accepts] = _MULTIPLE | {
    letter.upper(): negated(accepts) for letter, accepts in _MULTIPLE.items()
}
