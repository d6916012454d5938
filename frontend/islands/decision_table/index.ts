/**
 * Edits a decision table like a spreadsheet, over a form that edits it cell by cell without script.
 *
 *   <form data-island="decision-table">
 *     <script type="application/json" id="table-data">{"grid": {…}, "samples": […], "choices": {…}, "words": {…},
 *       "policies": […], "check": "/decisions/level/check/"}</script>
 *     <div data-table-host hidden></div> <div data-table-plain>…the cells as fields…</div>
 *     <div data-table-findings></div>
 *     <div data-table-samples-host hidden></div> <div data-table-samples>…</div>
 *   </form>
 *
 * The form then sends the whole table as `grid` and the samples as `samples`, both JSON.
 */
import { each } from "../../attach";
import { Bar } from "./bar";
import { attachClipboard } from "./clipboard";
import { Columns } from "./columns";
import { Entry } from "./entry";
import { attachKeys } from "./keys";
import { Live } from "./live";
import type { Start } from "./live";
import { Samples } from "./samples";
import { Sheet } from "./sheet";
import { View } from "./view";

function hidden(form: HTMLFormElement, name: string): HTMLInputElement {
  const input = Object.assign(document.createElement("input"), { type: "hidden", name });
  form.append(input);
  return input;
}

function attach(form: HTMLFormElement): void {
  const data = document.getElementById("table-data");
  const host = form.querySelector<HTMLElement>("[data-table-host]");
  if (!data?.textContent || !host) return;
  const start = JSON.parse(data.textContent) as Start;
  const sheet = new Sheet(start.grid);
  const live = new Live(form, sheet, start);
  const view = new View(sheet, live);
  const entry = new Entry(view, sheet, live);
  const columns = new Columns(sheet, live);
  const bar = new Bar(sheet, live, entry, columns);
  host.append(bar.element, columns.element, view.element);
  host.hidden = false;
  form.querySelector("[data-table-plain]")?.remove();
  attachKeys(view, sheet, entry);
  attachClipboard(view, sheet, entry, live);
  new Samples(form, live, start.samples);
  const grid = hidden(form, "grid");
  sheet.onChange((isGridChanged) => {
    if (!isGridChanged) return;
    grid.value = JSON.stringify(sheet.grid);
    form.dataset.changed = "";
  });
  form.addEventListener("submit", () => {
    entry.settle();
    grid.value = JSON.stringify(sheet.grid);
    form.dataset.sent = "";
  });
  addEventListener("beforeunload", (event) => {
    if (form.dataset.changed !== undefined && form.dataset.sent === undefined) event.preventDefault();
  });
  view.draw();
}

export function mount(root: ParentNode): void {
  each<HTMLFormElement>(root, "form[data-island=decision-table]", attach);
}
