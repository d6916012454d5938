"""The installation's secret is made once and read by nobody else."""

import threading

from shuli.server.data_folder import make_secret, read_secret, secret_path


def test_the_secret_is_made_once(tmp_path):
    first = make_secret(tmp_path / "data")

    assert make_secret(tmp_path / "data") == first == read_secret(tmp_path / "data")
    assert len(first) > 60


def test_nobody_else_may_read_it(tmp_path):
    make_secret(tmp_path / "data")

    assert secret_path(tmp_path / "data").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700


def test_processes_that_start_together_agree_on_it(tmp_path):
    found, start = [], threading.Barrier(20)

    def make():
        start.wait()
        found.append(make_secret(tmp_path))

    threads = [threading.Thread(target=make) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(found)) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]


def test_reading_settings_makes_nothing(tmp_path):
    assert read_secret(tmp_path / "data")
    assert not (tmp_path / "data").exists()
