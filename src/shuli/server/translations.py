"""Keeping the translations complete: collect the source strings, carry them into the .po files, compile those.

Done with Babel, so that no gettext programs are needed.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from shuli.server.environment import CHECKOUT

SOURCE = CHECKOUT / "src" / "shuli"
LOCALE = "zh_Hans"
TEMPLATES = frozenset({".html", ".txt", ".svg"})
# name -> which arguments are singular, plural and context (1-based; "c" marks the context)
KEYWORDS = {
    "_": None,
    **{f"gettext{end}": None for end in ("", "_lazy", "_noop")},
    **{f"ngettext{end}": (1, 2) for end in ("", "_lazy")},
    **{f"pgettext{end}": ((1, "c"), 2) for end in ("", "_lazy")},
    **{f"npgettext{end}": ((1, "c"), 2, 3) for end in ("", "_lazy")},
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Gap:
    """One string that a reader of Chinese would stumble over, or one that nobody reads any more."""

    app: str
    kind: str  # missing, obsolete, fuzzy, placeholders, conflict
    text: str


def rooms() -> list[Path]:
    """Return the folders that have translations of their own: the kit and every app."""
    return [SOURCE / "kit", *sorted(path.parent for path in (SOURCE / "apps").glob("*/__init__.py"))]


def po_file(room: Path) -> Path:
    return room / "locale" / LOCALE / "LC_MESSAGES" / "django.po"


def source_strings(room: Path) -> Catalog:
    """Return every string of the room's Python and templates that goes through gettext."""
    found = Catalog(locale=LOCALE, charset="utf-8", fuzzy=False)
    for file in sorted(room.rglob("*")):
        place = file.relative_to(SOURCE.parent)
        for line, text, comments, context in _strings_of(file):
            flags = ("python-format",) if file.suffix == ".py" or "%(" in str(text) else ()
            found.add(
                text,
                locations=[(place.as_posix(), line)],
                auto_comments=comments,
                context=context,
                flags=flags,
            )
    return found


def _strings_of(file: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    if file.suffix == ".py" and "migrations" not in file.parts:
        code = file.read_text(encoding="utf-8")
    elif file.suffix in TEMPLATES and "templates" in file.parts:
        # Its words become Python calls and everything else blanks; indentation would not be Python's.
        code = "\n".join(map(str.lstrip, templatize(file.read_text(encoding="utf-8")).splitlines()))
    else:
        return
    yield from extract(
        "python", io.BytesIO(code.encode()), KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
    )


def translated(room: Path) -> Catalog:
    """Return what the room's .po file has."""
    path = po_file(room)
    if not path.exists():
        return Catalog(locale=LOCALE, charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=LOCALE, charset="utf-8")


def gaps(room: Path) -> list[Gap]:
    """Return what is missing, left over, uncertain or broken in the room's translation."""
    wanted, had = source_strings(room), translated(room)
    found = []
    for message in wanted:
        own = had.get(message.id, message.context) if message.id else None
        if message.id:
            found += [_gap(room, kind, message) for kind in _flaws(own)]
    left = [m for m in had if m.id and wanted.get(m.id, m.context) is None]
    obsolete = [*left, *had.obsolete.values()]
    return [*found, *(_gap(room, "obsolete", message) for message in obsolete)]


def conflicts(found: list[Path]) -> list[Gap]:
    """Return the strings that these rooms translate differently.

    Django merges all rooms into one catalogue, so that one room's meaning would show on the other's page.
    Words of two meanings need a context (`pgettext`); those of one meaning need one wording.
    """
    had: dict[tuple[str | None, str], tuple[Path, object]] = {}
    gaps = []
    every = ((room, message) for room in found for message in translated(room) if message.id)
    for place, message in every:
        text = message.id if isinstance(message.id, str) else message.id[0]
        first, words = had.setdefault((message.context, text), (place, message.string))
        if words != message.string:
            gaps.append(Gap(app=f"{first.name} and {place.name}", kind="conflict", text=text))
    return gaps


def _flaws(message: Message | None) -> Iterator[str]:
    if message is None or not _is_translated(message):
        yield "missing"
        return
    if message.fuzzy:
        yield "fuzzy"
    if any(message.check()):
        yield "placeholders"


def _is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, list | tuple) else [message.string]
    return all(strings)


def _gap(room: Path, kind: str, message: Message) -> Gap:
    text = message.id if isinstance(message.id, str) else message.id[0]
    return Gap(app=room.name, kind=kind, text=text)


def update(room: Path) -> None:
    """Write the .po file anew: the present source strings with the translations that it had."""
    wanted, had = source_strings(room), translated(room)
    for message in wanted:
        own = had.get(message.id, message.context) if message.id else None
        if own is not None:
            message.string, message.user_comments = own.string, own.user_comments
            message.flags |= {"fuzzy"} & set(own.flags)
    if len(wanted):
        _write(po_file(room), wanted)


def _write(path: Path, catalog: Catalog) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    body = io.BytesIO()
    # without line numbers and dates, so that it changes only when a string does
    write_po(body, catalog, width=110, omit_header=True, sort_by_file=True, include_lineno=False)
    path.write_text(HEADER + body.getvalue().decode(), encoding="utf-8")


HEADER = f"""msgid ""
msgstr ""
"Language: {LOCALE}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


def compile_all() -> int:
    """Write the .mo file beside every .po file and return how many there are."""
    count = 0
    for room in rooms():
        path = po_file(room)
        if path.exists():
            with path.with_suffix(".mo").open("wb") as file:
                write_mo(file, translated(room))
            count += 1
    return count
