"""The shipped process files open in bpmn-js, the editor that most people know, unchanged and without a warning."""

import os
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import sync_playwright

pytestmark = pytest.mark.browser

REPOSITORY = Path(__file__).parents[2]
VIEWER = REPOSITORY / "frontend/node_modules/bpmn-js/dist/bpmn-navigated-viewer.development.js"
FILES = sorted((REPOSITORY / "src/shuli/library").glob("**/process.bpmn"))
CHROMIUM = "/usr/bin/chromium"
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
FLOW_NODE = re.compile(r"(task|Task|Event|Gateway|subProcess|transaction|callActivity)$")
OPEN = """async (xml) => {
    const viewer = new BpmnJS({container: '#canvas'});
    const {warnings} = await viewer.importXML(xml);
    const drawn = viewer.get('elementRegistry').getAll().filter((one) => !one.labelTarget);
    viewer.destroy();
    return {
        warnings: warnings.map((one) => one.message),
        shapes: drawn.filter((one) => !one.waypoints).map((one) => one.id),
        lines: drawn.filter((one) => one.waypoints).map((one) => one.id),
    };
}"""


@pytest.fixture(scope="module")
def page():
    if not VIEWER.exists():
        message = f"Expected {VIEWER.relative_to(REPOSITORY)} but found nothing; run script/setup."
        pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.set_content("<!doctype html><div id='canvas' style='width:1200px;height:800px'></div>")
        page.add_script_tag(path=VIEWER)
        yield page
        browser.close()


def opened(page, file):
    return page.evaluate(OPEN, file.read_text(encoding="utf-8"))


def ids(file, wanted):
    """Return the ids of the elements whose local name fits."""
    return {
        element.get("id")
        for element in ET.parse(file).iter()
        if element.tag.startswith(BPMN) and wanted(element.tag.removeprefix(BPMN))
    }


def test_there_are_process_files_to_open():
    assert FILES


@pytest.mark.parametrize(
    "file", FILES, ids=lambda file: str(file.parent.relative_to(REPOSITORY / "src/shuli/library"))
)
def test_a_shipped_process_opens_without_a_warning(page, file):
    assert opened(page, file)["warnings"] == []


@pytest.mark.parametrize(
    "file", FILES, ids=lambda file: str(file.parent.relative_to(REPOSITORY / "src/shuli/library"))
)
def test_every_step_of_a_shipped_process_has_a_shape_and_every_flow_a_line(page, file):
    nodes, flows = ids(file, FLOW_NODE.search), ids(file, lambda name: name == "sequenceFlow")

    found = opened(page, file)

    assert nodes
    assert flows
    assert nodes - set(found["shapes"]) == set()
    assert flows - set(found["lines"]) == set()


def test_a_file_with_a_mistake_does_give_a_warning(page, tmp_path):
    """Otherwise the tests above would prove nothing."""
    broken = tmp_path / "broken.bpmn"
    text = FILES[0].read_text(encoding="utf-8")
    broken.write_text(re.sub(r'targetRef="[^"]+"', 'targetRef="nowhere"', text, count=1), encoding="utf-8")

    assert opened(page, broken)["warnings"] != []
