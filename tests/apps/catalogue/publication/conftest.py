"""A process with a draft that is ready to be handed in, and the people of its review."""

import json

import pytest

from shuli.apps.catalogue.publication import operations
from shuli.apps.catalogue.publication.operations import Wish
from shuli.apps.catalogue.studio import operations as studio
from shuli.apps.directory import queries as directory

KEY = "P-COMPLAINT"


@pytest.fixture
def owner(company):
    return directory.members("post:owner-complaint")[0]


@pytest.fixture
def draft(owner):
    """Return a draft of the complaint process with another standard, another form and another name."""
    found = studio.open_draft(KEY, owner)
    bpmn = found.bpmn.replace('name="客户确认与回访"', 'name="电话回访"')
    bpmn = bpmn.replace(
        "执行完成后 2 个工作日内取得确认函和回访表。", "执行完成后 1 个工作日内取得确认函和回访表。"
    )
    assert bpmn != found.bpmn
    forms = json.loads(json.dumps(found.forms))
    forms["solution"]["sections"][0]["fields"].append(
        {"type": "text", "key": "spare_parts", "label": {"zh": "所需配件", "en": "Spare parts"}}
    )
    saved = studio.save_draft(found.pk, owner, found.revision, {"bpmn": bpmn, "forms": forms})
    assert not isinstance(saved, Exception), saved
    return saved


@pytest.fixture
def wish():
    return Wish(
        summary="回访改名，方案写明责任人",
        reason="一线反映责任人不清",
        training="周一例会讲解",
        trial="试办 3 件，均按时",
        complies=True,
        compliance_note="对照消费者权益保护法，无冲突",
        front_line=("limin",),
        departments=("product", "tech"),
        told=("service",),
    )


@pytest.fixture
def change(owner, draft, wish):
    made = operations.submit(owner, draft.pk, wish)
    assert isinstance(made, operations.Change), getattr(made, "params", made)
    return made
