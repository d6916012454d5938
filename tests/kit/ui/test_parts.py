from datetime import timedelta

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from shuli.kit.components import (
    Action,
    Cell,
    Check,
    Column,
    Figure,
    Paused,
    Phase,
    Row,
    Select,
    Step,
    Table,
    TableRow,
    Tag,
    deadline,
)


def drawn(tag, **values):
    html = Template("{% load shuli %}" + tag).render(Context(values))
    return " ".join(html.split())


@pytest.fixture
def task_row(tuesday):
    return Row(
        url="/tasks/1/",
        name="制定解决方案",
        title="更换滤芯后接口渗水",
        tags=[Tag(label="重大", is_strong=True)],
        facts=["TS20261110004"],
        due=deadline(tuesday - timedelta(days=5), tuesday + timedelta(hours=1)),
        select=Select(name="task", value="1", label="选择 TS20261110004"),
    )


def test_a_to_do_shows_what_which_case_and_how_long(chinese, task_row):
    html = drawn("{% todo_row row %}", row=task_row)

    assert '<a href="/tasks/1/"><b>制定解决方案</b>更换滤芯后接口渗水</a>' in html
    assert '<span class="sl-tag is-strong">重大</span>' in html
    assert 'class="sl-st is-risk"' in html
    assert "剩余 1 工作小时</span><small>今天 11:20 到期</small>" in html
    assert 'aria-label="选择 TS20261110004"' in html


def test_a_paused_to_do_says_for_whom_it_waits(chinese, tuesday):
    row = Row(
        url="#", name="可行性分析", paused=Paused(waits_for="财务部", since=tuesday - timedelta(days=1))
    )

    html = drawn("{% todo_row row %}", row=row)

    assert "等待财务部" in html
    assert "暂停计时，自昨天 10:20" in html
    assert "#i-hourglass" in html


@pytest.mark.parametrize(
    ("kind", "css", "icon"),
    [
        ("late", "sl-st is-late", "alert-circle"),
        ("risk", "sl-st is-risk", "alert-triangle"),
        ("ok", "sl-st is-ok", "circle-check"),
        ("normal", "sl-st", "clock"),
        ("paused", "sl-st", "hourglass"),
    ],
)
def test_a_state_is_icon_word_and_colour(kind, css, icon):
    html = drawn("{% state kind 'word' %}", kind=kind)

    assert f'class="{css}"' in html
    assert f'#i-{icon}"/></svg>word' in html


def test_words_from_people_are_never_markup():
    row = Row(url="#", name="<script>alert(1)</script>", title='"><img src=x>', facts=["<b>"])

    html = drawn("{% todo_row row %}", row=row)

    assert "<script>" not in html
    assert "<img" not in html


def test_a_section_escapes_its_title_and_keeps_its_content():
    html = drawn("{% section title count=0 %}<p>inside</p>{% endsection %}", title="<i>")

    assert "<h2>&lt;i&gt;" in html
    assert '<small class="is-n">0</small>' in html
    assert "<p>inside</p>" in html


def test_the_present_phase_is_marked_for_everybody():
    phases = [Phase(name="A", state="done"), Phase(name="B", state="now"), Phase(name="C", state="next")]

    html = drawn("{% phases phases %}", phases=phases)

    assert '<li aria-current="step">2 B</li>' in html
    assert 'class="is-done"' in html


def test_a_counter_of_nothing_is_not_alarming():
    html = drawn("{% figures figures %}", figures=[Figure(number=0, label="Overdue", url="#", kind="late")])

    assert "is-late" not in html


def test_a_table_carries_its_labels_to_the_cards_of_a_phone():
    table = Table(
        columns=[
            Column(label="Step"),
            Column(label="Late", is_number=True, phone="key"),
            Column(label="Wait"),
        ],
        rows=[TableRow(cells=[Cell(value="Plan", url="/x/"), 0, "13.0 h"])],
    )

    html = drawn("{% table table %}", table=table)

    assert '<a href="/x/"><b>Plan</b></a>' in html
    assert '<td class="n is-key">0</td>' in html
    assert 'data-l="Wait">13.0 h</td>' in html


def test_a_timeline_draws_shares_as_svg_and_reads_them_out(english, tuesday):
    step = Step(name="Plan", state="done", at=tuesday, waiting=3600, handling=7200, limit=14400)

    html = drawn("{% timeline steps %}", steps=[step])

    assert 'aria-label="Waiting 1 h, handling 2 h"' in html
    assert '<rect width="25.0%" height="6" fill="url(#sl-hatch)"/>' in html
    assert 'x="25.0%" width="50.0%"' in html


def test_an_output_that_is_missing_says_so_in_words(chinese):
    html = drawn("{% checks checks %}", checks=[Check(label="测试报告", state="miss")])

    assert '<li class="is-miss">' in html
    assert "<em>缺</em>" in html


def test_what_is_missing_stands_beside_the_button_that_stays_pressable(english):
    actions = [
        Action(label="Complete", is_primary=True, form="complete"),
        Action(label="Return", opens="return"),
        Action(label="Terminate", opens="terminate", is_rare=True, is_grave=True),
    ]

    html = drawn("{% action_bar actions missing='2 missing' missing_at='f-owner' %}", actions=actions)

    assert '<button type="submit" class="btn btn-primary" form="complete">' in html
    assert '<a href="#f-owner">2 missing</a>' in html
    assert 'class="is-grave" data-opens="terminate"' in html
    assert "disabled" not in html


def test_pages_keep_what_the_list_is_narrowed_to(english):
    request = RequestFactory().get("/cases/?q=leak&page=2")
    page = Paginator(range(100), 20).get_page(2)

    html = drawn("{% pages page %}", page=page, request=request)

    assert "21–40 of 100" in html
    assert 'href="?q=leak&amp;page=3"' in html


def test_an_empty_list_says_what_to_do_next():
    html = drawn("{% empty 'Nothing to do' 'Start something.' url='/start/' link='Start' %}")

    assert '<b>Nothing to do</b>Start something. <a href="/start/">Start</a>' in html
