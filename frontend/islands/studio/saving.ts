/** Keeps the draft on the server while somebody draws; whoever saved meanwhile is never overwritten. */
import type { Canvas } from "./canvas";
import { filled } from "./dom";
import { ask } from "./server";
import type { Refused } from "./server";
import type { FormJson, Start } from "./types";

const PAUSE = 1500; // milliseconds after the last change
const AGAIN = 8000; // after the server did not answer

type Parts = { bpmn?: string; forms?: Record<string, FormJson>; documents?: Start["documents"] };

interface Saved extends Refused {
  revision?: number;
  id?: number;
}

export class Saving {
  revision: number;
  private readonly waiting = new Set<keyof Parts>();
  private timer = 0;
  private running: Promise<boolean> | undefined;
  private isStopped = false;

  constructor(private readonly line: HTMLElement, private readonly canvas: Canvas, private readonly start: Start) {
    this.revision = start.revision;
    canvas.on("commandStack.changed", () => this.changed("bpmn"));
    addEventListener("beforeunload", (event) => { if (this.waiting.size && !this.isStopped) event.preventDefault(); });
  }

  changed(part: keyof Parts): void {
    if (!this.start.isOpen || this.isStopped) return;
    this.waiting.add(part);
    this.say("unsaved");
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.now(), PAUSE);
  }

  /** Save what is waiting; say whether everything is kept then. */
  async now(): Promise<boolean> {
    clearTimeout(this.timer);
    if (this.running) await this.running;
    if (!this.waiting.size || this.isStopped) return !this.isStopped;
    this.running = this.send();
    try { return await this.running; } finally { this.running = undefined; }
  }

  private async parts(names: (keyof Parts)[]): Promise<Parts> {
    const found: Parts = {};
    if (names.includes("bpmn")) found.bpmn = await this.canvas.xml();
    if (names.includes("forms")) found.forms = this.start.forms;
    if (names.includes("documents")) found.documents = this.start.documents;
    return found;
  }

  private async send(): Promise<boolean> {
    const names = [...this.waiting];
    this.waiting.clear();
    this.say("saving");
    try {
      const body = { expected_revision: this.revision, ...(await this.parts(names)) };
      const answer = await ask<Saved>(this.start.urls.save, body, { method: "PUT" });
      if (answer.status === 200) return this.kept(answer.body.revision ?? this.revision);
      for (const name of names) this.waiting.add(name);
      if (answer.body.code === "draft_saved_meanwhile") return this.conflict(answer.body.message ?? "");
      this.line.textContent = filled(this.start.words.refused ?? "", { why: answer.body.message ?? String(answer.status) });
    } catch {
      for (const name of names) this.waiting.add(name);
      this.say("offline");
      this.timer = window.setTimeout(() => void this.now(), AGAIN);
    }
    return false;
  }

  private kept(revision: number): boolean {
    this.revision = revision;
    this.say(this.waiting.size ? "unsaved" : "saved");
    return !this.waiting.size;
  }

  private say(key: string): void {
    this.line.textContent = this.start.words[key] ?? "";
    this.line.dataset.state = key;
  }

  /** Ask what to go on with: theirs, or mine as a draft of its own. */
  private conflict(why: string): boolean {
    this.isStopped = true;
    const dialog = document.querySelector<HTMLDialogElement>("dialog#studio-conflict");
    const text = dialog?.querySelector<HTMLElement>("[data-why]");
    if (!dialog || !text) return false;
    text.textContent = filled(this.start.words.conflict_text ?? "", { why });
    dialog.querySelector("[data-theirs]")?.addEventListener("click", () => location.reload());
    dialog.querySelector("[data-mine]")?.addEventListener("click", () => void this.copy());
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    dialog.showModal();
    return false;
  }

  private async copy(): Promise<void> {
    const title = filled(this.start.words.copy_title ?? "", { name: this.start.name });
    const answer = await ask<Saved>(this.start.urls.copy, { title, ...(await this.parts(["bpmn", "forms", "documents"])) });
    if (answer.status === 200) location.href = `${this.start.urls.studio}?draft=${answer.body.id}`;
    else this.line.textContent = filled(this.start.words.refused ?? "", { why: answer.body.message ?? "" });
  }
}
