/** Above the table: which rows decide when several fit, buttons, and the present cell's FEEL in an editor of its own. */
import type { Columns } from "./columns";
import type { Entry } from "./entry";
import { addColumn, cell, insertRow, placeOf, removeRows, write } from "./grid";
import type { Live } from "./live";
import { button, select } from "./parts";
import type { Sheet } from "./sheet";

export class Bar {
  readonly element = document.createElement("div");
  private readonly field = Object.assign(document.createElement("textarea"), { className: "form-control sl-code", rows: 1, id: "table-cell" });
  private readonly what = Object.assign(document.createElement("p"), { className: "sl-hint" });
  private readonly problem = Object.assign(document.createElement("p"), { className: "sl-err", id: "table-cell-problem", hidden: true });
  private readonly policy = Object.assign(document.createElement("div"), { className: "sl-buttons" });

  constructor(private readonly sheet: Sheet, private readonly live: Live, entry: Entry, columns: Columns) {
    const word = (key: string): string => live.word(key);
    const tools = Object.assign(document.createElement("div"), { className: "sl-buttons" });
    tools.append(
      button(`+ ${word("row")}`, () => sheet.change(insertRow(sheet.grid, sheet.area.bottom + 1))),
      button(`− ${word("row")}`, () => sheet.change(removeRows(sheet.grid, sheet.area.top, sheet.area.bottom))),
      button(`+ ${word("condition")}`, () => sheet.change(addColumn(sheet.grid, "tests"))),
      button(`+ ${word("result")}`, () => sheet.change(addColumn(sheet.grid, "outputs"))),
      button(`+ ${word("explanation")}`, () => sheet.change(addColumn(sheet.grid, "annotations"))),
      button(word("column"), () => columns.open()),
      button(word("undo"), () => sheet.undo()),
      button(word("redo"), () => sheet.redo()),
    );
    this.field.setAttribute("aria-label", word("cell"));
    Object.assign(this.field.dataset, { feel: "", feelBar: "", feelScope: "table-scope" });
    this.field.addEventListener("input", () => this.typed());
    this.field.addEventListener("sl:settle", () => entry.leave());
    this.element.className = "sl-pad sl-grid-bar";
    this.element.append(this.policy, this.what, tools, this.field, this.problem);
    sheet.onChange((isGridChanged) => this.show(isGridChanged));
    live.onAnswer(() => this.showProblem());
    this.show(true);
  }

  private typed(): void {
    const { row, column } = this.sheet.at;
    if (this.field.value === cell(this.sheet.grid, row, column)) return;
    this.sheet.change(write(this.sheet.grid, row, column, [[this.field.value]]));
  }

  private show(isGridChanged: boolean): void {
    const { grid, at } = this.sheet;
    this.field.dataset.feelKind = placeOf(grid, at.column).part === "tests" ? "tests" : "expression";
    const text = cell(grid, at.row, at.column);
    if (this.field.value !== text) {
      this.field.value = text;
      this.field.dispatchEvent(new Event("sl:set"));
    }
    if (isGridChanged) this.showPolicy();
    this.showProblem();
  }

  /** Say what is wrong with the present cell, where one reads it without pointing at it. */
  private showProblem(): void {
    const { row, column } = this.sheet.at;
    this.problem.textContent = this.live.wrongAt(row, column).join(" ");
    this.problem.hidden = !this.problem.textContent;
  }

  private showPolicy(): void {
    const { grid } = this.sheet;
    const { policies, aggregations } = this.live.start;
    const parts: HTMLElement[] = [
      select(policies, grid.hit_policy, this.live.word("policy"), (code) => this.sheet.change({ ...this.sheet.grid, hit_policy: code })),
    ];
    if (grid.hit_policy === "COLLECT") {
      parts.push(select(aggregations, grid.aggregation, this.live.word("policy"), (code) => this.sheet.change({ ...this.sheet.grid, aggregation: code })));
    }
    this.policy.replaceChildren(...parts);
    this.what.textContent = policies.find((one) => one.code === grid.hit_policy)?.what ?? "";
  }
}
