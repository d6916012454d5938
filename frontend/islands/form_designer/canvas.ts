/** Asks the server for the form as it will stand, the panel and the findings, and marks what is chosen. */
import { csrfToken } from "../../attach";
import type { Design } from "./design";
import type { Drawn, Finding, Part, Start } from "./types";

const PAUSE = 250; // milliseconds after the last letter

export class Canvas {
  private readonly place: HTMLElement;
  private readonly panel: HTMLElement;
  private waiting = 0;
  private running = new AbortController();
  private wantsPanel = true;
  private findings: Finding[] = [];

  constructor(
    private readonly host: HTMLElement,
    private readonly design: Design,
    private readonly start: Start,
  ) {
    this.place = host.querySelector<HTMLElement>("[data-canvas]") ?? host;
    this.panel = host.querySelector<HTMLElement>("[data-panel]") ?? host;
    design.listen((what) => {
      if (what !== "typed") this.wantsPanel = true;
      clearTimeout(this.waiting);
      this.waiting = window.setTimeout(() => this.draw(), what === "typed" ? PAUSE : 0);
    });
    this.place.addEventListener("click", (event) => this.onClick(event));
    this.place.addEventListener("keydown", (event) => this.onKey(event));
    host.querySelector("[data-findings]")?.addEventListener("click", (event) => {
      const path = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>("[data-select]")?.dataset.select : undefined;
      if (path !== undefined) design.choose(path);
    });
  }

  draw(): void {
    this.running.abort();
    this.running = new AbortController();
    void this.ask(this.running.signal).catch(() => undefined);
  }

  private async ask(signal: AbortSignal): Promise<void> {
    const body = JSON.stringify({ form: this.design.form, at: this.design.chosen });
    const headers = { "X-CSRFToken": csrfToken(), "Content-Type": "application/json" };
    const reply = await fetch(this.start.urls.draw, { method: "POST", body, headers, signal });
    if (!reply.ok) return;
    const drawn = (await reply.json()) as Drawn;
    this.findings = drawn.findings;
    this.showFindings();
    const scope = document.getElementById("designer-scope");
    if (scope && drawn.scope) scope.textContent = JSON.stringify(drawn.scope);
    if (drawn.canvas !== undefined) this.showCanvas(drawn.canvas);
    if (drawn.panel !== undefined && this.wantsPanel) this.showPanel(drawn.panel);
  }

  private showCanvas(html: string): void {
    const hadFocus = this.place.contains(document.activeElement);
    this.place.innerHTML = html;
    const sections = (this.design.form.sections ?? []) as Part[];
    this.place.querySelectorAll<HTMLElement>(".sl-form-part").forEach((part, number) => {
      part.dataset.sectionAt = `sections.${number}`;
      const fields = (sections[number]?.fields ?? []) as Part[];
      part.querySelectorAll<HTMLElement>(":scope > .sl-form > [data-field]").forEach((one, at) => this.mark(one, `sections.${number}.fields.${at}`, fields[at]));
    });
    this.markChosen();
    if (hadFocus) this.place.querySelector<HTMLElement>(".is-chosen")?.focus({ preventScroll: true });
  }

  private mark(one: HTMLElement, path: string, field: Part | undefined): void {
    one.dataset.fieldAt = path;
    one.tabIndex = 0;
    one.draggable = true;
    one.classList.toggle("is-conditional", typeof field?.visible === "string" || field?.visible === false);
    one.classList.toggle("is-wrong", this.findings.some((found) => found.severity === "error" && found.path.startsWith(path)));
    // what is inside is a picture of the form: it takes neither clicks nor the focus
    for (const child of one.children) child.setAttribute("inert", "");
  }

  private markChosen(): void {
    const chosen = this.design.chosen.split(".columns.")[0];
    for (const one of this.place.querySelectorAll<HTMLElement>("[data-field-at], [data-section-at]")) {
      one.classList.toggle("is-chosen", (one.dataset.fieldAt ?? one.dataset.sectionAt) === chosen);
    }
  }

  private showPanel(html: string): void {
    this.wantsPanel = false;
    const id = this.panel.contains(document.activeElement) ? document.activeElement?.id : "";
    const groups = (): HTMLDetailsElement[] => [...this.panel.querySelectorAll<HTMLDetailsElement>("details[data-group]")];
    const open = groups().filter((one) => one.open).map((one) => one.dataset.group);
    this.panel.innerHTML = html;
    for (const one of groups()) if (open.includes(one.dataset.group)) one.open = true;
    this.panel.dispatchEvent(new CustomEvent("sl:feel", { bubbles: true }));
    if (id) document.getElementById(id)?.focus();
  }

  private showFindings(): void {
    const list = this.host.querySelector<HTMLElement>("[data-findings]");
    list?.replaceChildren(...(this.findings.length ? this.findings.map(row) : [item(this.start.words.no_findings ?? "")]));
  }

  private onClick(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-field-at], [data-section-at]") : null;
    this.design.choose(target?.dataset.fieldAt ?? target?.dataset.sectionAt ?? "");
  }

  private onKey(event: KeyboardEvent): void {
    const at = event.target instanceof HTMLElement ? event.target.dataset.fieldAt : undefined;
    if (!at) return;
    const acts: Record<string, () => void> = { Enter: () => this.design.choose(at), Delete: () => this.design.remove(at) };
    if (event.altKey && event.key === "ArrowUp") acts.ArrowUp = () => this.design.move(at, -1);
    if (event.altKey && event.key === "ArrowDown") acts.ArrowDown = () => this.design.move(at, 1);
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }
}

function item(...parts: (string | Node)[]): HTMLLIElement {
  const made = document.createElement("li");
  made.append(...parts);
  return made;
}

function row(one: Finding): HTMLLIElement {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm btn-quiet", textContent: one.name || "·" });
  button.dataset.select = one.path;
  const made = item(button, " ", one.words);
  made.className = `is-${one.severity}`;
  return made;
}
