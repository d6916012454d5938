/** Rows to try the table with: values, what is expected, and which row decides. */
import type { Live, Sample, Tried } from "./live";
import { button } from "./parts";

export class Samples {
  private readonly table = Object.assign(document.createElement("table"), { className: "sl-table sl-dt is-form" });
  private readonly sent: HTMLInputElement;
  private columns = "";

  constructor(form: HTMLFormElement, private readonly live: Live, samples: Sample[]) {
    const host = form.querySelector<HTMLElement>("[data-table-samples-host]");
    this.sent = Object.assign(document.createElement("input"), { type: "hidden", name: "samples" });
    live.samples = samples.map((one) => ({ inputs: { ...one.inputs }, expected: one.expected }));
    const scroll = Object.assign(document.createElement("div"), { className: "sl-scroll" });
    scroll.append(this.table);
    const add = Object.assign(document.createElement("p"), { className: "sl-pad" });
    add.append(button(`+ ${live.word("sample")}`, () => this.add()));
    host?.append(scroll, add, this.sent);
    if (host) host.hidden = false;
    form.querySelector("[data-table-samples]")?.remove();
    live.onAnswer(() => this.answered());
    this.draw();
  }

  private add(): void {
    this.live.samples.push({ inputs: {}, expected: "" });
    this.draw();
  }

  private remove(at: number): void {
    this.live.samples.splice(at, 1);
    this.live.tried.splice(at, 1);
    this.draw();
    this.live.later();
  }

  /** Show what came of the samples; their fields stay as they are while somebody types. */
  private answered(): void {
    if (this.columns !== this.live.variables.join()) return this.draw();
    this.table.querySelectorAll<HTMLElement>("[data-outcome]").forEach((place, at) => this.outcome(place, this.live.tried[at]));
  }

  private draw(): void {
    this.columns = this.live.variables.join();
    const head = document.createElement("thead").insertRow();
    for (const text of [...this.live.variables.map((one) => this.live.nameOf(one)), this.live.word("expected"), this.live.word("decided"), ""]) {
      head.append(Object.assign(document.createElement("th"), { textContent: text, scope: "col" }));
    }
    const body = document.createElement("tbody");
    this.live.samples.forEach((sample, at) => this.row(body.insertRow(), sample, at));
    this.table.replaceChildren(head.parentElement ?? head, body);
    this.sent.value = JSON.stringify(this.live.samples);
  }

  private row(line: HTMLTableRowElement, sample: Sample, at: number): void {
    for (const name of this.live.variables) this.field(line, this.live.nameOf(name), sample.inputs[name] ?? "", (text) => (sample.inputs[name] = text));
    this.field(line, this.live.word("expected"), sample.expected, (text) => (sample.expected = text));
    const place = line.insertCell();
    place.dataset.outcome = "";
    this.outcome(place, this.live.tried[at]);
    line.insertCell().append(button("×", () => this.remove(at), "sl-ib"));
  }

  private field(line: HTMLTableRowElement, label: string, value: string, keep: (text: string) => void): void {
    const field = Object.assign(document.createElement("input"), { className: "form-control", value });
    field.setAttribute("aria-label", label);
    field.addEventListener("input", () => {
      keep(field.value);
      this.sent.value = JSON.stringify(this.live.samples);
      this.live.later();
    });
    line.insertCell().append(field);
  }

  private outcome(place: HTMLElement, tried: Tried | undefined): void {
    const parts: HTMLElement[] = [];
    const note = (text: string, css: string): void => void parts.push(Object.assign(document.createElement("span"), { textContent: `${text} `, className: css }));
    if (tried?.is_right === true) note(`✓ ${this.live.word("right")}`, "sl-st is-ok");
    if (tried?.is_right === false) note(`✗ ${this.live.word("wrong")}`, "sl-st is-late");
    if (tried) note(` ${tried.value}`, "");
    if (tried?.rows.length) note(this.live.word("rowNumber").replace("{rows}", tried.rows.join(", ")), "sl-small sl-2nd");
    for (const problem of Object.values(tried?.problems ?? {})) note(problem, "sl-err");
    place.replaceChildren(...parts);
  }
}
