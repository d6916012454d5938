/** What the server's linter finds in what is on the canvas: a list that jumps to its elements, and marks on the diagram. */
import type { Canvas } from "./canvas";
import { filled, h } from "./dom";
import { ask } from "./server";
import type { Problem, Start } from "./types";

const PAUSE = 900; // milliseconds after the last change

export class Problems {
  private timer = 0;
  private running = new AbortController();
  private marked: [string, string][] = [];
  found: Problem[] = [];

  constructor(private readonly place: HTMLElement, private readonly counts: HTMLElement, private readonly canvas: Canvas, private readonly start: Start) {
    canvas.on("commandStack.changed", () => this.later());
    canvas.on("import.done", () => this.later());
  }

  later(): void {
    clearTimeout(this.timer);
    this.running.abort();
    this.timer = window.setTimeout(() => void this.check().catch(() => undefined), PAUSE);
  }

  async check(): Promise<void> {
    const running = (this.running = new AbortController());
    const sent = { bpmn: await this.canvas.xml(), forms: this.start.forms, documents: this.start.documents };
    const answer = await ask<{ problems?: Problem[] }>(this.start.urls.check, sent, { signal: running.signal });
    if (running.signal.aborted) return;
    if (!answer.body.problems) return this.say(this.start.words.check_failed ?? "");
    this.found = answer.body.problems;
    this.draw();
  }

  private say(words: string): void {
    this.place.replaceChildren(h("p", { className: "sl-pad sl-2nd", textContent: words }));
  }

  private draw(): void {
    const words = this.start.words;
    const errors = this.found.filter((one) => one.severity === "error").length;
    const parts = [filled(words.errors ?? "", { n: errors }), filled(words.warnings ?? "", { n: this.found.length - errors })];
    this.counts.textContent = parts.join(" · ");
    this.counts.classList.toggle("is-error", errors > 0);
    this.mark();
    if (!this.found.length) return this.say(words.no_problems ?? "");
    this.place.replaceChildren(h("ul", { className: "st-problems" }, ...this.found.map((one) => this.item(one))));
  }

  private item(one: Problem): HTMLElement {
    const go = h("button", { type: "button", className: "sl-link", textContent: one.words });
    go.addEventListener("click", () => this.jump(one.element));
    const kind = h("b", { textContent: this.start.words[one.severity] ?? "" });
    return h("li", { className: `is-${one.severity}` }, kind, one.element ? go : h("span", { textContent: one.words }));
  }

  jump(id: string | null): void {
    const element = id ? this.canvas.get("elementRegistry").get(id) : undefined;
    this.canvas.get("selection").select(element ?? null);
    if (element) this.canvas.get("canvas").scrollToElement(element, 120);
  }

  private mark(): void {
    const overview = this.canvas.get("canvas");
    const registry = this.canvas.get("elementRegistry");
    for (const [id, name] of this.marked) if (registry.get(id)) overview.removeMarker(id, name);
    this.marked = [];
    for (const one of this.found) {
      if (!one.element || !registry.get(one.element)) continue;
      const name = `st-${one.severity}`;
      overview.addMarker(one.element, name);
      this.marked.push([one.element, name]);
    }
  }
}
