import pytest

from shuli.core.forms import read_form

LABEL = {"zh": "标签", "en": "Label"}


def with_label(raw):
    labelled = {"label": LABEL} | raw
    if "columns" in raw:
        labelled["columns"] = [with_label(column) for column in raw["columns"]]
    for part in ("options", "fixed_rows", "kinds"):
        if part in raw:
            labelled[part] = [{"label": LABEL} | item for item in raw[part]]
    return labelled


@pytest.fixture(scope="session")
def raw_form():
    """Return a form's JSON object from the fields alone, every label filled in."""

    def build(*fields):
        return {
            "key": "test-form",
            "title": LABEL,
            "sections": [{"fields": [with_label(one) for one in fields]}],
        }

    return build


@pytest.fixture(scope="session")
def form_of(raw_form):
    """Return a form from its fields, and refuse one with mistakes."""

    def build(*fields):
        reading = read_form(raw_form(*fields))
        assert reading.findings == ()
        return reading.form

    return build
