"""Robots of groups: sealed keys, known addresses only, and every call through our own way out."""

import json
from datetime import timedelta

import pytest

from apps.monitoring.alerting.conftest import HAND_OVER, pass_time
from shuli.apps.directory.models import Person
from shuli.apps.monitoring.alerting import channels, courier, raising
from shuli.apps.monitoring.alerting.models import Channel
from shuli.kit import clock, sealing
from shuli.kit.errors import Refusal
from shuli.kit.outgoing import Answer, Failure

pytestmark = pytest.mark.django_db
ROBOTS = {
    "wecom": (
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4-97a0",
        b'{"errcode":0}',
    ),
    "dingtalk": ("https://oapi.dingtalk.com/robot/send?access_token=abcdef0123456789", b'{"errcode":0}'),
    "feishu": ("https://open.feishu.cn/open-apis/bot/v2/hook/abcd-efgh-0123", b'{"code":0}'),
}


@pytest.fixture
def sent(monkeypatch):
    """Take what would leave, and answer as the services do."""
    found = []

    def call(asked):
        found.append(asked)
        return Answer(status=200, headers={}, body=b'{"errcode":0}')

    monkeypatch.setattr(courier, "call", call)
    return found


@pytest.fixture
def administrator(people):
    Person.objects.filter(username=people["owner"]).update(is_administrator=True)
    return people["owner"]


def made(administrator, kind="wecom", secret=""):
    facts = channels.ChannelFacts(name=kind, address=ROBOTS[kind][0], secret=secret)
    return channels.new_channel(administrator, facts)


@pytest.mark.parametrize("kind", ROBOTS)
def test_a_message_goes_to_the_services_own_address_with_its_words(administrator, sent, kind):
    channel = made(administrator, kind, secret="SECabc")

    assert channels.send(channel, "预警", "按时完成率 91%") == ""

    [asked] = sent
    assert asked.url.startswith(ROBOTS[kind][0].partition("?")[0])
    assert "按时完成率 91%" in json.dumps(json.loads(asked.body), ensure_ascii=False)
    assert Channel.objects.get().sent_at is not None


def test_the_signature_of_dingtalk_stands_in_the_address(administrator, sent):
    channels.send(made(administrator, "dingtalk", secret="SECabc"), "a", "b")

    assert "sign=" in sent[0].url


def test_the_key_stands_nowhere_in_the_row(administrator):
    row = made(administrator, secret="SECabc")

    assert "693a91f6" not in row.sealed
    assert "SECabc" not in row.sealed
    assert "693a91f6" in sealing.unseal(row.sealed)


@pytest.mark.parametrize(
    "address",
    ["https://example.com/hook", "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=12345678", "https://127.0.0.1/",
     "https://open.feishu.cn/open-apis/bot/v2/hook/abcd1234/../../x", "wecombot://key", "json://127.0.0.1"],
)  # fmt: skip
def test_another_address_is_refused(administrator, address):
    answer = channels.new_channel(administrator, channels.ChannelFacts(name="x", address=address))

    assert isinstance(answer, Refusal)
    assert answer.code == "channel_address_unknown"


def test_what_the_robot_refuses_is_kept(administrator, sent, monkeypatch):
    monkeypatch.setattr(
        courier, "call", lambda _asked: Answer(status=200, headers={}, body=b'{"errcode":93000}')
    )
    channel = made(administrator)

    with pytest.raises(channels.NotDeliveredError):
        channels.deliver(channel, "a", "b")

    assert Channel.objects.get().error == "robot_93000"


def test_a_call_that_is_not_allowed_says_why(administrator, monkeypatch):
    monkeypatch.setattr(courier, "call", lambda _asked: Failure(code="address_refused"))

    assert channels.send(made(administrator), "a", "b") == "address_refused"


def test_another_installations_seal_is_said_to_be_one(administrator, settings):
    channel = made(administrator)
    settings.SECRET_KEY = "another key"

    assert channels.send(channel, "a", "b") == "seal_broken"


def test_no_plugin_keeps_a_way_out_of_its_own():
    assert {one.requests for one in (courier.wecombot, courier.dingtalk, courier.feishu)} == {courier.WAY}


def test_alerts_of_a_rule_go_into_its_channel_together(administrator, rule, counted, sent):
    rule.channels = [made(administrator).name]
    rule.save()

    with clock.frozen(counted):
        raising.watch()
    with clock.frozen(counted + timedelta(days=4)):
        pass_time(HAND_OVER)

    assert len(sent) == 1


def test_only_an_administrator_arranges_channels(people):
    answer = channels.new_channel(
        people["starter"], channels.ChannelFacts(name="x", address=ROBOTS["wecom"][0])
    )

    assert isinstance(answer, Refusal)
