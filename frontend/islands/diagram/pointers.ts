/** Moves a view by dragging, by two fingers and by the wheel while Ctrl is held (the bare wheel scrolls the page). */
import type { View } from "./view";

const STILL = 4; // pixels that a click may wander

export function attachPointers(box: HTMLElement, view: View): void {
  const down = new Map<number, PointerEvent>();
  let wandered = 0;

  box.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || (event.target instanceof Element && event.target.closest(".sl-facts"))) return;
    down.set(event.pointerId, event);
    wandered = 0;
  });
  box.addEventListener("pointermove", (event) => {
    const before = down.get(event.pointerId);
    if (!before) return;
    const [dx, dy] = [event.clientX - before.clientX, event.clientY - before.clientY];
    wandered += Math.abs(dx) + Math.abs(dy);
    if (wandered < STILL) return;
    if (!box.hasPointerCapture(event.pointerId)) box.setPointerCapture(event.pointerId);
    box.classList.add("is-dragged");
    if (down.size === 2) pinch(view, [...down.values()], event);
    else view.drag(dx, dy);
    down.set(event.pointerId, event);
  });
  const end = (event: PointerEvent): void => {
    down.delete(event.pointerId);
    box.classList.remove("is-dragged");
  };
  box.addEventListener("pointerup", end);
  box.addEventListener("pointercancel", end);
  // a drag that ends on a node is no click on it
  box.addEventListener("click", (event) => wandered >= STILL && event.stopPropagation(), { capture: true });
  box.addEventListener("wheel", (event) => onWheel(view, event), { passive: false });
}

function pinch(view: View, [one, two]: PointerEvent[], moved: PointerEvent): void {
  if (!one || !two) return;
  const other = one.pointerId === moved.pointerId ? two : one;
  const before = one.pointerId === moved.pointerId ? one : two;
  const length = (event: PointerEvent): number =>
    Math.hypot(event.clientX - other.clientX, event.clientY - other.clientY);
  const middle = { x: (moved.clientX + other.clientX) / 2, y: (moved.clientY + other.clientY) / 2 };
  view.zoom(length(moved) / Math.max(length(before), 1), middle);
}

function onWheel(view: View, event: WheelEvent): void {
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  view.zoom(Math.exp(-event.deltaY / 300), { x: event.clientX, y: event.clientY });
}
