"""Hostile addresses lead to no connection; the address that was checked is the one that is connected to."""

import socket

import pytest

from shuli.kit import outgoing
from shuli.kit.outgoing import calling
from shuli.kit.outgoing.addresses import Refusal, Target, check

PUBLIC = "93.184.216.34"
# Straight to inner addresses, however they are written.
LITERAL = [
    "https://127.0.0.1/", "https://127.1/", "https://127.0.1/", "https://2130706433/", "https://0x7f000001/",
    "https://0x7f.0.0.1/", "https://0177.0.0.1/", "https://017700000001/", "https://127.255.255.254/", "https://0.0.0.0/",
    "https://0/", "https://10.0.0.1/", "https://10.255.255.255/", "https://172.16.0.1/", "https://172.31.255.255/",
    "https://192.168.0.1/", "https://192.168.255.255/", "https://169.254.169.254/latest/meta-data/",
    "https://0xa9fea9fe/", "https://2852039166/", "https://100.100.100.200/", "https://100.64.0.1/",
    "https://168.63.129.16/", "https://192.0.0.192/", "https://192.88.99.1/", "https://198.18.0.1/",
    "https://192.0.2.1/", "https://198.51.100.1/", "https://203.0.113.1/", "https://224.0.0.1/", "https://239.1.1.1/",
    "https://240.0.0.1/", "https://255.255.255.255/",
    "https://[::1]/", "https://[::]/", "https://[::ffff:127.0.0.1]/", "https://[::ffff:7f00:1]/",
    "https://[::ffff:10.0.0.1]/", "https://[::ffff:169.254.169.254]/", "https://[::127.0.0.1]/",
    "https://[64:ff9b::127.0.0.1]/", "https://[64:ff9b::a9fe:a9fe]/", "https://[64:ff9b:1::1]/",
    "https://[2002:7f00:1::]/", "https://[2002:a9fe:a9fe::1]/", "https://[2001:0:4136:e378::1]/",
    "https://[fc00::1]/", "https://[fd00:ec2::254]/", "https://[fe80::1]/", "https://[fe80::1%25lo]/",
    "https://[fec0::1]/", "https://[ff02::1]/", "https://[2001:db8::1]/", "https://[100::1]/",
]  # fmt: skip
# What two programs read differently, what is no web address, and what is not on the usual ports.
CROOKED = [
    "http://example.com/", "https://example.com:22/", "https://example.com:25/", "https://example.com:6379/",
    "https://example.com:0/", "https://example.com:99999/", "ftp://example.com/", "file:///etc/passwd",
    "gopher://example.com/_x", "https://user@example.com/", "https://user:pass@127.0.0.1/",
    "https://example.com@127.0.0.1/", "https://127.0.0.1#@example.com/", "https://example.com#x", "https:\\\\127.0.0.1/",
    "https://example.com\\@127.0.0.1/", "https://exam ple.com/", "https://example.com/\r\nHost: x", "https://example.com/\t",
    "https://%31%32%37.0.0.1/", "https://①②⑦.⓪.⓪.①/", "https://localhost。/", "//127.0.0.1/", "127.0.0.1", "https://",
    "https:///x", "javascript:alert(1)", "https://example.com/<script>", "https://example.com/" + "a" * 2_000,
]  # fmt: skip
NAMES = ["localhost", "LOCALHOST", "localhost.", "ip6-localhost"]


@pytest.fixture
def connections(monkeypatch):
    """Count the connections; none is made."""
    made = []

    def connect(address, *_more, **_named):
        made.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(calling.socket, "create_connection", connect)
    return made


@pytest.fixture
def names(monkeypatch):
    """Let names resolve as a test says; numbers as the system reads them."""
    known = {}
    real = socket.getaddrinfo

    def look_up(host, port, *more, **named):
        if host in known:
            asked = known[host]
            found = asked.pop(0) if isinstance(asked[0], list) else asked
            return [
                (socket.AF_INET6 if ":" in one else socket.AF_INET, 1, 6, "", (one, port)) for one in found
            ]
        return real(host, port, *more, **{**named, "flags": socket.AI_NUMERICHOST})

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return known


@pytest.mark.parametrize("url", [*LITERAL, *CROOKED])
def test_a_hostile_address_leads_to_no_connection(url, connections, names):
    names["example.com"] = [PUBLIC]

    answer = outgoing.call(outgoing.Call(url=url, body=b"{}"))

    assert isinstance(answer, outgoing.Failure)
    assert answer.code in {"address_refused", "address_wrong", "name_unknown"}
    assert connections == []


def test_there_are_as_many_hostile_addresses_as_were_promised():
    assert len({*LITERAL, *CROOKED}) >= 60


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "found", ["127.0.0.1", "::1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "169.254.169.254"]
)
def test_a_name_that_leads_inside_leads_nowhere(name, found, connections, names):
    names[name.lower()] = names[name] = [found]

    assert outgoing.call(outgoing.Call(url=f"https://{name}/")) == outgoing.Failure(code="address_refused")
    assert connections == []


def test_one_inner_address_among_public_ones_is_enough_to_refuse(connections, names):
    names["mixed.example"] = [PUBLIC, "10.0.0.5"]

    assert check("https://mixed.example/") == Refusal(code="address_refused")


def test_a_name_that_answers_differently_a_moment_later_is_asked_once(connections, names):
    names["rebinding.example"] = [[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]]

    assert outgoing.call(outgoing.Call(url="https://rebinding.example/x")) == outgoing.Failure(
        code="not_reached"
    )

    assert connections == [(PUBLIC, 443)]
    assert len(names["rebinding.example"]) == 2


@pytest.mark.parametrize(
    ("url", "found"),
    [("https://api.example/v1?a=b", "93.184.216.34"), ("https://api.example:8443/v1?a=b", "2606:2800:220:1::1"),
     ("https://api.example/v1?a=b", "64:ff9b::5db8:d822")],
)  # fmt: skip
def test_a_public_address_is_connected_to(url, found, names):
    names["api.example"] = [found]

    target = check(url)

    assert isinstance(target, Target)
    assert (target.address, target.host, target.path) == (found, "api.example", "/v1?a=b")


@pytest.mark.parametrize(
    ("allowed", "url", "goes"),
    [("erp.inner", "http://erp.inner:8080/", True), ("erp.inner:9000", "http://erp.inner:9000/", True),
     ("erp.inner:9000", "http://erp.inner:9001/", False), ("10.1.0.0/16", "http://10.1.2.3:8080/", True),
     ("10.1.0.0/16", "http://10.2.2.3:8080/", False), ("10.1.0.0/16", "https://127.0.0.1/", False),
     ("[::1]:80", "http://[::1]/", True), ("not/a/network", "https://10.0.0.1/", False)],
)  # fmt: skip
def test_only_the_operator_lets_calls_inside(allowed, url, goes, settings, names):
    settings.SHULI_INNER_HOSTS = (allowed,)
    names["erp.inner"] = ["10.9.9.9"]

    assert isinstance(check(url), Target) is goes
