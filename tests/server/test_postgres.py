"""The private PostgreSQL starts where others refuse to, is shared, and survives being killed."""

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import psycopg
import pytest

import shuli
from shuli.server.postgres import Durability, PostgresError, cluster, identity, lease, postmaster
from shuli.server.postgres.folder import SHORT_FOLDER, Folder
from shuli.server.postgres.identity import Identity

SOURCE = Path(shuli.__file__).parents[1]
QUICK = Durability.NONE


def ask(url, statement):
    with psycopg.connect(url) as connection:
        return connection.execute(statement).fetchone()[0]


def holder(path, code="input()"):
    """Hold a lease in another process; it prints the address when it has it."""
    script = f"""
        from pathlib import Path
        from shuli.server.postgres import lease
        with lease(Path({str(path)!r})) as held:
            print(held.url, flush=True)
            {code}
    """
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
    )
    return process, process.stdout.readline().strip()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Make one cluster that the tests copy."""
    path = tmp_path_factory.mktemp("made") / "postgres"
    with lease(path, durability=QUICK):
        pass
    return path


@pytest.fixture
def place(made, tmp_path):
    path = tmp_path / "postgres"
    subprocess.run(["cp", "-a", str(made), str(path)], check=True)
    return path


def test_the_role_of_shuli_is_no_superuser(place):
    with lease(place, durability=QUICK) as held:
        assert ask(held.url, "SELECT usesuper FROM pg_user WHERE usename = current_user") is False
        assert ask(held.url, "SELECT count(*) FROM pg_user WHERE usesuper") == 1


def test_nothing_listens_on_the_network_and_the_socket_is_private(place):
    with lease(place, durability=QUICK) as held:
        assert ask(held.url, "SHOW listen_addresses") == ""
        assert held.folder.socket_folder.stat().st_mode & 0o077 == 0


def test_the_superuser_cannot_sign_in(place):
    with lease(place, durability=QUICK) as held:
        folder = held.folder.socket_folder
        with pytest.raises(psycopg.OperationalError, match=r"no pg_hba\.conf entry"):
            psycopg.connect(host=str(folder), user="postgres", dbname="postgres")


def test_a_real_installation_waits_for_the_disk(place):
    with lease(place) as held:
        assert ask(held.url, "SHOW fsync") == "on"
        assert ask(held.url, "SHOW synchronous_commit") == "on"


def test_the_last_to_leave_stops_it(place):
    with lease(place, durability=QUICK) as first:
        with lease(place, durability=QUICK) as second:
            assert second.url == first.url
        assert first.is_running()

    assert not first.is_running()
    assert postmaster.processes_of(place / "cluster") == []


def test_what_a_killed_holder_left_running_is_joined(place):
    process, url = holder(place)
    server = postmaster.postmaster_of(place / "cluster")
    process.kill()
    process.wait()

    with lease(place) as held:
        assert postmaster.postmaster_of(place / "cluster") == server
        assert held.url == url
        assert ask(held.url, "SELECT 1") == 1

    assert postmaster.postmaster_of(place / "cluster") is None


def test_a_killed_server_comes_back_with_everything_committed(place):
    with lease(place) as held:
        with psycopg.connect(held.url) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        os.kill(postmaster.postmaster_of(place / "cluster"), signal.SIGKILL)
        time.sleep(0.1)

        held.restart()

        assert ask(held.url, "SELECT answer FROM kept") == 42


def test_a_stale_file_that_names_a_stranger_does_not_stop_the_start(place):
    """After a power cut the number in the file may belong to any process."""
    (place / "cluster" / "postmaster.pid").write_text(f"{os.getpid()}\n{place}\n0\n5432\n\n\n\n")

    with lease(place, durability=QUICK) as held:
        assert ask(held.url, "SELECT 1") == 1


def test_a_path_too_long_for_a_socket_uses_a_short_private_one(made, tmp_path):
    place = tmp_path / ("long" * 30) / "postgres"
    place.parent.mkdir()
    subprocess.run(["cp", "-a", str(made), str(place)], check=True)

    with lease(place, durability=QUICK) as held:
        socket_folder = held.folder.socket_folder
        assert socket_folder.parent == SHORT_FOLDER
        assert ask(held.url, "SELECT 1") == 1

    assert not socket_folder.exists()


def test_somebody_elses_socket_folder_is_refused(made, tmp_path):
    place = tmp_path / ("long" * 30) / "postgres"
    place.parent.mkdir()
    subprocess.run(["cp", "-a", str(made), str(place)], check=True)
    trap = Folder(path=place).socket_folder
    trap.symlink_to(tmp_path)

    try:
        with pytest.raises(PostgresError, match="Remove it"), lease(place, durability=QUICK):
            pass
    finally:
        trap.unlink()


def test_parents_that_only_their_owner_may_enter_are_no_hindrance(tmp_path):
    private = tmp_path / "private"
    private.mkdir(mode=0o700)

    with lease(private / "data" / "postgres", durability=QUICK) as held:
        assert ask(held.url, "SELECT 1") == 1

    assert private.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_an_ordinary_user_needs_no_help(tmp_path):
    """Without root's identity the server runs as its user; the one capability only lets it reach this Python."""
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    os.chown(home, identity.NOBODY, identity.NOBODY)
    reach = (
        "--securebits=+no_setuid_fixup",
        "--inh-caps=-all,+dac_override",
        "--ambient-caps=-all,+dac_override",
    )
    script = (
        f"from pathlib import Path; from shuli.server.postgres import lease\n"
        f"with lease(Path({str(home / 'postgres')!r})) as held: import psycopg; psycopg.connect(held.url); print('up')"
    )

    done = subprocess.run(
        ["setpriv", f"--reuid={identity.NOBODY}", "--clear-groups", *reach, sys.executable, "-c", script],
        env=os.environ | {"PYTHONPATH": str(SOURCE), "HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout == "up\n", done.stderr
    assert (home / "postgres" / "cluster").stat().st_uid == identity.NOBODY


@pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("unshare"), reason="the way of a root without capabilities"
)
def test_a_user_namespace_is_the_second_way_for_root(tmp_path, monkeypatch):
    namespace = identity._user_namespace()
    if subprocess.run([*namespace.prefix, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this machine allows no user namespaces")
    monkeypatch.setattr(cluster, "for_new_cluster", lambda _folder: iter([namespace]))

    with lease(tmp_path / "postgres", durability=QUICK) as held:
        assert ask(held.url, "SELECT 1") == 1


def test_when_no_way_works_the_text_says_what_was_tried_and_what_to_do(tmp_path, monkeypatch):
    refused = Identity(prefix=("false",), uid=os.geteuid(), way="by no way")
    monkeypatch.setattr(cluster, "for_new_cluster", lambda _folder: iter([refused]))
    place = tmp_path / "postgres"

    with (
        pytest.raises(PostgresError, match=r"by no way(.|\n)*ordinary user(.|\n)*DATABASE_URL"),
        lease(place),
    ):
        pass

    assert [path.name for path in place.iterdir() if path.is_dir()] == []


def test_somebody_elses_cluster_is_refused_with_advice(place, monkeypatch):
    monkeypatch.setattr(identity.os, "geteuid", lambda: 4711)

    with pytest.raises(PostgresError, match="belong to the present user"):
        identity.for_cluster(place / "cluster")


def test_two_first_starts_at_once_make_one_cluster(tmp_path):
    place = tmp_path / "postgres"

    holders = [holder(place) for _ in range(3)]
    addresses = {url for _, url in holders}
    for process, _ in holders:
        process.communicate("\n")

    assert len(addresses) == 1
    assert all(process.returncode == 0 for process, _ in holders)
    assert postmaster.processes_of(place / "cluster") == []
