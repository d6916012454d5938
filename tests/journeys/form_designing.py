"""The page on which somebody designs a form, for the journeys."""

from playwright.sync_api import expect

SEND = """async ([address, body]) => {
  const headers = {"X-CSRFToken": document.querySelector('meta[name="csrf-token"]').content, "Content-Type": "application/json",
    "Idempotency-Key": crypto.randomUUID()};
  const reply = await fetch(address, {method: "POST", headers, body: JSON.stringify(body)});
  return await reply.json();
}"""


class FormDesigner:
    """The designer of the form "request" of a process that begins as the template of approvals."""

    def __init__(self, someone, process):
        self.person, self.process = someone, process
        facts = {
            "key": process,
            "name": "用章申请",
            "name_en": "Use of the seal",
            "owner_post": "owner-complaint",
        }
        someone.go("/processes/")
        self.draft = self.send("/api/v1/drafts", {**facts, "source": "template:approval"})["id"]
        self.page = someone.go(f"/processes/{process}/studio/forms/request/?draft={self.draft}")
        self.canvas, self.panel = self.page.locator("[data-canvas]"), self.page.locator("[data-panel]")
        expect(self.fields().first).to_be_visible()

    def send(self, address, body):
        return self.person.page.evaluate(SEND, [address, body])

    def fields(self):
        return self.canvas.locator("[data-field-at]")

    def keys(self):
        return self.fields().evaluate_all("found => found.map(one => one.dataset.field)")

    def add(self, kind, zh, en):
        """Add a field behind the chosen one, and name it."""
        before = self.fields().count()
        self.page.locator(f'[data-add="{kind}"]').click()
        expect(self.fields()).to_have_count(before + 1)
        at = self.chosen()
        expect(self.panel.locator(f'[data-set="{at}.label.zh"]')).to_be_visible()
        self.set("label.zh", zh)
        self.set("label.en", en)
        expect(self.canvas.locator(".is-chosen")).to_contain_text(
            zh if self.person.language == "zh-hans" else en
        )

    def chosen(self):
        return self.canvas.locator(".is-chosen[data-field-at]").get_attribute("data-field-at")

    def choose(self, key):
        self.canvas.locator(f'[data-field-at][data-field="{key}"]').click()
        at = self.canvas.locator(f'[data-field-at][data-field="{key}"]').get_attribute("data-field-at")
        expect(self.panel.locator(f'[data-set="{at}.key"]')).to_have_value(key)

    def set(self, name, value):
        self.panel.locator(f'[data-set="{self.chosen()}.{name}"]').fill(value)

    def unfold(self, group):
        self.panel.locator(f'[data-group="{group}"] > summary').click()

    def show_when(self, expression):
        """Show the chosen field only where an expression holds."""
        at = self.chosen()
        self.panel.locator(f'select[data-set="{at}.visible"]').select_option("feel")
        editor = self.panel.locator(f'textarea[data-set="{at}.visible"] + .sl-feel .cm-content')
        editor.click()
        for key in ("Control+a", "Delete"):
            self.page.keyboard.press(key)
        self.page.keyboard.type(expression)
        expect(self.canvas.locator(".is-chosen.is-conditional")).to_be_visible()

    def saved(self):
        expect(self.page.locator('[data-saved][data-state="saved"]')).to_be_visible()

    def publish(self):
        whole = self.page.request.get(f"{self.person.server}/api/v1/drafts/{self.draft}").json()
        body = {"expected_revision": whole["revision"], "summary": "用章有据可查", "complies": True}
        return self.send(f"/api/v1/drafts/{self.draft}/publish", body)
