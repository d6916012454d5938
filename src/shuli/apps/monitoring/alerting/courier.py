"""Messages to robots of groups: written by Apprise, carried by `kit.outgoing`.

Apprise knows what each service wants to be told; its own way out is replaced, so that every call is checked, pinned to the
address that was checked, follows no redirect and has limits, like all that leaves the company.
"""

import json
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import requests
from apprise.plugins import dingtalk, feishu, wecombot

from shuli.kit.outgoing import Answer, Call, call

# Services answer 200 and say in the body that they did not take it.
ERROR_FIELDS = ("errcode", "code", "StatusCode")


class _Way:
    """Stands where the plug-ins look for `requests`: has what they use of it, and keeps why a call failed."""

    codes = requests.codes
    RequestException = requests.RequestException

    def __init__(self) -> None:
        self.error = ""

    def post(
        self,
        url: str,
        data: str | bytes | None = None,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, Any] | None = None,
        **_theirs: Any,  # certificates, redirects and times are ours to decide
    ) -> SimpleNamespace:
        address = requests.Request("POST", url, params=dict(params or {})).prepare().url or url
        body = data.encode() if isinstance(data, str) else data
        own = {name: value for name, value in (headers or {}).items() if name.lower() != "user-agent"}
        found = call(Call(url=address, headers=own, body=body))
        if not isinstance(found, Answer):
            self.error = found.code
            raise requests.RequestException(found.code)
        self.error = _refusal(found)
        status = found.status if not self.error or found.status != requests.codes.ok else 502
        return SimpleNamespace(status_code=status, content=found.body, text="", json=found.value)


def _refusal(found: Answer) -> str:
    if found.status != requests.codes.ok:
        return f"http_{found.status}"
    try:
        said = json.loads(found.body)
    except ValueError:
        return "answer_broken"
    codes = [said.get(name) for name in ERROR_FIELDS] if isinstance(said, dict) else []
    refused = next((code for code in codes if code not in (None, 0)), None)
    return f"robot_{refused}"[:40] if refused is not None else ""


WAY = _Way()
for _plugin in (wecombot, dingtalk, feishu):
    setattr(_plugin, "requests", WAY)  # noqa: B010 -- the plug-ins have no types that say so


def carry(kind: str, key: Mapping[str, str], subject: str, body: str) -> str:
    """Send a message; return why it did not arrive, "" where it did."""
    WAY.error = ""
    plugin = _plugin_of(kind, key)
    plugin.request_rate_per_sec = 0  # it would sleep between messages; ours are as many as there are channels
    is_sent = plugin.notify(body=body, title=subject)
    return "" if is_sent else WAY.error or "not_reached"


def _plugin_of(kind: str, key: Mapping[str, str]) -> Any:
    token, makers = key["token"], {"wecom": wecombot, "dingtalk": dingtalk, "feishu": feishu}
    made: Any = makers[kind]  # untyped
    if kind == "dingtalk":
        return made.NotifyDingTalk(token=token, secret=key.get("secret") or None)
    return made.NotifyWeComBot(key=token) if kind == "wecom" else made.NotifyFeishu(token=token)
