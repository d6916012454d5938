/**
 * Designs a form: what can be added, the form as the server draws it, the properties of what is chosen; saved as one goes.
 *
 *   <div data-island="form-designer"><script type="application/json" id="designer-data">{"form": …, "urls": …}</script>
 *     <button data-tool="undo">…</button><span data-saved></span><div data-message hidden>…</div>
 *     <button data-add="text" draggable="true">Text</button>
 *     <div data-canvas></div><aside data-panel></aside><ul data-findings></ul>
 *     <section data-preview hidden><select data-step></select><iframe data-frame></iframe></section></div>
 *
 * Keys: Alt and arrows move what is chosen, Delete takes it away, Ctrl Z and Ctrl Y go back and forth.
 */
import { each } from "../../attach";
import { Canvas } from "./canvas";
import { Design } from "./design";
import { attachDrag } from "./drag";
import { attachFiles } from "./files";
import { attachPanel } from "./panel";
import { attachPreview } from "./preview";
import { Saving } from "./saving";
import type { Start } from "./types";

export function mount(root: ParentNode): void {
  each<HTMLElement>(root, '[data-island="form-designer"]', attach);
}

function attach(host: HTMLElement): void {
  const place = document.getElementById("designer-data");
  if (!place?.textContent) return;
  const start = JSON.parse(place.textContent) as Start;
  const design = new Design(start);
  const canvas = new Canvas(host, design, start);
  const saving = new Saving(host, design, start);
  attachPanel(host, design, start);
  attachDrag(host, design);
  attachFiles(host, design, start);
  attachPreview(host, design, start, saving);
  const tools: Record<string, () => void> = {
    undo: () => design.step(-1),
    redo: () => design.step(1),
    form: () => design.choose(""),
    section: () => design.addSection(),
    theirs: () => location.reload(),
    mine: () => void saving.keepMine(),
  };
  host.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-tool], [data-add]") : null;
    if (target?.dataset.add) design.add(target.dataset.add);
    else if (target?.dataset.tool) tools[target.dataset.tool]?.();
  });
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target instanceof Element && event.target.closest("input, textarea, select, .sl-feel");
    if (!isTyping && (event.ctrlKey || event.metaKey) && ["z", "y"].includes(event.key.toLowerCase())) {
      event.preventDefault();
      design.step(event.key.toLowerCase() === "y" || event.shiftKey ? 1 : -1);
    }
  });
  canvas.draw();
}
