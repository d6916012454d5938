/**
 * Typing in a cell. One field always has the focus and lies over the present cell, unseen until something is typed: so the
 * first letter of an input method, or of a phone's keyboard, is not lost. The values that the column knows are a list to choose from.
 */
import { cell, columnOf, placeOf, write } from "./grid";
import type { Live } from "./live";
import type { Sheet } from "./sheet";
import { shown, written } from "./texts";
import type { View } from "./view";

export class Entry {
  isOpen = false;
  private readonly field = Object.assign(document.createElement("input"), { className: "form-control sl-grid-entry", autocomplete: "off" });
  private readonly list = Object.assign(document.createElement("datalist"), { id: "sl-cell-choices" });

  constructor(private readonly view: View, private readonly sheet: Sheet, private readonly live: Live) {
    view.take(this.field);
    view.element.append(this.list);
    view.listen("dblclick", (event) => event.target instanceof Element && event.target.closest("td") && this.open());
    view.onDrawn(() => this.lie());
    for (const kind of ["input", "compositionstart"] as const) this.field.addEventListener(kind, () => this.isOpen || this.show());
    this.field.addEventListener("blur", () => this.settle());
  }

  /** Begin to change what is in the present cell. */
  open(): void {
    if (this.isOpen || !this.view.cellAt(this.sheet.at)) return;
    const { part } = placeOf(this.sheet.grid, this.sheet.at.column);
    const choices = this.live.choicesOf(columnOf(this.sheet.grid, this.sheet.at.column));
    const present = cell(this.sheet.grid, this.sheet.at.row, this.sheet.at.column);
    this.field.value = choices.length ? shown(present, part, choices).replace(/^–$/, "") : present;
    this.show();
    this.field.focus();
    this.field.select();
  }

  private show(): void {
    this.isOpen = true;
    this.field.classList.add("is-open");
    const choices = this.live.choicesOf(columnOf(this.sheet.grid, this.sheet.at.column));
    this.list.replaceChildren(...choices.map((one) => Object.assign(document.createElement("option"), { value: one.label })));
    this.field.setAttribute("list", this.list.id);
  }

  /** Lie over the present cell, and say which it is. */
  private lie(): void {
    const place = this.view.cellAt(this.sheet.at);
    if (!place) return;
    const column = columnOf(this.sheet.grid, this.sheet.at.column);
    this.field.setAttribute("aria-label", `${column?.label ?? ""} ${this.sheet.at.row + 1}: ${place.textContent ?? ""}`);
    this.field.setAttribute("aria-describedby", "table-cell-problem");
    const { offsetLeft: left, offsetTop: top, offsetWidth: width, offsetHeight: height } = place;
    Object.assign(this.field.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
  }

  /** Keep what was typed. */
  settle(): void {
    if (!this.isOpen) return;
    const typed = this.field.value;
    this.close();
    this.put(typed);
  }

  /** Write a text into the present cell, as FEEL. */
  put(typed: string): void {
    const { row, column } = this.sheet.at;
    const found = columnOf(this.sheet.grid, column);
    const text = written(typed, placeOf(this.sheet.grid, column).part, found, this.live.choicesOf(found));
    if (text !== cell(this.sheet.grid, row, column)) this.sheet.change(write(this.sheet.grid, row, column, [[text]]));
  }

  /** Give up what was typed. */
  leave(): void {
    this.close();
    this.view.focus();
  }

  private close(): void {
    this.isOpen = false;
    this.field.value = "";
    this.field.classList.remove("is-open");
    this.field.removeAttribute("list");
  }
}
