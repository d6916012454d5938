"""How the handbook says when somebody is reminded."""

import pytest
from django.utils import translation

from shuli.apps.catalogue.handbook import words
from shuli.core.worktime import Offset, Repeat

HASTY = Offset(amount=30, unit="minutes", when="after", repeat=Repeat(every=30, unit="minutes", times=3))
DAILY = Offset(when="at", repeat=Repeat(every=1, unit="working_days"))


@pytest.mark.parametrize(
    ("offset", "language", "said"),
    [
        (Offset(amount=6, unit="minutes", when="before"), "zh-hans", "到期前 6 分钟"),
        (HASTY, "zh-hans", "超时 30 分钟（之后每 30 分钟一次，共 3 次）"),
        (HASTY, "en", "30 minutes overdue (then every 30 minutes, 3 times)"),
        (DAILY, "zh-hans", "到期时（之后每 1 工作日一次，直到办结）"),
        (DAILY, "en", "when it is due (then every 1 working day until done)"),
    ],
)
def test_a_reminder_says_when_it_comes_and_how_often_again(offset, language, said):
    with translation.override(language):
        assert words.offset(offset) == said
