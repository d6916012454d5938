import pytest

from shuli.core.forms import (
    AttachmentField,
    ChoicesField,
    FormDefinition,
    MoneyField,
    Option,
    PersonField,
    RatingField,
    Section,
    TableField,
    Text,
    TextField,
)
from shuli.kit import style_samples
from shuli.kit.forms import read_html, sources


def label(words):
    return Text(zh=words, en=words)


def read(*fields, answers, rights=None, reveal_url=""):
    form = FormDefinition(key="sample", title=label("Sample"), sections=(Section(fields=fields),))
    return read_html(form, answers, {}, rights, reveal_url=reveal_url)


@pytest.fixture(autouse=True)
def on_tuesday(tuesday, english):
    """A fixed moment, in English."""


def test_answers_are_read_as_words_not_codes():
    options = (
        Option(code="a", label=label("Refund")),
        Option(code="other", label=label("Other"), other=True),
    )
    wishes = ChoicesField(key="wishes", label=label("Wishes"), options=options)

    html = read(wishes, answers={"wishes": ["a", "other"], "wishes_other": "repair of the cupboard"})

    assert "Refund, Other: repair of the cupboard" in html


def test_people_are_read_by_name(monkeypatch):
    monkeypatch.setattr(sources, "people", lambda codes: dict.fromkeys(codes, "Li Min, Service"))

    assert "Li Min, Service" in read(
        PersonField(key="owner", label=label("Owner")), answers={"owner": "limin"}
    )


def test_money_and_ratings_have_their_units():
    html = read(
        MoneyField(key="sum", label=label("Sum")),
        RatingField(key="speed", label=label("Speed")),
        answers={"sum": 1280, "speed": 4},
    )

    assert "1,280.00 CNY" in html
    assert "4 of 5" in html


def test_no_answer_is_a_dash():
    assert "<dd>—</dd>" in read(TextField(key="t", label=label("T")), answers={})


def test_a_sensitive_answer_is_masked_and_shown_on_demand():
    phone = TextField(key="phone", label=label("Phone"), sensitive=True)

    html = read(phone, answers={"phone": "13812342207"}, reveal_url="/reveal/")

    assert "13812342207" not in html
    assert "138****207" in html
    assert 'data-reveal="r-phone" data-url="/reveal/"' in html


def test_a_sensitive_answer_without_a_right_to_see_it_has_no_button():
    phone = TextField(key="phone", label=label("Phone"), sensitive=True)

    assert "data-reveal" not in read(phone, answers={"phone": "13812342207"})


def test_a_hidden_field_is_not_mentioned():
    html = read(
        TextField(key="secret", label=label("Secret")), answers={"secret": "42"}, rights={"secret": "hidden"}
    )

    assert "Secret" not in html
    assert "42" not in html


def test_rows_are_read_as_a_table_that_a_phone_can_show():
    goals = TableField(
        key="goals", label=label("Goals"), columns=(TextField(key="metric", label=label("Metric")),)
    )

    html = read(goals, answers={"goals": [{"row": "1", "metric": "Conversion"}]})

    assert '<td data-l="Metric">Conversion</td>' in html


def test_a_file_is_read_as_a_link_to_it(monkeypatch):
    monkeypatch.setattr(sources, "file", "account_confirm_email")

    html = read(
        AttachmentField(key="files", label=label("Files")),
        answers={"files": [{"id": "17", "name": "a<b.pdf"}]},
    )

    assert 'href="/accounts/confirm-email/17/">a&lt;b.pdf</a>' in html


def test_every_type_of_field_can_be_read(tuesday):
    say = style_samples.Words(is_chinese=False)

    html = read_html(style_samples.FORM, style_samples.filled(say, tuesday))

    assert "2026-11-17 10:20" in html
    assert "limin · 2026-11-17 10:20" in html
