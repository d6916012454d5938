from shuli.core.forms import mask, masked_values, searchable_values

PHONE = {"key": "phone", "type": "text", "sensitive": True, "searchable": True}


def test_a_masked_text_shows_its_ends_only():
    assert mask("13812345678") == "138****678"
    assert mask("李娜") == "****"
    assert mask(["a", "b"]) == "****"
    assert "5" not in mask("1250")


def test_sensitive_fields_and_columns_are_masked(form_of):
    form = form_of(
        PHONE, {"key": "name", "type": "text"}, {"key": "people", "type": "table", "columns": [PHONE]}
    )
    values = {"phone": "13812345678", "name": "李娜", "people": [{"row": "1", "phone": "13812345678"}]}

    masked = masked_values(form, values)

    assert masked == {"phone": "138****678", "name": "李娜", "people": [{"row": "1", "phone": "138****678"}]}
    assert values["people"][0]["phone"] == "13812345678"


def test_lists_are_searched_by_the_fields_that_say_so(form_of):
    form = form_of(PHONE, {"key": "name", "type": "text"}, {"key": "n", "type": "number", "searchable": True})

    assert searchable_values(form, {"phone": "138", "name": "x", "n": None}) == {"phone": "138"}
