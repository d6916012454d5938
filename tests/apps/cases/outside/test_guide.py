"""The guide's worker and signature run as they are printed, in both languages, against a server of their own."""

import re
import time
from pathlib import Path

import pytest

from apps.cases.outside.conftest import begin, li_min, where
from apps.cases.outside.test_working import process  # noqa: F401 -- the fixture
from shuli.kit import signing, tokens

GUIDE = Path(__file__).parents[4] / "docs/guide"
BLOCKS = {
    language: re.findall(
        r"```python\n(.*?)```", (GUIDE / f"programs.{language}.md").read_text("utf-8"), re.DOTALL
    )
    for language in ("zh", "en")
}


def printed(language):
    """Return what the guide's examples define."""
    names = {}
    for block in BLOCKS[language]:
        exec(block, names)
    return names


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", BLOCKS)
def test_the_worker_of_the_guide_does_its_work(language, process, live_server):  # noqa: F811
    packed, sold_out = begin("P-WORK", order="A1"), begin("P-WORK", order="A2")
    token = tokens.issue(li_min(), "guide", scopes=("jobs",))

    def do(variables):
        if variables["order"] == "A2":
            raise LookupError("none left")
        return {"weight": 7}

    found = printed(language)["work_once"](live_server.url, token, "packing", do, wait_seconds=0)

    assert found == 2
    assert (where(packed), where(sold_out)) == (["file"], ["apologise"])


@pytest.mark.parametrize("language", BLOCKS)
def test_the_signature_of_the_guide_is_right(language):
    secret, body = signing.PREFIX + "x", '{"n": "投诉"}'.encode()

    headers = printed(language)["signed_headers"](secret, body, time.time())

    assert signing.is_signed(secret, headers["Shuli-Timestamp"], body, headers["Shuli-Signature"])


def test_both_guides_print_the_same_programs():
    plain = [[re.sub(r'"""[^"]*"""', "", block) for block in blocks] for blocks in BLOCKS.values()]

    assert plain[0] == plain[1]
