/** The buttons above the diagram: undo, zoom, drawing anew, columns, files, trying out and handing in. */
import type { Canvas } from "./canvas";
import { filled, h } from "./dom";
import type { Saving } from "./saving";
import { ask, type Refused } from "./server";
import { startSnippet } from "./snippets";
import type { Start } from "./types";

interface Drawn extends Refused { bpmn?: string; svg?: string }

export class Tools {
  private isInColumns = false;
  // whole models from before one was drawn anew or imported: undo goes back over that, too
  private past: string[] = [];
  private future: string[] = [];

  constructor(private readonly root: HTMLElement, private readonly canvas: Canvas, private readonly start: Start, private readonly saving: Saving) {
    root.addEventListener("click", (event) => this.clicked(event));
    root.querySelector<HTMLInputElement>("[data-import]")?.addEventListener("change", (event) => void this.import(event.target as HTMLInputElement));
    canvas.on("commandStack.changed", () => this.able());
    const actions = canvas.get("editorActions");
    for (const [name, isBack] of [["undo", true], ["redo", false]] as const) {
      actions.unregister(name);
      actions.register(name, () => void this.step(isBack));
    }
    this.able();
  }

  private clicked(event: Event): void {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-do]") : null;
    if (!target) return;
    if (target.dataset.do === "snippet") return startSnippet(this.canvas, this.start, Number(target.dataset.number), event);
    void this.act(target.dataset.do ?? "");
  }

  private able(): void {
    const stack = this.canvas.get("commandStack");
    for (const [name, can] of [["undo", stack.canUndo() || this.past.length > 0], ["redo", stack.canRedo() || this.future.length > 0]] as const) {
      const one = this.root.querySelector<HTMLButtonElement>(`[data-do=${name}]`);
      if (one) one.disabled = !can;
    }
  }

  private async act(name: string): Promise<void> {
    const overview = this.canvas.get("canvas");
    const acts: Record<string, () => unknown> = {
      undo: () => this.step(true),
      redo: () => this.step(false),
      fit: () => this.canvas.fit(),
      in: () => overview.zoom(overview.zoom() * 1.2),
      out: () => overview.zoom(overview.zoom() / 1.2),
      layout: () => this.layout(),
      columns: () => this.columns(),
      bpmn: async () => this.download(await this.canvas.xml(), "application/xml", "bpmn"),
      svg: async () => this.download(await this.canvas.svg(), "image/svg+xml", "svg"),
      save: () => this.saving.now(),
      publish: () => this.leave(this.start.urls.publish),
      submit: () => this.leave(this.start.urls.submit),
      try: () => this.leave(`${this.start.urls.studio}try/?draft=${this.start.draft}`),
    };
    await acts[name]?.();
  }

  say(text: string, findings: string[] = []): void {
    const place = this.root.querySelector<HTMLElement>("[data-message]");
    place?.replaceChildren(text, ...(findings.length ? [h("ul", {}, ...findings.map((one) => h("li", { textContent: one })))] : []));
  }

  private async layout(): Promise<void> {
    const answer = await ask<Drawn>(this.start.urls.layout, { bpmn: await this.canvas.xml() });
    if (!answer.body.bpmn) return this.say(answer.body.error?.message ?? "");
    await this.replace(answer.body.bpmn);
    this.say(this.start.words.laid_out ?? "");
  }

  private async step(isBack: boolean): Promise<void> {
    const stack = this.canvas.get("commandStack");
    if (isBack ? stack.canUndo() : stack.canRedo()) return isBack ? stack.undo() : stack.redo();
    const [from, to] = isBack ? [this.past, this.future] : [this.future, this.past];
    const model = from.pop();
    if (model === undefined) return;
    to.push(await this.canvas.xml());
    await this.show(model);
  }

  /** Put another model on the canvas and keep it. */
  private async replace(bpmn: string): Promise<void> {
    this.past.push(await this.canvas.xml());
    this.future = [];
    await this.show(bpmn);
  }

  private async show(bpmn: string): Promise<void> {
    await this.canvas.open(bpmn);
    this.saving.changed("bpmn");
    this.able();
  }

  private async columns(): Promise<void> {
    const place = this.root.querySelector<HTMLElement>("[data-columns]");
    const drawing = this.root.querySelector<HTMLElement>("[data-canvas]");
    if (!place || !drawing) return;
    this.isInColumns = !this.isInColumns;
    this.root.querySelector("[data-do=columns]")?.setAttribute("aria-pressed", String(this.isInColumns));
    place.hidden = !this.isInColumns;
    drawing.hidden = this.isInColumns;
    if (!this.isInColumns) return;
    const answer = await ask<Drawn>(this.start.urls.columns, { bpmn: await this.canvas.xml() });
    const svg = new DOMParser().parseFromString(answer.body.svg ?? "", "image/svg+xml").documentElement;
    place.replaceChildren(answer.body.svg ? svg : (answer.body.error?.message ?? ""));
  }

  private async import(field: HTMLInputElement): Promise<void> {
    const file = field.files?.[0];
    field.value = "";
    if (!file) return;
    const answer = await ask<Drawn>(this.start.urls.import, { bpmn: await file.text() });
    if (answer.body.bpmn) {
      await this.replace(answer.body.bpmn);
      return this.say(this.start.words.imported ?? "");
    }
    const line = (n: number | null): string => (n ? filled(this.start.words.line ?? "", { n }) : "");
    const found = answer.body.error?.findings ?? [];
    this.say(`${this.start.words.import_failed ?? ""} ${answer.body.error?.message ?? ""}`, found.map((one) => [line(one.line), one.element, one.words].filter(Boolean).join(" · ")));
  }

  private download(text: string, type: string, ending: string): void {
    const url = URL.createObjectURL(new Blob([text], { type }));
    h("a", { href: url, download: `${this.start.process}.${ending}` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }

  /** Go to another page about this draft, once everything is kept. */
  private async leave(address: string): Promise<void> {
    if (await this.saving.now()) location.href = address;
  }
}
