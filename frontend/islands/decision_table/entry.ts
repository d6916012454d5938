/** Typing in a cell: a field inside it, with the values that the column knows as a list to choose from. */
import { cell, columnOf, placeOf, write } from "./grid";
import type { Live } from "./live";
import type { Sheet } from "./sheet";
import { shown, written } from "./texts";
import type { View } from "./view";

export class Entry {
  private field: HTMLInputElement | undefined;

  constructor(private readonly view: View, private readonly sheet: Sheet, private readonly live: Live) {
    view.listen("dblclick", () => this.open());
  }

  get isOpen(): boolean {
    return this.field !== undefined;
  }

  /** Begin to type; with `text` instead of what is there. */
  open(text?: string): void {
    const place = this.view.cellAt(this.sheet.at);
    if (!place || this.field) return;
    const { part } = placeOf(this.sheet.grid, this.sheet.at.column);
    const column = columnOf(this.sheet.grid, this.sheet.at.column);
    const choices = this.live.choicesOf(column);
    const present = cell(this.sheet.grid, this.sheet.at.row, this.sheet.at.column);
    const field = Object.assign(document.createElement("input"), {
      className: "form-control",
      value: text ?? (choices.length ? shown(present, part, choices).replace(/^–$/, "") : present),
    });
    field.setAttribute("aria-label", column?.label ?? "");
    const list = document.createElement("datalist");
    list.id = "sl-cell-choices";
    for (const one of choices) list.append(Object.assign(document.createElement("option"), { value: one.label }));
    field.setAttribute("list", list.id);
    place.replaceChildren(field, list);
    this.field = field;
    field.addEventListener("blur", () => this.settle());
    field.focus();
    if (text === undefined) field.select();
  }

  /** Keep what was typed. */
  settle(): void {
    const field = this.field;
    if (!field) return;
    this.close();
    this.put(field.value);
  }

  /** Write a text into the present cell, as FEEL. */
  put(typed: string): void {
    const { row, column } = this.sheet.at;
    const found = columnOf(this.sheet.grid, column);
    const text = written(typed, placeOf(this.sheet.grid, column).part, found, this.live.choicesOf(found));
    if (text === cell(this.sheet.grid, row, column)) this.view.draw();
    else this.sheet.change(write(this.sheet.grid, row, column, [[text]]));
  }

  /** Give up what was typed. */
  leave(): void {
    this.close();
    this.view.draw();
    this.view.focus();
  }

  private close(): void {
    const field = this.field;
    this.field = undefined;
    field?.parentElement?.replaceChildren();
  }
}
