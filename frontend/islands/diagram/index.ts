/**
 * Lets a person move in a diagram that the server drew, and read the facts of a node.
 *
 *   <section class="sl-sec">
 *     <div class="sl-dia" data-island="diagram" role="group" tabindex="0" aria-label="…" data-close-label="Close">
 *       <svg viewBox="0 0 1300 280"><g class="sl-now" data-id="C3b">…</g></svg></div>
 *     <template data-facts-of="C3b"><h3>…</h3></template>
 *     <button type="button" data-move="out|in|fit">…</button>
 *   </section>
 *
 * Without script the whole drawing stands there, fitted to its box.
 */
import { each } from "../../attach";
import { attachFacts } from "./facts";
import { attachPointers } from "./pointers";
import { View } from "./view";

const PHONE = 767.98; // pixels; as in css/phone.css
const STEP = 1.25;
const NUDGE = 0.1; // of the visible part, per arrow key

function start(box: HTMLElement): void {
  const svg = box.querySelector<SVGSVGElement>(":scope > svg");
  const section = box.closest<HTMLElement>(".sl-dia-frame, .sl-sec") ?? box;
  if (!svg) return;
  const view = new View(svg, box);
  box.classList.add("is-live");
  attachPointers(box, view);
  attachFacts(section, box, view);
  attachKeys(box, view);
  for (const button of section.querySelectorAll<HTMLElement>("[data-move]")) {
    button.addEventListener("click", () => move(button.dataset.move ?? "", view));
  }
  reset(view, svg);
  // paper has no buttons: it gets the whole
  addEventListener("beforeprint", () => view.fit());
  addEventListener("afterprint", () => reset(view, svg));
}

/** Begin where the case stands or a version differs, or at the beginning when the whole would be too small to read. */
function reset(view: View, svg: SVGSVGElement): void {
  const current = svg.querySelector<SVGGraphicsElement>(".sl-late, .sl-now, .sl-added, .sl-removed, .sl-changed");
  if (current && (innerWidth <= PHONE || !view.isReadableWhole())) view.centre(current);
  else if (view.isReadableWhole()) view.fit();
  else view.begin();
}

function move(how: string, view: View): void {
  if (how === "in") view.zoom(STEP);
  else if (how === "out") view.zoom(1 / STEP);
  else view.fit();
}

function attachKeys(box: HTMLElement, view: View): void {
  const keys: Record<string, () => void> = {
    ArrowLeft: () => view.pan(-NUDGE, 0),
    ArrowRight: () => view.pan(NUDGE, 0),
    ArrowUp: () => view.pan(0, -NUDGE),
    ArrowDown: () => view.pan(0, NUDGE),
    "+": () => view.zoom(STEP),
    "=": () => view.zoom(STEP),
    "-": () => view.zoom(1 / STEP),
    "0": () => view.fit(),
  };
  box.addEventListener("keydown", (event) => {
    const act = event.target === box && !event.ctrlKey && !event.metaKey ? keys[event.key] : undefined;
    if (!act) return;
    event.preventDefault();
    act();
  });
}

export function mount(root: ParentNode): void {
  each<HTMLElement>(root, "[data-island=diagram]", start);
}
