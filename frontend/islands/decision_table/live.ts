/** Asks the server after every change what speaks against the table, what the samples give, and which values cells may take. */
import { csrfToken } from "../../attach";
import type { Choice, Column, Grid } from "./grid";
import type { Sheet } from "./sheet";

const PAUSE = 500; // milliseconds after the last change

export interface Sample {
  inputs: Record<string, string>;
  expected: string;
}

export interface Tried extends Sample {
  value: string;
  rows: number[];
  is_right: boolean | null;
  problems: Record<string, string>;
}

export interface Finding {
  severity: "error" | "warning";
  words: string;
  place: string;
  rules: number[];
  column: number;
}

export interface Start {
  grid: Grid;
  samples: Sample[];
  choices: Record<string, Choice[]>;
  policies: { code: string; name: string; what: string }[];
  aggregations: { code: string; name: string }[];
  types: { code: string; name: string }[];
  variables: string[];
  names: Record<string, string>;
  words: Record<string, string>;
  check: string;
}

interface Answer {
  findings: Finding[];
  samples: Tried[];
  choices: Record<string, Choice[]>;
  variables: string[];
  policy: string;
  error?: { message: string };
}

export class Live {
  findings: Finding[] = [];
  samples: Sample[];
  tried: Tried[] = [];
  choices: Record<string, Choice[]>;
  variables: string[];
  private timer = 0;
  private running = new AbortController();
  private listeners: (() => void)[] = [];

  constructor(private readonly form: HTMLFormElement, private readonly sheet: Sheet, readonly start: Start) {
    this.samples = start.samples;
    this.choices = start.choices;
    this.variables = start.variables;
    sheet.onChange((isGridChanged) => isGridChanged && this.later());
    this.later();
  }

  word(key: string): string {
    return this.start.words[key] ?? key;
  }

  /** Return what people call a variable. */
  nameOf(variable: string): string {
    return this.start.names[variable] || variable;
  }

  choicesOf(column: Column | undefined): Choice[] {
    return (column && this.choices[column.id]) ?? [];
  }

  /** Return what is wrong with a cell. */
  wrongAt(row: number, column: number): string[] {
    return this.findings.filter((one) => one.column === column + 1 && one.rules.includes(row + 1)).map((one) => one.words);
  }

  onAnswer(listener: () => void): void {
    this.listeners.push(listener);
  }

  later(): void {
    clearTimeout(this.timer);
    this.running.abort();
    this.timer = window.setTimeout(() => void this.ask().catch(() => undefined), PAUSE);
  }

  private async ask(): Promise<void> {
    this.running = new AbortController();
    const body = JSON.stringify({ grid: this.sheet.grid, samples: this.samples });
    const headers = { "X-CSRFToken": csrfToken(), "Content-Type": "application/json", Accept: "application/json" };
    const reply = await fetch(this.start.check, { method: "POST", body, headers, signal: this.running.signal });
    const answer = (await reply.json()) as Answer;
    if (!reply.ok) return this.say([{ severity: "error", words: answer.error?.message ?? "", place: "", rules: [], column: 0 }]);
    this.choices = answer.choices;
    this.variables = answer.variables;
    this.tried = answer.samples;
    this.say(answer.findings);
  }

  private say(findings: Finding[]): void {
    this.findings = findings;
    const place = this.form.querySelector<HTMLElement>("[data-table-findings]");
    place?.replaceChildren(findings.length ? this.list(findings) : this.fine());
    for (const listener of this.listeners) listener();
  }

  private fine(): HTMLElement {
    return Object.assign(document.createElement("p"), { className: "sl-pad sl-2nd", textContent: this.word("fine") });
  }

  private list(findings: Finding[]): HTMLElement {
    const list = Object.assign(document.createElement("ul"), { className: "sl-findings" });
    for (const one of findings) {
      const item = Object.assign(document.createElement("li"), { className: `is-${one.severity}` });
      const go = Object.assign(document.createElement("button"), { type: "button", className: "sl-link" });
      go.textContent = [one.place, one.words].filter(Boolean).join(" ");
      go.addEventListener("click", () => this.sheet.select({ row: (one.rules[0] ?? 1) - 1, column: Math.max(one.column - 1, 0) }));
      item.append(Object.assign(document.createElement("b"), { textContent: this.word(one.severity) }), go);
      list.append(item);
    }
    return list;
  }
}
