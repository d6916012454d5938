"""The studio as somebody uses it with a mouse, for the journeys."""

from playwright.sync_api import expect

LANE = 'svg .djs-element[data-element-id^="Lane_"]'


class Studio:
    """An open draft: shapes are placed by clicks, joined by dragging, and described in the panel."""

    def __init__(self, page):
        self.page = page
        self.root = page.locator("[data-island=studio]")
        page.wait_for_selector("[data-island=studio][data-ready]")

    # The diagram ----------------------------------------------------------------------------------------------

    def shape(self, identity):
        return self.page.locator(f'svg g.djs-element[data-element-id="{identity}"]')

    def middle(self, identity):
        box = self.shape(identity).locator("> .djs-hit, > .djs-outline").first.bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def edge(self, identity):
        """Return a point in the strip with the name of a pool or lane."""
        box = self.shape(identity).locator("> .djs-hit, > .djs-outline").first.bounding_box()
        return box["x"] + 14, box["y"] + box["height"] / 2

    def ids(self, kind):
        """Return the ids of the shapes that bpmn-js has named since, in the order of their making."""
        found = self.page.locator(f'svg g.djs-shape[data-element-id^="{kind}_"]')
        return [
            one
            for one in found.evaluate_all("all => all.map(one => one.dataset.elementId)")
            if not one.endswith("_label")
        ]

    def choose(self, identity, at=None):
        """Click on a shape; the first click after something was placed only ends the placing."""
        for _attempt in range(3):
            self.let_go()
            self.page.mouse.click(*(at or self.middle(identity)))
            self.page.wait_for_timeout(200)
            if "selected" in (self.shape(identity).get_attribute("class") or "").split():
                return
        raise AssertionError(f"Expected {identity} to be chosen but it is not.")

    def let_go(self):
        """Click beside the diagram: the pad of what was chosen last may lie over what is chosen next."""
        box = self.page.locator("[data-canvas]").bounding_box()
        for _attempt in range(5):
            self.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] - 30)
            self.page.wait_for_timeout(150)
            if not self.page.locator(".djs-context-pad.open").count():
                return

    def do(self, action):
        """Press an entry of the pad beside what is chosen."""
        self.page.locator(f'.djs-context-pad.open .entry[data-action="{action}"]').click()

    def place(self, snippet, share, lane):
        """Put a ready-made step into a lane, at a share of the way from start to end, and return its id."""
        before = set(self.ids("Activity"))
        menu = self.page.locator(".st-menu", has=self.page.locator("[data-do=snippet]"))
        menu.locator("summary").click()
        menu.locator("[data-do=snippet]").nth(snippet).click()
        menu.evaluate("menu => { menu.open = false; }")
        (left, _), (right, _) = self.middle("start"), self.middle("end")
        x, y = left + (right - left) * share, self.edge(lane)[1]
        self.page.mouse.move(x - 20, y - 20)
        self.page.mouse.move(x, y, steps=4)
        self.page.mouse.click(x, y)
        expect(self.page.locator('svg g.djs-shape[data-element-id^="Activity_"]')).to_have_count(
            len(before) + 1
        )
        (made,) = set(self.ids("Activity")) - before
        return made

    def join(self, source, target):
        """Lead a flow from one shape to another and return its id; a shape that the mouse passes too fast is not noticed."""
        flows = self.page.locator('svg g.djs-connection[data-element-id^="Flow_"]')
        before, known = flows.count(), set(self.flows())
        for _attempt in range(3):
            self.choose(source)
            self.do("connect")
            x, y = self.middle(target)
            self.page.mouse.move(x - 12, y - 12, steps=8)
            self.page.mouse.move(x, y, steps=8)
            self.page.wait_for_timeout(200)
            self.page.mouse.click(x, y)
            self.page.wait_for_timeout(200)
            if flows.count() > before:
                return next(one for one in self.flows() if one not in known)
        raise AssertionError(f"Expected a flow from {source} to {target} but none was made.")

    def choose_flow(self, identity):
        """Click on the middle of a flow."""
        self.choose(identity, self._on_line(identity))

    def _on_line(self, identity):
        line = self.page.locator(
            f'svg g.djs-connection[data-element-id="{identity}"] .djs-visual > path'
        ).first
        return line.evaluate(
            """path => {
              const point = path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(path.getScreenCTM());
              return [point.x, point.y];
            }"""
        )

    def flows(self):
        found = self.page.locator('svg g.djs-connection[data-element-id^="Flow_"]')
        return found.evaluate_all("all => all.map(one => one.dataset.elementId)")

    def part(self, source):
        """Append a gateway behind a shape by its pad, and return its id."""
        before = set(self.ids("Gateway"))
        self.choose(source)
        self.do("append.gateway")
        expect(
            self.page.locator('svg g.djs-shape[data-element-id^="Gateway_"]:not([data-element-id$="_label"])')
        ).to_have_count(len(before) + 1)
        (made,) = set(self.ids("Gateway")) - before
        return made

    # The panel ------------------------------------------------------------------------------------------------

    def section(self, key):
        part = self.page.locator(f'[data-section="{key}"]')
        if part.get_attribute("open") is None:
            part.locator("> summary").click()
        return part

    def name(self, chinese, english):
        boxes = self.section("names").locator("textarea")
        for box, text in zip((boxes.nth(0), boxes.nth(1)), (chinese, english), strict=True):
            box.fill(text)
            box.blur()

    def department(self, key, name):
        self.section(key).locator("select").first.select_option(label=name)

    def new_form(self, title, *fields):
        """Name a form for what is chosen, design it on its own page, and come back to the diagram."""
        self.section("form").locator("select").first.select_option(index=1)
        dialog = self.page.locator("dialog.st-dialog")
        for box, words in zip(dialog.locator("input.form-control").all(), title, strict=True):
            box.fill(words)
        dialog.locator(".sl-dialog-foot .btn-primary").click()
        self.page.wait_for_url("**/studio/forms/**")
        for words, kind in fields:
            self._add_field(kind, *words)
        expect(self.page.locator('[data-saved][data-state="saved"]')).to_be_visible()
        self.page.locator(".fd-tools a.btn", has_text="返回流程图").click()
        self.page.wait_for_selector("[data-island=studio][data-ready]")

    def _add_field(self, kind, chinese, english):
        canvas, panel = self.page.locator("[data-canvas]"), self.page.locator("[data-panel]")
        before = canvas.locator("[data-field-at]").count()
        self.page.locator(f'[data-add="{kind}"]').click()
        expect(canvas.locator("[data-field-at]")).to_have_count(before + 1)
        at = canvas.locator(".is-chosen[data-field-at]").get_attribute("data-field-at")
        panel.locator(f'[data-set="{at}.label.zh"]').fill(chinese)
        panel.locator(f'[data-set="{at}.label.en"]').fill(english)
        expect(canvas.locator(".is-chosen")).to_contain_text(chinese)

    def condition(self, feel):
        """Say when the chosen flow is taken."""
        self.section("flow").locator(".cm-content").click()
        self.page.keyboard.type(feel)
        self.page.locator("[data-saved]").click()

    def otherwise(self):
        """Take the chosen flow when no other condition is true."""
        self.section("flow").locator('input[type="checkbox"]').check()

    def limit(self, days):
        part = self.section("time").locator('[data-name="limit"] input[type=number]').first
        part.fill(days)
        part.blur()

    # What it says ---------------------------------------------------------------------------------------------

    def errors(self):
        return self.page.locator(".st-problems .is-error")

    def is_saved(self):
        expect(self.page.locator("[data-saved][data-state=saved]")).to_be_visible()
