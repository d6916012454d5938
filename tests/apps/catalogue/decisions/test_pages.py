"""The owner edits, tries and publishes a table in the browser; the agent sees the row that decided and why to depart from it."""

import json

import pytest

from shuli.apps.cases import operations as cases
from shuli.apps.cases import queries
from shuli.apps.cases.models import Case, DecisionRecord
from shuli.apps.catalogue.decisions import queries as decisions
from shuli.kit import limits

EDIT = "/decisions/complaint-level/edit/"
ARRIVAL = {"channel": "phone", "complaint_at": "2026-11-16T10:00:00+08:00", "summary": "接口渗水"}
STEPS = [
    {"responded_at": "2026-11-16T10:00:00+08:00", "response_channel": "phone", "response_note": "已致歉。"},
    {"complaint_at": "2026-11-16T10:00:00+08:00", "complainant": "王女士", "contact": "13800002207", "channel": "phone",
     "problem_types": ["product_quality"], "problem_description": "接口渗水。", "demands": ["exchange"],
     "urgency": "normal"},
]  # fmt: skip


def grid():
    from shuli.apps.catalogue.decisions.grid import grid_of

    return grid_of(decisions.model(decisions.version_in_force("complaint-level").pk))


def as_json(table):
    import msgspec

    return msgspec.json.encode(table).decode()


@pytest.fixture
def at_level(company):
    """Return a case whose agent is to classify it."""
    case = Case.objects.get(pk=cases.start_case("P-COMPLAINT", "limin", ARRIVAL).case_id)
    for answers in STEPS:
        cases.complete(queries.inbox("limin").filter(case=case).get().pk, "limin", answers, cases.Verdict())
    return queries.inbox("limin").filter(case=case).get()


@pytest.mark.accepts("H2-58", "H2-59")
def test_the_agent_sees_the_level_with_the_row_that_decided(at_level, client_of):
    page = client_of("limin").post(
        f"/tasks/{at_level.pk}/state/",
        {"level_criteria": ["reputation"], "level_criteria-present": "1", "problem_types": ["product_quality"]},
        headers={"accept": "application/json"},
    ).json()  # fmt: skip

    shown = page["proposed_level"]["shown"]
    assert "重大投诉" in shown
    assert "第 3 行：已经或可能被媒体、社交平台或监管部门关注" in shown
    assert "影响企业声誉：是" in shown
    assert "产品部" in page["suggested_department"]["shown"]


def test_nothing_is_proposed_before_the_criteria_are_known(at_level, client_of):
    def proposed(sent):
        page = client_of("limin").post(
            f"/tasks/{at_level.pk}/state/", sent, headers={"accept": "application/json"}
        )
        return page.json()["proposed_level"]["shown"]

    assert "表中条件尚未填写" in proposed({})
    assert proposed({}).startswith("暂无建议<")
    assert "一般投诉" in proposed({"level_criteria-present": "1"})


@pytest.mark.accepts("H2-60", "H2-81")
def test_departing_from_the_table_needs_a_reason_which_is_kept_with_the_row(at_level):
    answers = {"problem_types": ["product_quality"], "level_criteria": ["reputation"], "level": "minor"}

    refused = cases.complete(at_level.pk, "limin", answers, cases.Verdict())
    done = cases.complete(at_level.pk, "limin", answers | {"level_reason": "媒体已撤稿"}, cases.Verdict())

    assert [error.path for error in refused.validation.errors] == ["level_reason"]
    assert isinstance(done, cases.Done)
    kept = DecisionRecord.objects.get(decision="complaint-level")
    assert (kept.value, kept.chosen, kept.deviates, kept.reason) == ("major", "minor", True, "媒体已撤稿")
    assert (kept.version, kept.rows, kept.person) == (1, [3], "limin")


