/** What a column is: its name in both languages, what it reads or sets, its type and allowed values. */
import { changeColumn, type Column, columnOf, placeOf, removeColumn } from "./grid";
import type { Live } from "./live";
import { button, feel, input, labelled, select } from "./parts";
import type { Sheet } from "./sheet";

export class Columns {
  readonly element = Object.assign(document.createElement("div"), { className: "sl-pad sl-grid-column", hidden: true });

  private column = 0; // the one that is shown; another cell may be chosen while its field is left

  constructor(private readonly sheet: Sheet, private readonly live: Live) {
    addEventListener("sl:column", () => this.open());
    sheet.onChange(() => this.follow());
    // a field that is left keeps what was written first
    this.element.addEventListener("focusout", () => setTimeout(() => this.follow()));
  }

  /** Show the present column, unless somebody writes about another one. */
  private follow(): void {
    if (!this.element.hidden && !this.element.contains(document.activeElement)) this.draw();
  }

  open(): void {
    this.element.hidden = false;
    this.draw();
  }

  private set(changes: Partial<Column>): void {
    this.sheet.change(changeColumn(this.sheet.grid, this.column, changes));
  }

  private draw(): void {
    const word = (key: string): string => this.live.word(key);
    this.column = this.sheet.at.column;
    const { part, at } = placeOf(this.sheet.grid, this.sheet.at.column);
    const found = columnOf(this.sheet.grid, this.sheet.at.column);
    const label = found?.label ?? this.sheet.grid.annotations[at] ?? "";
    const parts: HTMLElement[] = [labelled(word("name"), input(label, (text) => this.set({ label: text })))];
    if (found) parts.push(...this.details(found, part === "tests"));
    const tools = Object.assign(document.createElement("div"), { className: "sl-buttons" });
    tools.append(
      button(`← ${word("left")}`, () => this.sheet.moveColumn(-1)),
      button(`→ ${word("right_column")}`, () => this.sheet.moveColumn(1)),
      button(word("remove"), () => this.sheet.change(removeColumn(this.sheet.grid, this.sheet.at.column))),
      button(word("close"), () => (this.element.hidden = true)),
    );
    this.element.replaceChildren(...parts, tools);
    this.element.dispatchEvent(new CustomEvent("sl:feel", { bubbles: true }));
  }

  private details(found: Column, isCondition: boolean): HTMLElement[] {
    const word = (key: string): string => this.live.word(key);
    const kind = select(this.live.start.types, found.type, word("type"), (type) => this.set({ type }));
    const own = isCondition
      ? [feel(word("expression"), found.expression, "expression", (expression) => this.set({ expression }))]
      : [
          labelled(word("variable"), input(found.name, (name) => this.set({ name }))),
          feel(word("otherwise"), found.default, "expression", (text) => this.set({ default: text })),
        ];
    return [
      labelled(word("english"), input(found.label_en, (text) => this.set({ label_en: text }))),
      ...own,
      labelled(word("type"), kind),
      feel(word("values"), found.values, "tests", (values) => this.set({ values })),
    ];
  }
}
