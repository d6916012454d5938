/** The keys beside those of bpmn-js itself: save, to the panel and back, from one element to the next. */
import type { Canvas } from "./canvas";
import type { Panel } from "./panel";
import type { Saving } from "./saving";

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches("input, select, textarea, .sl-feel"));

export function attachKeys(root: HTMLElement, canvas: Canvas, panel: Panel, saving: Saving): void {
  root.addEventListener("keydown", (event) => {
    const isCommand = event.ctrlKey || event.metaKey;
    if (isCommand && event.key === "s") return stop(event, () => void saving.now());
    if (event.key === "F6") return stop(event, () => (isIn(root, "[data-panel]") ? canvas.get("canvas").focus() : panel.focus()));
    if (isTyping(event.target)) return;
    if (event.key === "]" || event.key === "[") stop(event, () => step(canvas, event.key === "]" ? 1 : -1));
  });
}

const isIn = (root: HTMLElement, selector: string): boolean => root.querySelector(selector)?.contains(document.activeElement) ?? false;

function stop(event: Event, act: () => void): void {
  event.preventDefault();
  act();
}

/** Choose the next element from left to right, so that the diagram can be walked without a mouse. */
function step(canvas: Canvas, by: number): void {
  const all = canvas.get("elementRegistry").filter((one) => !one.labelTarget && !one.waypoints && one.parent !== undefined);
  const order = all.sort((one, two) => one.x - two.x || one.y - two.y);
  const now = canvas.get("selection").get()[0];
  const at = now ? order.indexOf(now) : -1;
  const next = order[(at + by + order.length) % order.length];
  if (!next) return;
  canvas.get("selection").select(next);
  canvas.get("canvas").scrollToElement(next, 120);
}
