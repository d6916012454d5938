/**
 * Keeps the figures of an open page up to date: asks whether any count has changed, and brings the parts that did.
 *
 *   <div data-figures-live="/monitor/live/" data-stamp="12" data-said="Updated">
 *     <div data-part="tiles">…</div>
 *   </div>
 *
 * The server answers {"stamp": 13}. Where the reader is — scroll, period, what is unfolded, a diagram's view — stays.
 */
import htmx from "htmx.org";
import { each } from "../../attach";

const EVERY = 1_500; // milliseconds
const ANYWAY = 60_000; // what is late becomes so without anything being counted
const FAILURES = 20; // in a row, after which somebody who is signed out is asked no more

const shown = new WeakMap<HTMLElement, string>(); // what the server said of a part, before other islands added to it

class Watch {
  private stamp: string;
  private brought = Date.now();
  private isAsking = false;
  private failures = 0;

  constructor(private readonly whole: HTMLElement) {
    this.stamp = whole.dataset.stamp ?? "";
    for (const part of whole.querySelectorAll<HTMLElement>("[data-part]")) shown.set(part, part.innerHTML);
  }

  async look(): Promise<void> {
    if (document.visibilityState !== "visible" || this.isAsking || this.failures > FAILURES) return;
    this.isAsking = true;
    try {
      const stamp = await this.now();
      if (stamp !== this.stamp || Date.now() - this.brought > ANYWAY) await this.bring(stamp);
      this.failures = 0;
    } catch {
      this.failures += 1; // the server is away: the next look says more
    } finally {
      this.isAsking = false;
    }
  }

  private async now(): Promise<string> {
    const reply = await fetch(this.whole.dataset.figuresLive ?? "", { headers: { Accept: "application/json" }, redirect: "error" });
    if (!reply.ok) throw new Error(String(reply.status));
    return String(((await reply.json()) as { stamp: number }).stamp);
  }

  private async bring(stamp: string): Promise<void> {
    const reply = await fetch(location.href, { headers: { Accept: "text/html" }, redirect: "error" });
    if (!reply.ok) throw new Error(String(reply.status));
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    for (const part of this.whole.querySelectorAll<HTMLElement>("[data-part]")) {
      const fresh = page.querySelector<HTMLElement>(`[data-part="${part.dataset.part ?? ""}"]`);
      if (fresh) replace(part, fresh);
    }
    this.stamp = stamp;
    this.brought = Date.now();
  }
}

/** Put what is new in the place of what was there, if it is another one; a diagram keeps its view. */
function replace(part: HTMLElement, fresh: HTMLElement): void {
  if (part.contains(document.activeElement) && document.activeElement !== document.body) keepFocus(part, fresh);
  else swap(part, fresh);
}

function swap(part: HTMLElement, fresh: HTMLElement): void {
  const drawing = part.querySelector<SVGSVGElement>("[data-island=diagram] > svg");
  const drawn = fresh.querySelector<SVGSVGElement>("[data-island=diagram] > svg");
  if (drawing && drawn) {
    if (drawing.innerHTML !== drawn.innerHTML) drawing.innerHTML = drawn.innerHTML;
    return;
  }
  if (shown.get(part) === fresh.innerHTML) return;
  part.innerHTML = fresh.innerHTML;
  shown.set(part, fresh.innerHTML);
  htmx.trigger(part, "htmx:load", { elt: part }); // as with whatever comes later, the islands find their HTML in it
}

/** The link on which somebody stands stays the one on which they stand. */
function keepFocus(part: HTMLElement, fresh: HTMLElement): void {
  const places = [...part.querySelectorAll<HTMLElement>("a, button, [tabindex]")];
  const at = places.indexOf(document.activeElement as HTMLElement);
  swap(part, fresh);
  if (!part.contains(document.activeElement)) [...part.querySelectorAll<HTMLElement>("a, button, [tabindex]")][at]?.focus({ preventScroll: true });
}

export function mount(root: ParentNode): void {
  each<HTMLElement>(root, "[data-figures-live]", (whole) => {
    const watch = new Watch(whole);
    setInterval(() => void watch.look(), EVERY);
    document.addEventListener("visibilitychange", () => void watch.look());
  });
}
