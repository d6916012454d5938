"""Robots of groups in WeCom, DingTalk and Feishu: arranged by an administrator, whose key nobody sees again."""

import json
import re
from dataclasses import dataclass

from shuli.apps.directory.administration import administrators_only, note
from shuli.apps.monitoring.alerting.models import AlertRule, Channel
from shuli.kit import clock, sealing
from shuli.kit.errors import Refusal

# The addresses that the services give their robots; only what stands in the group is taken from one.
ADDRESSES = {
    "wecom": re.compile(
        r"https://qyapi\.weixin\.qq\.com/cgi-bin/webhook/send\?key=(?P<token>[A-Za-z0-9_-]{8,128})"
    ),
    "dingtalk": re.compile(
        r"https://oapi\.dingtalk\.com/robot/send\?access_token=(?P<token>[A-Za-z0-9]{8,128})"
    ),
    "feishu": re.compile(r"https://open\.feishu\.cn/open-apis/bot/v2/hook/(?P<token>[A-Za-z0-9_-]{8,128})/?"),
}


class NotDeliveredError(RuntimeError):
    """A message did not arrive; the job is tried again."""


@dataclass(frozen=True, kw_only=True)
class ChannelFacts:
    name: str
    address: str  # as the service shows it
    secret: str = ""  # DingTalk: of the signature


@administrators_only
def new_channel(by: str, facts: ChannelFacts) -> Channel | Refusal:
    """Arrange a robot; its key is sealed and not shown again."""
    if Channel.objects.filter(name=facts.name).exists():
        return Refusal("channel_name_taken")
    found = read_address(facts.address)
    if found is None:
        return Refusal("channel_address_unknown")
    kind, token = found
    sealed = sealing.seal(json.dumps({"token": token, "secret": facts.secret.strip()}))
    row = Channel.objects.create(
        name=facts.name, kind=kind, sealed=sealed, created_by=by, created_at=clock.now()
    )
    note(by, "channel_made", f"channel:{facts.name}")
    return row


def read_address(address: str) -> tuple[str, str] | None:
    """Return the kind of robot and its key; None for an address that is none of these services'."""
    for kind, pattern in ADDRESSES.items():
        if found := pattern.fullmatch(address.strip()):
            return kind, found["token"]
    return None


@administrators_only
def switch_channel(by: str, name: str, *, on: bool) -> bool | Refusal:
    """Switch a channel on or off. Nothing is sent to one that is off."""
    if not Channel.objects.filter(name=name).update(is_active=on):
        return Refusal("no_such_channel", status=404)
    note(by, "channel_on" if on else "channel_off", f"channel:{name}")
    return on


@administrators_only
def try_channel(by: str, name: str, subject: str, body: str) -> str | Refusal:
    """Send a message now to see whether it arrives; return why it did not."""
    row = Channel.objects.filter(name=name).first()
    if row is None:
        return Refusal("no_such_channel", status=404)
    note(by, "channel_tried", f"channel:{name}")
    return send(row, subject, body)


def deliver(channel: Channel, subject: str, body: str) -> None:
    """Send a message to a channel. Raises NotDeliveredError."""
    if error := send(channel, subject, body):
        raise NotDeliveredError(f"Expected {channel.name} to take the message but it did not: {error}.")


def send(channel: Channel, subject: str, body: str) -> str:
    from shuli.apps.monitoring.alerting import courier

    try:
        key = json.loads(sealing.unseal(channel.sealed))
    except sealing.NotOurSealError:
        error = "seal_broken"
    else:
        error = courier.carry(channel.kind, key, subject, body)
    sent = {} if error else {"sent_at": clock.now()}
    Channel.objects.filter(pk=channel.pk).update(error=error, **sent)
    return error


def rules_using(name: str) -> int:
    return AlertRule.objects.filter(channels__contains=[name]).count()
