/** Copies to and pastes from Excel and other spreadsheets: rows of cells divided by tabs. */
import { cell, columnOf, placeOf, write } from "./grid";
import { clear } from "./keys";
import type { Entry } from "./entry";
import type { Live } from "./live";
import type { Sheet } from "./sheet";
import type { View } from "./view";
import { written } from "./texts";

const guarded = (text: string): string => (/[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Return the selection as a spreadsheet takes it. */
export function toText(sheet: Sheet): string {
  const { top, bottom, left, right } = sheet.area;
  const rows = Array.from({ length: bottom - top + 1 }, (_, down) =>
    Array.from({ length: right - left + 1 }, (__, at) => guarded(cell(sheet.grid, top + down, left + at))).join("\t"),
  );
  return rows.join("\n");
}

/** Return the cells of a text from a spreadsheet; a cell between quotation marks may hold tabs and line ends. */
export function fromText(text: string): string[][] {
  const rows: string[][] = [[]];
  const found = /(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r?\n|$)/gy;
  for (let match = found.exec(text); match; match = found.exec(text)) {
    rows.at(-1)?.push((match[1]?.replaceAll('""', '"') ?? match[2] ?? "").trim());
    if (!match[3]) break;
    if (match[3] !== "\t") rows.push([]);
  }
  if (rows.length > 1 && rows.at(-1)?.every((one) => !one)) rows.pop();
  return rows;
}

function paste(sheet: Sheet, live: Live, texts: string[][]): void {
  const { top, left } = sheet.area;
  const feel = (text: string, column: number): string => {
    const found = columnOf(sheet.grid, column);
    return written(text, placeOf(sheet.grid, column).part, found, live.choicesOf(found));
  };
  const cells = texts.map((line) => line.map((text, at) => feel(text, left + at)));
  sheet.change(write(sheet.grid, top, left, cells));
  const bottom = { row: top + texts.length - 1, column: left + Math.max(...texts.map((line) => line.length)) - 1 };
  sheet.select({ row: top, column: left });
  sheet.select(bottom, true);
}

export function attachClipboard(view: View, sheet: Sheet, entry: Entry, live: Live): void {
  const copy = (event: ClipboardEvent): void => {
    if (entry.isOpen) return;
    event.clipboardData?.setData("text/plain", toText(sheet));
    event.preventDefault();
  };
  view.listen("copy", copy);
  view.listen("cut", (event) => {
    copy(event);
    if (!entry.isOpen) clear(sheet);
  });
  view.listen("paste", (event) => {
    if (entry.isOpen) return;
    event.preventDefault();
    paste(sheet, live, fromText(event.clipboardData?.getData("text/plain") ?? ""));
  });
}