def test_the_owner_changes_a_row_and_the_next_case_uses_it(owner, client_of):
    client = client_of(owner)
    table = grid()
    table.rows[2].outputs = ['"minor"']

    saved = client.post(EDIT, {"grid": as_json(table), "seen": "0", "do": "save", "samples": "[]"})
    published = client.post(
        "/decisions/complaint-level/publish/", {"seen": "1", "reason": "媒体关注不再单独升级"}
    )

    assert (saved.status_code, published.status_code) == (302, 302)
    assert decisions.decide("complaint-level", {"level_criteria": ["reputation"]}).value == "minor"
    page = client.get("/decisions/complaint-level/versions/2/").content.decode()
    assert "<del>重大投诉</del> <ins>一般投诉</ins>" in page
    assert "媒体关注不再单独升级" in page


def test_the_check_names_what_is_wrong_and_which_row_fires(owner, client_of):
    table = grid()
    table.rows[0].outputs = ["1 +"]
    body = {
        "grid": json.loads(as_json(table)),
        "samples": [{"inputs": {"level_criteria": "[]"}, "expected": '"minor"'}],
    }

    answer = client_of(owner).post(
        "/decisions/complaint-level/check/", json.dumps(body), content_type="application/json"
    ).json()  # fmt: skip

    assert [(one["severity"], one["place"]) for one in answer["findings"]] == [("error", "第 1 行、投诉等级")]
    assert (answer["samples"][0]["rows"], answer["samples"][0]["is_right"]) == ([6], True)


def ask_about(client, **sent):
    answer = client.post("/feel/check/", json.dumps(sent), content_type="application/json").json()
    return answer | {"said": [one["message"] for one in answer["errors"]]}


def test_an_editor_is_told_which_values_an_expression_needs_and_what_it_gives(owner, client_of):
    client = client_of(owner)
    names = {"urgency": "string", "amount": "number"}

    answer = ask_about(client, source='urgency = "urgent"', names=names, values='{"urgency": "urgent"}')
    tested = ask_about(client, source="> amount", kind="tests", names=names, values='{"?": 7, "amount": 5}')

    assert (answer["reads"], answer["value"], answer["said"]) == (["urgency"], "true", [])
    assert answer["words"] == {"try": "试一试", "tested": "被检验的值"}
    assert (tested["reads"], tested["value"]) == (["?", "amount"], "true")
    assert "value" not in ask_about(client, source="> 5", kind="tests", names=names)


def test_a_page_that_gives_values_of_its_own_knows_their_names(owner, client_of):
    sent = {"source": "price > 5", "names": {"amount": "number"}, "values": "{price: 7}"}

    assert ask_about(client_of(owner), **sent)["said"] == ["此处没有名为 price 的变量。"]
    assert ask_about(client_of(owner), **sent, are_names=True)["said"] == []


def test_whoever_checks_too_often_waits(owner, client_of, monkeypatch):
    from shuli.apps.catalogue.decisions import views
    from shuli.kit.allowance import Allowance

    monkeypatch.setattr(views, "CHECKS", Allowance(per_minute=1))
    client = client_of(owner)
    answers = [
        client.post("/decisions/complaint-level/check/", "{}", content_type="application/json").status_code
        for _ in range(2)
    ]

    assert answers == [200, 429]
    assert limits.CHECKS_PER_MINUTE >= 60


@pytest.mark.parametrize("suffix", ["dmn", "xlsx"])
def test_a_file_that_goes_out_comes_back_as_the_draft(owner, client_of, suffix):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = client_of(owner)
    data = client.get(f"/decisions/complaint-level/decision.{suffix}").content

    answer = client.post(
        "/decisions/complaint-level/import/", {"file": SimpleUploadedFile(f"x.{suffix}", data)}
    )

    assert answer.status_code == 302
    assert decisions.decision("complaint-level").draft_number == 1


@pytest.mark.parametrize(
    "address", ["/decisions/", "/decisions/complaint-level/", EDIT, "/feel/", "/guide/", "/guide/functions/"]
)
def test_pages_of_decisions_stand_under_the_processes(owner, client_of, address):
    page = client_of(owner).get(address)

    assert [link.entry.key for link in page.context["shell"].links if link.is_current] == ["processes"]
    assert '<a href="/processes/">流程库</a>' in page.content.decode()
