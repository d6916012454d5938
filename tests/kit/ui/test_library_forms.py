"""Every form that ships is drawn whole, to fill in and to read, in both languages."""

from pathlib import Path

import pytest
from django.utils import translation

from shuli.core.forms import fields_of, read_form
from shuli.kit.forms import entry_html, read_html

LIBRARY = Path(__file__).resolve().parents[3] / "src" / "shuli" / "library"
FORMS = sorted(LIBRARY.rglob("forms/*.json"))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_that_ships_is_drawn_whole(tuesday, path, language):
    form = read_form(path.read_bytes()).form

    with translation.override(language):
        entry, reading = entry_html(form, {}, {}), read_html(form, {})

    assert all(f'data-field="{one.key}"' in entry for one in fields_of(form))
    assert "<dl" in reading
