"""The font of PDF files: Noto Sans CJK SC, which comes along, after the company's own where it has put one there."""

from functools import lru_cache
from importlib import resources
from pathlib import Path

import typst
from django.conf import settings

FAMILY = "Noto Sans CJK SC"
PACKAGE = "noto_cjk_sans_otc"


class NoFontError(RuntimeError):
    """There is no font with Chinese letters; nothing is made rather than pages of boxes."""


def own_folder() -> Path:
    """Return where a company puts the fonts in which its papers are set."""
    return Path(settings.SHULI_FONTS)


def folders() -> list[Path]:
    """Return the folders in which fonts are looked for; the system's are not among them, so that papers are alike."""
    try:
        shipped = [Path(str(resources.files(PACKAGE)))]
    except ModuleNotFoundError:
        shipped = []
    return [folder for folder in (own_folder(), *shipped) if folder.is_dir()]


def families() -> list[str]:
    """Return the families to set text in, the company's own first. Raises NoFontError without Chinese letters."""
    own = [name for name in fonts([own_folder()]).families() if not name.startswith("Noto Sans")]
    if FAMILY not in fonts(folders()).families():
        raise NoFontError(
            f"Expected the font {FAMILY} but found none. Run script/setup again, or install Debian's fonts-noto-cjk "
            f"and copy its NotoSansCJK-Regular.ttc into {own_folder()}."
        )
    return [*own, FAMILY]


def fonts(places: list[Path]) -> typst.Fonts:
    """Return the fonts of some folders, read once for each state of the folders."""
    found = tuple(str(place) for place in places if place.is_dir())
    return _read(found, tuple(Path(place).stat().st_mtime_ns for place in found))


@lru_cache(maxsize=8)
def _read(places: tuple[str, ...], _changed: tuple[int, ...]) -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(place) for place in places]
    )
