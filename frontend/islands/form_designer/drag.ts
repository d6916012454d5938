/** Drags new fields from the palette into the form, and fields to other places. */
import type { Design } from "./design";

export function attachDrag(host: HTMLElement, design: Design): void {
  const canvas = host.querySelector<HTMLElement>("[data-canvas]");
  if (!canvas) return;
  let carried: { type?: string; from?: string } | undefined;
  host.addEventListener("dragstart", (event) => {
    const target = event.target instanceof HTMLElement ? event.target : undefined;
    const { add, fieldAt } = target?.dataset ?? {};
    carried = add ? { type: add } : fieldAt ? { from: fieldAt } : undefined;
    event.dataTransfer?.setData("text/plain", add ?? fieldAt ?? "");
  });
  host.addEventListener("dragend", () => {
    carried = undefined;
    clear(canvas);
  });
  canvas.addEventListener("dragover", (event) => {
    const goal = carried && goalOf(event);
    if (!goal) return;
    event.preventDefault();
    clear(canvas);
    goal.element.classList.add(goal.isAfter ? "is-after" : "is-before");
  });
  canvas.addEventListener("drop", (event) => {
    const goal = carried && goalOf(event);
    if (!goal || !carried) return;
    event.preventDefault();
    const list = `sections.${goal.section}.fields`;
    if (carried.type) design.add(carried.type, goal.section, goal.at);
    else if (carried.from) design.moveTo(carried.from, list, goal.at ?? Number.MAX_SAFE_INTEGER);
    carried = undefined;
  });
}

interface Goal {
  element: HTMLElement;
  section: number;
  at: number | undefined; // undefined: at the end of the section
  isAfter: boolean;
}

function goalOf(event: DragEvent): Goal | undefined {
  const target = event.target instanceof Element ? event.target : undefined;
  const field = target?.closest<HTMLElement>("[data-field-at]");
  if (field) {
    const [, section, , at] = (field.dataset.fieldAt ?? "").split(".");
    const box = field.getBoundingClientRect();
    const isAfter = event.clientY > box.top + box.height / 2;
    return { element: field, section: Number(section), at: Number(at) + (isAfter ? 1 : 0), isAfter };
  }
  const part = target?.closest<HTMLElement>("[data-section-at]");
  return part ? { element: part, section: Number(part.dataset.sectionAt?.split(".")[1]), at: undefined, isAfter: true } : undefined;
}

function clear(canvas: HTMLElement): void {
  for (const one of canvas.querySelectorAll(".is-before, .is-after")) one.classList.remove("is-before", "is-after");
}
