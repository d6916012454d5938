"""Two hosts with workers over one database: one is cut off while it holds a job, the other takes over, it comes back."""

import os
import shutil

import pytest

from conftest import BUILD
from reliability.hosts import Network, wait, why_not

SECONDS_TO_TAKE_OVER = 30
FIRED = "SELECT count(*) FROM cases_event WHERE type = 'TimerFired' AND case_id = ANY(%s) GROUP BY case_id"
HELD = "SELECT 1 FROM pg_stat_activity WHERE state = 'idle in transaction' AND client_addr = %s::inet"
WAITING = "SELECT count(*) FROM cases_timer WHERE state = 'pending' AND due_at <= now() AND case_id = ANY(%s)"

pytestmark = [
    pytest.mark.nightly,
    pytest.mark.skipif(bool(why_not()), reason=why_not() or "possible"),
]

MAIL_JOBS = """
    SELECT count(*) FROM procrastinate_jobs
     WHERE task_name LIKE '%%send_notification_mail' AND status::text = ANY(%s::text[])
"""


@pytest.fixture
def network():
    made = Network(BUILD / f"network-{os.getpid()}")
    try:
        made.run("shuli.server.command_line", "migrate")
        made.run("reliability.prepare_kills")
        yield made
    finally:
        made.end()
        shutil.rmtree(made.data, ignore_errors=True)


def due(network, number):
    return network.told("reliability.start_timed", str(number))["cases"]


def fired(network, cases):
    return [number for (number,) in network.rows(FIRED, cases)]


def is_over(network, cases):
    return network.rows(WAITING, cases) == [(0,)]


def cut_off_in_the_middle(network, failpoints, is_held, is_over):
    """Cut the first host off while it holds a job; return both and after how many seconds the second had done it."""
    first, second = network.host("a"), network.host("b")
    first.start("worker", SHULI_FAILPOINTS=failpoints)
    wait(lambda: is_held(first), 60)
    second.start("worker")
    wait(second.is_working, 60)
    first.pull_out()
    seconds = wait(is_over, 2 * SECONDS_TO_TAKE_OVER)
    first.plug_in()
    return first, second, seconds


def works_alone(network, host, other):
    """End the other host and let this one fire timers."""
    wait(host.is_working, 60)
    other.process.terminate()
    other.process.wait(45)
    cases = due(network, 2)
    wait(lambda: is_over(network, cases), 40)
    assert fired(network, cases) == [1] * 2
    assert "agree" in network.run("shuli.server.command_line", "verify-state")


def test_a_host_that_is_cut_off_amid_a_command_loses_it_to_another_and_comes_back(network):
    cases = due(network, 5)

    first, second, seconds = cut_off_in_the_middle(
        network,
        "case.written=sleep:25@1",
        lambda host: network.rows(HELD, host.address),
        lambda: is_over(network, cases),
    )

    assert seconds <= SECONDS_TO_TAKE_OVER
    assert fired(network, cases) == [1] * 5
    works_alone(network, first, second)
    assert fired(network, cases) == [1] * 5


def mails(network):
    return sorted(path.read_text() for host in network.hosts.values() for path in host.data.glob("mail/*"))


def test_a_mail_that_was_sent_before_the_cut_is_not_sent_again(network):
    """The host sends it and is cut off before it can say that the job is done."""
    due(network, 1)
    asked = network.rows(MAIL_JOBS, "{doing,todo}")[0][0]

    first, second, seconds = cut_off_in_the_middle(
        network,
        "job.done=sleep:25@1",
        lambda host: list(host.data.glob("mail/*")) or network.rows(MAIL_JOBS, "{doing}")[0][0],
        lambda: network.rows(MAIL_JOBS, "{doing,todo}") == [(0,)],
    )

    assert seconds <= SECONDS_TO_TAKE_OVER
    works_alone(network, first, second)
    wait(lambda: network.rows(MAIL_JOBS, "{doing,todo}") == [(0,)], 40)
    told = network.rows("SELECT count(*) FROM cases_notification")[0][0]
    assert asked >= 1
    assert "".join(mails(network)).count("Message-ID:") == told
