/** Draws the table: heads, row numbers, cells with what people read in them, marks for errors and for rows that fire. */
import { cell, columnOf, moveRow, placeOf, widthOf } from "./grid";
import type { Live } from "./live";
import type { Sheet, Spot } from "./sheet";
import { shown } from "./texts";

export class View {
  readonly element = Object.assign(document.createElement("div"), { className: "sl-scroll sl-grid-frame" });
  private field: HTMLElement | undefined; // what has the focus for the whole table
  private drawn = (): void => undefined;
  private readonly table = document.createElement("table");
  private cells: HTMLTableCellElement[][] = [];
  private dragged = -1;

  constructor(private readonly sheet: Sheet, private readonly live: Live) {
    this.table.className = "sl-table sl-dt sl-grid";
    this.table.setAttribute("role", "grid");
    this.table.setAttribute("aria-label", live.word("table"));
    this.element.append(this.table);
    sheet.onChange((isGridChanged) => (isGridChanged ? this.draw() : this.mark()));
    live.onAnswer(() => this.draw());
    this.table.addEventListener("pointerdown", (event) => this.onPointer(event, event.shiftKey));
    // a press on a cell must not take the focus from the field
    this.table.addEventListener("mousedown", (event) => event.target instanceof Element && event.target.closest("td") && event.preventDefault());
    this.table.addEventListener("pointerover", (event) => event.buttons === 1 && this.dragged < 0 && this.onPointer(event, true));
  }

  focus(): void {
    this.field?.focus({ preventScroll: true });
  }

  /** Give the keys of the table to a field that lies over it. */
  take(field: HTMLElement): void {
    this.field = field;
    this.element.append(field);
  }

  onDrawn(listener: () => void): void {
    this.drawn = listener;
  }

  listen<Kind extends keyof HTMLElementEventMap>(kind: Kind, listener: (event: HTMLElementEventMap[Kind]) => void): void {
    this.element.addEventListener(kind, listener);
  }

  cellAt(spot: Spot): HTMLTableCellElement | undefined {
    return this.cells[spot.row]?.[spot.column];
  }

  private onPointer(event: PointerEvent, extend: boolean): void {
    const target = event.target instanceof Element ? event.target.closest("td") : null;
    if (!target?.dataset.row) return;
    // what is being typed elsewhere is kept first
    this.field?.blur();
    this.sheet.select({ row: Number(target.dataset.row), column: Number(target.dataset.column) }, extend);
    this.focus();
  }

  draw(): void {
    const { grid } = this.sheet;
    const head = document.createElement("thead");
    const line = head.insertRow();
    line.append(this.head("#", ""));
    for (let column = 0; column < widthOf(grid); column += 1) line.append(this.columnHead(column));
    const body = document.createElement("tbody");
    this.cells = grid.rows.map((_, row) => this.row(body, row));
    this.table.replaceChildren(head, body);
    this.mark();
  }

  private head(text: string, css: string): HTMLTableCellElement {
    return Object.assign(document.createElement("th"), { textContent: text, className: css, scope: "col" });
  }

  private columnHead(column: number): HTMLTableCellElement {
    const { part, at } = placeOf(this.sheet.grid, column);
    const found = columnOf(this.sheet.grid, column);
    const own = document.documentElement.lang.startsWith("zh") ? found?.label : found?.label_en || found?.label;
    const label = found ? own || found.expression || found.name : (this.sheet.grid.annotations[at] ?? "");
    const head = this.head(label || "…", part === "tests" ? "is-in" : part === "outputs" ? "is-out" : "");
    head.addEventListener("click", () => {
      this.sheet.select({ row: this.sheet.at.row, column });
      head.dispatchEvent(new CustomEvent("sl:column", { bubbles: true }));
    });
    return head;
  }

  private row(body: HTMLTableSectionElement, row: number): HTMLTableCellElement[] {
    const line = body.insertRow();
    line.id = `row-${row + 1}`;
    const fires = this.live.tried.some((one) => one.rows.includes(row + 1));
    const number = Object.assign(document.createElement("th"), { textContent: String(row + 1), scope: "row", draggable: true });
    number.title = this.live.word("drag");
    if (fires) number.className = "is-firing";
    number.addEventListener("dragstart", () => (this.dragged = row));
    number.addEventListener("dragend", () => (this.dragged = -1));
    line.addEventListener("dragover", (event) => this.dragged >= 0 && event.preventDefault());
    line.addEventListener("drop", () => this.dragged >= 0 && this.sheet.change(moveRow(this.sheet.grid, this.dragged, row)));
    line.append(number);
    return Array.from({ length: widthOf(this.sheet.grid) }, (_, column) => this.cell(line, row, column));
  }

  private cell(line: HTMLTableRowElement, row: number, column: number): HTMLTableCellElement {
    const { part } = placeOf(this.sheet.grid, column);
    const text = cell(this.sheet.grid, row, column);
    const made = line.insertCell();
    made.dataset.row = String(row);
    made.dataset.column = String(column);
    made.className = part === "tests" ? "is-in" : part === "outputs" ? "is-out" : "";
    made.textContent = shown(text, part, this.live.choicesOf(columnOf(this.sheet.grid, column)));
    const wrong = this.live.wrongAt(row, column);
    if (wrong.length) {
      made.classList.add("is-wrong");
      made.title = wrong.join("\n");
      made.setAttribute("aria-invalid", "true");
    }
    return made;
  }

  private mark(): void {
    const { top, bottom, left, right } = this.sheet.area;
    this.table.querySelectorAll(".is-chosen, .is-at").forEach((one) => one.classList.remove("is-chosen", "is-at"));
    for (let row = top; row <= bottom; row += 1) {
      for (let column = left; column <= right; column += 1) this.cells[row]?.[column]?.classList.add("is-chosen");
    }
    const at = this.cellAt(this.sheet.at);
    at?.classList.add("is-at");
    this.drawn();
    if (document.activeElement === this.field) at?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}
