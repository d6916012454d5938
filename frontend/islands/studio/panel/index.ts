/** The panel beside the diagram: what is chosen, in sections; every change is a command of the diagram. */
import type { Canvas } from "../canvas";
import { filled, h } from "../dom";
import { fits, host, pieceOf, setPiece } from "../extension";
import { NATIVE } from "../native";
import type { Section, Shown, Spec } from "../types";
import type { Cell } from "./cell";
import type { Context } from "./context";
import { fields, shown } from "./fields";

export class Panel {
  private element: Shown | undefined;
  private isOwn = false;
  private isReady = false;
  private readonly open = new Set<string>();

  constructor(private readonly place: HTMLElement, private readonly canvas: Canvas, private readonly context: Context) {
    context.redraw = () => this.draw();
    for (const one of context.start.panel.sections) if (one.open) this.open.add(one.key);
    canvas.on("selection.changed", () => this.draw());
    canvas.on("elements.changed", (event) => this.noticed(event.elements as Shown[]));
    // while a file is read there is no root yet, and asking for one would make another
    canvas.on("import.parse.start", () => { this.isReady = false; });
    canvas.on("import.done", () => { this.isReady = true; this.draw(); });
  }

  /** Return what the panel is about; without a choice the process itself. */
  shownElement(): Shown {
    const chosen = this.canvas.get("selection").get();
    const first = chosen[0] ?? this.canvas.get("canvas").getRootElement();
    return first.labelTarget ?? first;
  }

  /** Open a section wherever it is shown from now on. */
  unfold(section: string): void {
    this.open.add(section);
  }

  focus(): void {
    this.place.querySelector<HTMLElement>("summary, input, select, textarea")?.focus();
  }

  private noticed(changed: Shown[]): void {
    if (this.isOwn) return;
    if (changed.some((one) => one === this.element || one.labelTarget === this.element)) this.draw();
  }

  /** Carry out a change that comes from the panel: it shows already, so nothing is drawn anew. */
  private own(change: () => void): void {
    this.isOwn = true;
    try { change(); } finally { this.isOwn = false; }
  }

  draw(): void {
    if (!this.isReady) return;
    const many = this.canvas.get("selection").get().length;
    const element = (this.element = this.shownElement());
    const at = focusedAt(this.place);
    if (many > 1) return this.place.replaceChildren(h("p", { className: "sl-pad sl-2nd", textContent: filled(this.context.word("several"), { n: many }) }));
    const sections = this.context.start.panel.sections.filter((one) => fits(one, element));
    this.place.replaceChildren(this.head(element), ...sections.map((one) => this.section(one, element)));
    this.place.dispatchEvent(new CustomEvent("sl:brought", { bubbles: true }));
    focusAgain(this.place, at);
  }

  private head(element: Shown): HTMLElement {
    const own = String(element.businessObject.get("name") ?? "");
    const english = this.context.start.language === "en" ? pieceOf(element.businessObject, "name")?.text : undefined;
    const name = english || own || (this.isRoot(element) ? this.context.word("start") : element.id);
    return h("h2", { className: "st-title", textContent: name });
  }

  private isRoot(element: Shown): boolean {
    return element === this.canvas.get("canvas").getRootElement();
  }

  private section(section: Section, element: Shown): HTMLElement {
    const body = h("div", { className: "st-body" });
    const made = h("details", { className: "st-section", open: this.open.has(section.key), data: { section: section.key } },
      h("summary", { textContent: section.label }), body);
    const fill = (): void => { if (made.open && !body.childElementCount) body.append(...this.fields(section, element)); };
    made.addEventListener("toggle", () => {
      if (made.open) this.open.add(section.key);
      else this.open.delete(section.key);
      fill();
      body.dispatchEvent(new CustomEvent("sl:brought", { bubbles: true }));
    });
    fill();
    return made;
  }

  private fields(section: Section, element: Shown): HTMLElement[] {
    return section.fields.flatMap((spec) => (spec.how === "native" ? [this.native(spec, element)] : fields([spec], this.cell(section, element), this.context)));
  }

  private native(spec: Spec, element: Shown): HTMLElement {
    const known = NATIVE[spec.name];
    if (!known) throw new Error(`Expected a known field but found ${spec.name}.`);
    return shown(spec, known.get(element), (value) => this.own(() => known.set(this.canvas, element, value)), this.context);
  }

  private cell(section: Section, element: Shown): Cell {
    const of = host(element, section.of);
    return {
      name: section.holder,
      get: () => of && pieceOf(of, section.holder),
      set: (next) => { if (of) this.own(() => setPiece(this.canvas, element, of, section.holder, next)); },
    };
  }
}

/** Return which of the panel's fields has the focus, by its number. */
function focusedAt(place: HTMLElement): number {
  const active = document.activeElement;
  return active && place.contains(active) ? [...place.querySelectorAll("summary, input, select, textarea, button, .sl-feel")].indexOf(active) : -1;
}

function focusAgain(place: HTMLElement, at: number): void {
  if (at >= 0) place.querySelectorAll<HTMLElement>("summary, input, select, textarea, button, .sl-feel")[at]?.focus();
}
