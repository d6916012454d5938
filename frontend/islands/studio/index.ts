/**
 * Draws a draft of a process: bpmn-js with our panel, live findings, autosave.
 *
 *   <div data-island="studio">
 *     <script type="application/json" id="studio-data">{"draft": 7, "bpmn": "…", "panel": {…}, "urls": {…}}</script>
 *     <script type="application/json" id="studio-scope">[]</script>
 *     …buttons with data-do="undo", "layout", "columns"…, <input type="file" data-import>, <p data-message></p>
 *     <p data-saved></p> <div data-canvas></div> <div data-columns hidden></div>
 *     <div data-panel></div> <span data-counts></span> <div data-problems></div>
 *   </div>
 *
 * Without script, and on a phone, the page shows the picture that the server drew.
 */
import { each } from "../../attach";
import { Canvas } from "./canvas";
import { h } from "./dom";
import { nameForm } from "./forms";
import { attachKeys } from "./keys";
import { Panel } from "./panel";
import { Context } from "./panel/context";
import { Problems } from "./problems";
import { Saving } from "./saving";
import { Tools } from "./tools";
import type { Start } from "./types";

const WIDE = matchMedia("(min-width: 768px)");

function part(root: HTMLElement, name: string): HTMLElement {
  const found = root.querySelector<HTMLElement>(`[data-${name}]`);
  if (!found) throw new Error(`Expected an element with data-${name} but found none.`);
  return found;
}

/** Tell the editors of expressions which names there are: the fields of the draft's forms. */
function tellScope(context: Context): void {
  const place = document.getElementById("studio-scope");
  if (place) place.textContent = JSON.stringify(context.fields().map(([name, label]) => ({ name, type: "", label })));
}

function join(context: Context, saving: Saving, problems: Problems): void {
  const kept = (part: "forms" | "documents"): void => {
    saving.changed(part);
    problems.later();
    tellScope(context);
    context.redraw();
  };
  const design = async (key: string): Promise<void> => {
    const node = context.element().id;
    if (await saving.now()) location.href = context.start.urls.form.replace("__key__", key) + `&node=${encodeURIComponent(node)}`;
  };
  context.editForm = (key) => void design(key);
  context.newForm = (done) =>
    nameForm(context, (key, form) => {
      context.start.forms[key] = form;
      done(key);
      kept("forms");
      void design(key);
    }, context.redraw);
  context.newDocument = (done) => {
    const name = prompt(context.word("document_name"))?.trim();
    if (!name) return context.redraw();
    let number = 1;
    while (context.start.documents[`document_${number}`]) number += 1;
    context.start.documents[`document_${number}`] = { zh: name, en: name };
    done(`document_${number}`);
    kept("documents");
  };
}

/** Show what the address asks for: the step from which somebody left for its form. */
function begin(canvas: Canvas, panel: Panel): void {
  const wanted = new URLSearchParams(location.search);
  const element = canvas.get("elementRegistry").get(wanted.get("node") ?? "");
  const section = wanted.get("section");
  if (section) panel.unfold(section);
  if (element) canvas.get("selection").select(element);
}

async function attach(root: HTMLElement): Promise<void> {
  const data = document.getElementById("studio-data")?.textContent;
  if (!data || !WIDE.matches) return;
  const start = JSON.parse(data) as Start;
  root.hidden = false;
  document.querySelector("[data-studio-plain]")?.remove();
  const canvas = new Canvas(part(root, "canvas"), start.bpmnWords);
  const problems = new Problems(part(root, "problems"), part(root, "counts"), canvas, start);
  const saving = new Saving(part(root, "saved"), canvas, start);
  const context = new Context(start, canvas, () => panel.shownElement());
  const panel: Panel = new Panel(part(root, "panel"), canvas, context);
  join(context, saving, problems);
  tellScope(context);
  const tools = new Tools(root, canvas, start, saving);
  attachKeys(root, canvas, panel, saving);
  const warnings = await canvas.open(start.bpmn);
  if (warnings.length) tools.say("", warnings);
  begin(canvas, panel);
  root.dataset.ready = String(Math.round(performance.now()));
  document.dispatchEvent(new CustomEvent("studio:ready", { detail: { canvas, saving } }));
}

export function mount(root: ParentNode): void {
  each<HTMLElement>(root, "[data-island=studio]", (one) => {
    attach(one).catch((error: unknown) => one.prepend(h("p", { className: "sl-err sl-pad", textContent: String(error) })));
  });
}
