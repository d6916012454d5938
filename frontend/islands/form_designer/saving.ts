/** Saves the form as one goes; somebody who saved the same form meanwhile is never overwritten. */
import { csrfToken } from "../../attach";
import type { Design } from "./design";
import type { Part, Start } from "./types";

const PAUSE = 900; // milliseconds after the last change
const AGAIN = 5000; // milliseconds until it tries once more

interface Answer {
  revision?: number;
  url?: string;
  error?: { message?: string };
}

export class Saving {
  private revision: number;
  private seen: Part;
  private waiting = 0;
  private running: Promise<void> = Promise.resolve();
  private isStopped: boolean;

  constructor(
    private readonly host: HTMLElement,
    private readonly design: Design,
    private readonly start: Start,
  ) {
    this.revision = start.revision;
    this.seen = structuredClone(start.form);
    this.isStopped = !start.isOpen;
    design.listen((what) => what !== "choice" && this.soon(PAUSE));
    addEventListener("beforeunload", (event) => {
      if (this.isDirty && !this.isStopped) event.preventDefault();
    });
  }

  private get isDirty(): boolean {
    return JSON.stringify(this.design.form) !== JSON.stringify(this.seen);
  }

  private soon(pause: number): void {
    if (this.isStopped) return;
    this.say("unsaved");
    clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => void this.now(), pause);
  }

  /** Save what there is; whoever needs it on the server waits for this. */
  async now(): Promise<void> {
    clearTimeout(this.waiting);
    this.running = this.running.then(() => this.send());
    return this.running;
  }

  private async send(): Promise<void> {
    if (this.isStopped) return;
    if (!this.isDirty) return this.say("saved");
    this.say("saving");
    const form = structuredClone(this.design.form);
    const reply = await post(this.start.urls.save, { form, revision: this.revision, seen: this.seen }).catch(() => undefined);
    const answer = (await reply?.json().catch(() => undefined)) as Answer | undefined;
    if (reply?.ok && answer?.revision !== undefined) {
      this.revision = answer.revision;
      this.seen = form;
      this.say(this.isDirty ? "unsaved" : "saved");
    } else if (reply && reply.status < 500 && reply.status !== 429) this.stop(reply.status, answer?.error?.message ?? "");
    else {
      this.say("offline");
      this.waiting = window.setTimeout(() => void this.now(), AGAIN);
    }
  }

  private stop(status: number, why: string): void {
    this.isStopped = true;
    this.say("unsaved");
    tell(this.host, why);
    const conflict = this.host.querySelector<HTMLElement>("[data-conflict]");
    if (conflict) conflict.hidden = status !== 409;
  }

  /** Keep what is on this page beside what the other one saved. */
  async keepMine(): Promise<void> {
    const reply = await post(this.start.urls.copy, { form: this.design.form }).catch(() => undefined);
    const answer = (await reply?.json().catch(() => undefined)) as Answer | undefined;
    if (answer?.url) location.assign(answer.url);
    else tell(this.host, answer?.error?.message ?? this.start.words.offline ?? "");
  }

  private say(state: "saved" | "saving" | "unsaved" | "offline"): void {
    const place = this.host.querySelector<HTMLElement>("[data-saved]");
    if (!place) return;
    place.textContent = this.start.words[state] ?? "";
    place.dataset.state = state;
  }
}

export function post(url: string, body: unknown): Promise<Response> {
  const headers = { "X-CSRFToken": csrfToken(), "Content-Type": "application/json", Accept: "application/json" };
  return fetch(url, { method: "POST", body: JSON.stringify(body), headers });
}

/** Say something above the form, with what belongs to it in lines. */
export function tell(host: HTMLElement, words: string, lines: string[] = []): void {
  const place = host.querySelector<HTMLElement>("[data-message]");
  const why = place?.querySelector("[data-why]");
  if (!place || !why) return;
  place.hidden = false;
  why.textContent = words;
  const items = lines.map((one) => Object.assign(document.createElement("li"), { textContent: one }));
  place.querySelector("[data-notes]")?.replaceChildren(...items);
}
