"""The page on which somebody edits a decision table, for the journeys."""

import json
import re

from playwright.sync_api import expect

EDIT = "/decisions/complaint-level/edit/"


class TableEditor:
    """The page on which somebody edits a table: by keys, as in a spreadsheet."""

    def __init__(self, someone):
        self.person = someone
        self.page = someone.go(EDIT)
        self.grid = self.page.locator("table.sl-grid")

    def cell(self, row, column):
        return self.grid.locator(f'td[data-row="{row - 1}"][data-column="{column - 1}"]')

    def choose(self, row, column):
        self.cell(row, column).click()

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def present(self):
        """Return the row and column of the present cell, counted from 1."""
        at = self.grid.locator("td.is-at")
        return int(at.get_attribute("data-row")) + 1, int(at.get_attribute("data-column")) + 1

    def texts(self, row):
        return self.grid.locator("tbody tr").nth(row - 1).locator("td").all_inner_texts()

    def rows(self):
        return self.grid.locator("tbody tr").count()

    def paste(self, text):
        """Paste as from Excel: the clipboard holds rows of cells divided by tabs."""
        self.grid.evaluate(
            """(table, text) => {
                const data = new DataTransfer();
                data.setData("text/plain", text);
                table.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
            }""",
            text,
        )

    def findings(self):
        return self.page.locator("[data-table-findings]")

    def publish(self, reason):
        """Keep the draft, then publish it."""
        self.page.locator('.sl-actbar button[value="save"]').locator("visible=true").first.click()
        expect(self.page.locator(".sl-note, .alert, [role=status]").first).to_be_visible()
        self.page.locator("#why").fill(reason)
        self.page.locator("#publish .btn-primary").click()
        self.page.wait_for_url(re.compile(r"/decisions/complaint-level/$"))

    def kept(self):
        """Return the table as the page would send it."""
        return json.loads(self.page.locator('form#table input[name="grid"]').input_value())
