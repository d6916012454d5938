"""A small network on this machine: a host with the database and hosts with workers, each in a namespace of its own.

All are plugged into one switch. A cable that is pulled there leaves both ends without a word.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from functools import cache

import psycopg

from reliability.served import SOURCE, TESTS
from shuli.server.postgres import cluster, postmaster
from shuli.server.postgres.folder import Folder, make_socket_folder, programs
from shuli.server.postgres.identity import for_cluster

ADDRESS = "10.213.7"  # seen in these namespaces only


def ip(*words, host=None):
    inside = ["-n", host] if host else []
    return subprocess.run(["ip", *inside, *words], check=True, capture_output=True, text=True).stdout


@cache
def why_not():
    """Return why there can be no such network here, or nothing."""
    if shutil.which("ip") is None:
        return "the program ip (package iproute2) is not installed"
    name = f"shuli{os.getpid()}probe"
    try:
        ip("netns", "add", name)
    except subprocess.CalledProcessError as error:
        return f"no network namespaces here: {error.stderr.strip()}"
    ip("netns", "del", name)
    return ""


def environment(data, url, **more):
    kept = {k: v for k, v in os.environ.items() if k != "DATABASE_URL" and not k.startswith("SHULI_")}
    own = {"SHULI_DATA": str(data), "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "shuli.server.settings"}
    return kept | {"PYTHONPATH": f"{SOURCE}:{TESTS}", "PYTHONUNBUFFERED": "1"} | own | more


class Network:
    """A database and up to nine hosts around it."""

    def __init__(self, data):
        self.data = data
        self.name = f"shuli{os.getpid()}"
        self.hosts = {}
        self.folder = Folder(path=data / "postgres")
        data.mkdir(mode=0o755)
        self.folder.path.mkdir(mode=0o700)
        ip("netns", "add", self.name)
        ip("link", "set", "lo", "up", host=self.name)
        ip("link", "add", "switch", "type", "bridge", host=self.name)
        ip("addr", "add", f"{ADDRESS}.1/24", "dev", "switch", host=self.name)
        ip("link", "set", "switch", "up", host=self.name)
        cluster.make_cluster(self.folder)
        rules = self.folder.cluster / "pg_hba.conf"
        rules.write_text(rules.read_text() + f"host all all {ADDRESS}.0/24 scram-sha-256\n")
        self.server = self._start_database()

    def _start_database(self):
        words = [*("-D", self.folder.cluster, "-k", make_socket_folder(self.folder), "-p", "5432")]
        settings = [f"{name}={value}" for name, value in postmaster.SETTINGS] + ["listen_addresses=*"]
        asked = [str(word) for word in words] + [part for one in settings for part in ("-c", one)]
        program = str(programs(self.folder.cluster) / "postgres")
        inside = ["ip", "netns", "exec", self.name, *for_cluster(self.folder.cluster).prefix]
        with (self.data / "postgres.log").open("ab") as log:
            server = subprocess.Popen(
                [*inside, program, *asked],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=cluster.SURROUNDINGS,
            )
        postmaster.wait_until_ready(self.folder, server)
        return server

    def run(self, *words, **more):
        """Run a module of the program or of these tests beside the database."""
        done = subprocess.run(
            [sys.executable, "-m", *words],
            check=False,
            capture_output=True,
            text=True,
            timeout=120,
            env=environment(self.data / "here", self.folder.url(), SHULI_SHARED=str(self.data / "shared"))
            | more,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def told(self, *words):
        """Run a module and return what it told in JSON."""
        return json.loads(re.findall(r"^\{.*\}$", self.run(*words), re.MULTILINE)[-1])

    def rows(self, question, *values):
        with psycopg.connect(self.folder.url()) as connection:
            return connection.execute(question, values).fetchall()

    def host(self, name):
        number = len(self.hosts) + 1
        self.hosts[name] = Host(self, f"{self.name}{name}", number)
        return self.hosts[name]

    def end(self):
        for host in self.hosts.values():
            host.end()
        if self.server.poll() is None:
            self.server.send_signal(signal.SIGINT)
            self.server.wait(30)
        postmaster.stop(self.folder)
        ip("netns", "del", self.name)


class Host:
    """A machine with a worker."""

    def __init__(self, network, name, number):
        self.network, self.name, self.process = network, name, None
        self.cable = f"sh{os.getpid()}c{number}"
        self.data = network.data / f"host{number}"
        self.address = f"{ADDRESS}.{number + 1}"
        self.url = f"postgresql://shuli:{network.folder.password}@{ADDRESS}.1/shuli"
        ip("netns", "add", name)
        ip("link", "set", "lo", "up", host=name)
        ip("link", "add", self.cable, "netns", network.name, "type", "veth", "peer", "eth0", "netns", name)
        ip("addr", "add", f"{self.address}/24", "dev", "eth0", host=name)
        ip("link", "set", "eth0", "up", host=name)
        ip("link", "set", self.cable, "up", host=network.name)
        self.plug_in()

    def plug_in(self):
        ip("link", "set", self.cable, "master", "switch", host=self.network.name)

    def pull_out(self):
        ip("link", "set", self.cable, "nomaster", host=self.network.name)

    def start(self, *words, **more):
        shared = str(self.network.data / "shared")
        command = ["ip", "netns", "exec", self.name, sys.executable, "-m", "shuli.server.command_line"]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [*command, *words, "--data", str(self.data)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=environment(self.data, self.url, SHULI_SHARED=shared, **more),
            )

    @property
    def log(self):
        return self.network.data / f"{self.name}.log"

    def is_working(self):
        """Return whether the database heard of this host's worker in the last six seconds."""
        question = "SELECT 1 FROM pg_stat_activity WHERE client_addr = %s::inet LIMIT 1"
        beats = "SELECT 1 FROM kit_workerheartbeat WHERE at > now() - interval '6 s' AND node = %s"
        return bool(self.network.rows(question, self.address) and self.network.rows(beats, self.node))

    @property
    def node(self):
        from shuli.server.environment import read_environment

        return read_environment({"SHULI_DATA": str(self.data)}).node

    def end(self):
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(45)
            self.process.kill()
        ip("netns", "del", self.name)


def wait(condition, seconds):
    """Return after how many seconds the condition held."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds, f"not within {seconds} s"
        time.sleep(0.1)
    return time.monotonic() - began
