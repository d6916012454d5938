"""What P-DOC's service tasks do, asked one by one: also twice, and for a regulation that is no process."""

import pytest

from apps.catalogue.publication.conftest import KEY
from shuli.apps.cases import publishing
from shuli.apps.cases.outside.functions import registered
from shuli.apps.catalogue import queries
from shuli.core.engine import ServiceFailure


def test_the_functions_are_those_that_the_process_names(company):
    graph = queries.graph(queries.version_in_force("P-DOC").pk)

    named = {node.service.name for node in graph.nodes.values() if node.service}

    assert named == set(publishing.FUNCTIONS)
    assert all(registered()[name] is publishing.FUNCTIONS[name] for name in named)


def test_a_regulation_that_is_no_process_is_only_dated(company):
    assert set(publishing.publish_version({})) == {"published_at"}
    assert publishing.put_in_force({}) == publishing.end_transition({}) == publishing.retire_version({}) == {}


def test_the_steps_of_a_version_may_be_asked_for_twice(change):
    said = {"change": change.pk}

    for _time in range(2):
        assert publishing.publish_version(said)["subject_version"] == "1.1"
        assert publishing.put_in_force(said) == publishing.end_transition(said) == {}
        states = {v.number: v.status for v in change.process.versions.all()}
        assert states == {"1.0": "retired", "1.1": "published"}


def test_a_change_that_is_closed_is_not_published(change):
    from shuli.apps.catalogue.publication import operations

    operations.give_up(change.case_number, "rejected")

    answer = publishing.publish_version({"change": change.pk})

    assert isinstance(answer, ServiceFailure)
    assert answer.code == "change_closed"


def test_retired_it_starts_nothing(change):
    said = {"change": change.pk}
    publishing.publish_version(said)

    assert publishing.retire_version(said) == {}

    with pytest.raises(queries.NotInForceError):
        queries.version_in_force(KEY)
    assert not queries.may_start(KEY, "limin")


def test_what_another_process_calls_is_not_retired(change):
    from shuli.apps.catalogue.models import Change, Process

    called = Process.objects.get(key="P-PLAN")  # the quality complaint calls it
    Change.objects.filter(pk=change.pk).update(process=called)

    answer = publishing.retire_version({"change": change.pk})

    assert answer.code == "still_called"
    assert "客户质量投诉" in answer.params["by"]
    assert queries.version_in_force("P-PLAN").status == "published"


def test_the_case_that_stopped_says_why(company):
    from shuli.apps.cases import wording

    said = {
        "service": "retire_version",
        "error": "still_called",
        "by": "被“客户质量投诉管理”调用",
        "node": "废止",
    }

    assert wording.incident("service_failed", said) == (
        "“废止”对应的程序执行失败。 其他流程正在调用：被“客户质量投诉管理”调用"
    )
