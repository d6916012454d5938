/**
 * Under an editor: a value for each variable that its expression reads, and what it gives with them.
 * Where the page has a field for values of its own (`data-feel-values`) or test rows (`data-feel-bar`) there is none.
 */
import type { Answer } from "./answer";
import { scopeOf } from "./complete";

const trials = new WeakMap<HTMLTextAreaElement, Trial>();
const FEEL = /^["[{@(]|^-?[\d.]+$|^(true|false|null)$|\w\(/;
const WORDS: Record<string, string> = { 是: "true", yes: "true", 否: "false", no: "false" };

/** Return a moment in FEEL with the reader's zone, as answers of forms have one: without, nothing compares it with now(). */
function moment(text: string): string {
  if (/(Z|[+-]\d\d:\d\d|@.+)$/.test(text)) return `date and time("${text}")`;
  const minutes = -new Date(text).getTimezoneOffset() || 0;
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map((one) => String(one).padStart(2, "0"));
  return `date and time("${/T\d\d:\d\d$/.test(text) ? `${text}:00` : text}${minutes < 0 ? "-" : "+"}${hours}:${rest}")`;
}

/** Return a sample value, as people write it, in FEEL. */
export function sample(type: string, text: string): string {
  const plain = text.trim();
  if (type === "boolean") return WORDS[plain.toLowerCase()] ?? plain;
  if (/^\d{4}-\d\d-\d\d$/.test(plain)) return type === "date and time" ? moment(`${plain}T00:00:00`) : `date("${plain}")`;
  if (/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(plain)) return moment(plain.replace(" ", "T"));
  if (type.startsWith("list") && !plain.startsWith("[")) return `[${plain.split(/\s*[,，、]\s*/).map((one) => sample("", one)).join(", ")}]`;
  if (type === "string") return plain.startsWith('"') ? plain : JSON.stringify(plain);
  return FEEL.test(plain) ? plain : JSON.stringify(plain);
}

class Trial {
  readonly element = Object.assign(document.createElement("details"), { className: "sl-try", hidden: true });
  private readonly title = document.createElement("summary");
  private readonly fields = Object.assign(document.createElement("div"), { className: "sl-try-fields" });
  private readonly given = new Map<string, string>();
  private reads = "";

  constructor(private readonly field: HTMLTextAreaElement, private readonly again: () => void) {
    const answer = document.createElement("div");
    answer.dataset.feelAnswer = field.id;
    answer.setAttribute("aria-live", "polite");
    this.element.append(this.title, this.fields, answer);
  }

  show(answer: Answer): void {
    if (!answer.reads || answer.errors.some((one) => one.severity === "error")) return;
    this.element.hidden = false;
    this.title.textContent = answer.words?.try ?? "";
    if (this.reads === answer.reads.join()) return;
    this.reads = answer.reads.join();
    this.fields.replaceChildren(...answer.reads.map((name) => this.line(name, answer)));
  }

  private line(name: string, answer: Answer): HTMLElement {
    const known = scopeOf(this.field).find((one) => one.name === name);
    const words = name === "?" ? (answer.words?.tested ?? "?") : known?.label || name;
    const line = Object.assign(document.createElement("label"), { className: "sl-lbl", textContent: words });
    const input = Object.assign(document.createElement("input"), { className: "form-control", value: this.given.get(name) ?? "" });
    input.addEventListener("input", (event) => {
      event.stopPropagation(); // nothing of it belongs to the form
      this.given.set(name, input.value);
      this.again();
    });
    line.append(input);
    return line;
  }

  /** Return the values as a FEEL context, those alone that the expression reads now. */
  values(): string {
    const types = new Map(scopeOf(this.field).map((one) => [one.name, one.type]));
    const given = [...this.given].filter(([name, text]) => text.trim() && this.reads.split(",").includes(name));
    return `{${given.map(([name, text]) => `${JSON.stringify(name)}: ${sample(types.get(name) ?? "", text)}`).join(", ")}}`;
  }
}

export function makeTrial(field: HTMLTextAreaElement, host: HTMLElement, again: () => void): void {
  if (field.dataset.feelValues || field.dataset.feelBar !== undefined || !field.id) return;
  if (document.querySelector(`[data-feel-answer="${field.id}"]`) || field.dataset.feelTry === "no") return;
  const trial = new Trial(field, again);
  trials.set(field, trial);
  host.after(trial.element);
}

/** Return the values to try the expression with: the page's own field for them, else those under the editor. */
export function valuesOf(field: HTMLTextAreaElement): string {
  const values = document.getElementById(field.dataset.feelValues ?? "");
  return values instanceof HTMLTextAreaElement ? values.value : (trials.get(field)?.values() ?? "");
}

export function offerTrial(field: HTMLTextAreaElement, answer: Answer): void {
  trials.get(field)?.show(answer);
}
