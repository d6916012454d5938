"""The description table as a page: the handbook's rows for whoever reads the register."""

import re

import pytest


def text_of(answer):
    return re.sub(r"<[^>]+>", "", answer.content.decode())


@pytest.mark.accepts("H3-33")
def test_a_process_shows_its_description_table(company, client_of, owner):
    page = text_of(client_of(owner).get("/processes/P-QUALITY/description/"))

    for words in (
        "信息收集",
        "1.1",
        "1.4",
        "处理完毕1天之内",
        "重点：质量问题归属判定",
        "客户质量反馈记录表",
    ):
        assert words in page


def test_a_process_without_words_of_its_own_is_described_by_its_steps(company, client_of, owner):
    page = client_of(owner).get("/processes/P-COMPLAINT/description/").content.decode()

    for words in ("接听或回复客户", "10 分钟", "指派与处理", "改进措施报告"):
        assert words in page


def test_the_table_of_an_unknown_process_is_not_found(company, client_of, owner):
    assert client_of(owner).get("/processes/P-NONE/description/").status_code == 404
