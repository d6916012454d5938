"""A person's whole task in a real browser, against the program as `script/server` starts it."""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

BUILD = Path(__file__).resolve().parents[2] / "build"
CHROMIUM = "/usr/bin/chromium"
UNWANTED = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "SHULI_DATA"}
PATIENCE = 10_000  # milliseconds; the machine may be busy

WORDS = {
    "zh-hans": {
        "complete": "完成并提交",
        "start": "发起",
        "sign_in": "登录",
        "return": "退回",
        "transfer": "转办",
        "draft": "存草稿",
    },
    "en": {
        "complete": "Complete",
        "start": "Start",
        "sign_in": "Sign in",
        "return": "Return",
        "transfer": "Transfer",
        "draft": "Save draft",
    },
}
CHINESE = r"[\u4e00-\u9fff]"


INSTALLATION = {}  # where the running program keeps its data


@pytest.fixture(scope="session")
def prepared(server):
    """Publish the small processes of the verbs in the running program, from a process of its own."""
    surroundings = {key: value for key, value in os.environ.items() if key not in UNWANTED}
    surroundings |= {"SHULI_DATA": str(INSTALLATION["data"]), "PYTHONPATH": str(BUILD.parent / "tests")}
    words = [sys.executable, "-m", "journeys.prepare_verbs"]
    done = subprocess.run(words, check=False, capture_output=True, text=True, env=surroundings, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(re.findall(r"^\{.*\}$", done.stdout, re.MULTILINE)[-1])


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """Start the program with its own data directory, as a newcomer would, and end it with Ctrl-C."""
    data = tmp_path_factory.mktemp("journey") / "data"
    INSTALLATION["data"] = data
    with serving(data, tmp_path_factory.mktemp("log") / "server.log") as address:
        yield address


PROGRAM = Path(sys.executable).with_name("shuli")


@contextmanager
def serving(data, log_file):
    """Serve an installation, and give its address."""
    port, log = free_port(), log_file.open("wb")
    environment = {key: value for key, value in os.environ.items() if key not in UNWANTED}
    command = [PROGRAM, "serve", "--migrate", "--demo", "--port", str(port), "--data", str(data)]
    process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_ready(address, process, log.name)
        yield address
    finally:
        process.send_signal(2)
        process.wait(30)


def wait_until_ready(address, process, log):
    for _ in range(240):
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{address}/livez", timeout=1)
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise AssertionError(f"The server did not start: {Path(log).read_text(errors='replace')[-2000:]}")


# A module's, not the run's: while it is there, Django takes every later test for asynchronous and refuses its database.
@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


class Person:
    """Somebody at their own browser: signs in by choosing their name, fills forms, presses buttons."""

    def __init__(self, chromium, server, name, language, width=1280):
        self.server, self.language, self.words = server, language, WORDS[language]
        self.context = chromium.new_context(viewport={"width": width, "height": 900}, locale=language[:2])
        self.context.add_cookies([{"name": "shuli_language", "value": language, "url": server}])
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.problems = []
        self.page.on("console", self.note)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.sign_in(name)

    def note(self, message):
        # An answer such as 422 is what some steps are about; scripts and the content policy must stay silent.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.problems.append(message.text)

    def sign_in(self, name):
        self.go("/enter/")
        self.page.locator(f'button[name="person"][value="{name}"]').click()
        self.page.wait_for_url(f"{self.server}/")

    def go(self, path):
        self.page.goto(f"{self.server}{path}")
        return self.page

    def open_task(self, number, node):
        """Open a task from My work, as a person finds it."""
        self.go("/")
        row = self.page.locator(".sl-row", has_text=number).filter(has_text=node).first
        row.locator("h3 a").click()
        expect(self.page.locator("h1")).to_have_text(node)

    def fill(self, **answers):
        for name, value in answers.items():
            self.answer(name.replace("__", "-"), value)

    def answer(self, name, value):
        box = self.page.locator(f'#complete [name="{name}"], #start [name="{name}"]')
        kind = box.first.get_attribute("type")
        if kind in ("radio", "checkbox"):
            for one in value if isinstance(value, list) else [value]:
                self.page.locator(f'label:has([name="{name}"][value="{one}"])').wait_for()
                self.page.locator(f'[name="{name}"][value="{one}"]').check()
        elif box.first.evaluate("element => element.tagName") == "SELECT":
            box.first.select_option(value)
        else:
            box.first.fill(value)

    def choose_person(self, field, text):
        """Find a colleague by typing, and choose the first who is found."""
        picker = self.page.locator(f'[data-picker="{field}"]')
        picker.locator('input[role="combobox"]').fill(text)
        picker.locator('[role="option"]').first.click()

    def press(self, key):
        self.page.locator(".sl-actbar .btn", has_text=self.words[key]).locator("visible=true").first.click()

    def press_more(self, key):
        """Press a button that may stand in the menu."""
        button = self.page.locator(".sl-act button", has_text=self.words[key])
        if not button.locator("visible=true").count():
            self.page.locator(".sl-actbar summary").click()
        button.locator("visible=true").first.click()
        self.page.wait_for_load_state()

    def complete(self, **answers):
        """Fill the form, sign where asked, and complete the task."""
        self.fill(**answers)
        self.press("complete")
        self.page.wait_for_load_state()
        problems = self.page.locator("#form-problems")
        assert not problems.count(), problems.inner_text()

    def picture(self, name):
        """Keep a picture of the page for whoever looks at it."""
        folder = BUILD / "pictures"
        folder.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=folder / f"{name}.{self.language[:2]}.png", full_page=True)

    def number(self):
        """Return the number of the case whose page is open."""
        return self.page.locator(".sl-meta span").first.inner_text()


@pytest.fixture
def node_names():
    """Return the names of a library process's nodes in a language, as its file says."""

    def names(process, language):
        from importlib import resources

        from shuli.core.bpmn import compile_process, read_bpmn

        file = resources.files("shuli.library") / "processes" / process / "process.bpmn"
        graph = compile_process(read_bpmn(file.read_bytes()).document).graph
        return {key: node.name.in_language(language) for key, node in graph.nodes.items()}

    return names


@pytest.fixture
def person(chromium, server):
    people = []

    def sign_in(name, language="zh-hans", width=1280):
        people.append(Person(chromium, server, name, language, width))
        return people[-1]

    yield sign_in
    for one in people:
        one.context.close()
    assert [problem for one in people for problem in one.problems] == []
