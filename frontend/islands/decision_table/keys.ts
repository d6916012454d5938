/** The keys of a spreadsheet. */
import { cell, insertRow, moveRow, removeRows, write } from "./grid";
import type { Entry } from "./entry";
import type { Sheet } from "./sheet";
import type { View } from "./view";

const ARROWS: Record<string, [number, number]> = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };

/** Empty all cells of the selection. */
export function clear(sheet: Sheet): void {
  const { top, bottom, left, right } = sheet.area;
  const width = right - left + 1;
  const texts = Array.from({ length: bottom - top + 1 }, () =>
    Array.from({ length: width }, (_, at) => (left + at < sheet.grid.inputs.length ? "-" : "")),
  );
  sheet.change(write(sheet.grid, top, left, texts));
}

/** Copy the first row of the selection, or the row above a single cell, into all its rows. */
function fillDown(sheet: Sheet): void {
  const { top, bottom, left, right } = sheet.area;
  const from = top === bottom ? top - 1 : top;
  if (from < 0) return;
  const line = Array.from({ length: right - left + 1 }, (_, at) => cell(sheet.grid, from, left + at));
  sheet.change(write(sheet.grid, from + 1, left, Array.from({ length: bottom - from }, () => line)));
}

function withControl(event: KeyboardEvent, sheet: Sheet): boolean {
  const key = event.key.toLowerCase();
  if (key === "z") event.shiftKey ? sheet.redo() : sheet.undo();
  else if (key === "y") sheet.redo();
  else if (key === "d") fillDown(sheet);
  else return false;
  return true;
}

function withAlt(event: KeyboardEvent, sheet: Sheet): boolean {
  if (event.shiftKey && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
    sheet.moveColumn(event.key === "ArrowLeft" ? -1 : 1);
    return true;
  }
  const { top, bottom } = sheet.area;
  if (event.key === "Enter") sheet.change(insertRow(sheet.grid, bottom + 1));
  else if (event.key === "Backspace") sheet.change(removeRows(sheet.grid, top, bottom));
  else if (event.key === "ArrowDown" && top + 1 < sheet.grid.rows.length) sheet.change(moveRow(sheet.grid, top, top + 1));
  else if (event.key === "ArrowUp" && top > 0) sheet.change(moveRow(sheet.grid, top, top - 1));
  else return false;
  if (event.key !== "Backspace") sheet.move(event.key === "ArrowUp" ? -1 : 1, 0);
  return true;
}

function plain(event: KeyboardEvent, sheet: Sheet, entry: Entry): boolean {
  const arrow = ARROWS[event.key];
  if (arrow) sheet.move(...arrow, event.shiftKey);
  else if (event.key === "Tab") sheet.move(0, event.shiftKey ? -1 : 1);
  else if (event.key === "Enter" || event.key === "F2") entry.open();
  else if (event.key === "Delete" || event.key === "Backspace") clear(sheet);
  else if (event.key === "Home") sheet.select({ row: sheet.at.row, column: 0 }, event.shiftKey);
  else return false; // letters go into the field, which opens by them
  return true;
}

/** While somebody types in a cell: Enter and Tab keep it and go on, Escape gives it up. */
function inField(event: KeyboardEvent, view: View, sheet: Sheet, entry: Entry): boolean {
  if (event.isComposing) return false;
  if (event.key === "Escape") entry.leave();
  else if (event.key === "Enter" || event.key === "Tab") {
    entry.settle();
    view.focus();
    if (event.key === "Tab") sheet.move(0, event.shiftKey ? -1 : 1);
    else sheet.move(event.shiftKey ? -1 : 1, 0);
  } else return false;
  return true;
}

/** Tab leaves the table at its ends, so that nobody is caught in it. */
function leaves(event: KeyboardEvent, sheet: Sheet): boolean {
  if (event.key !== "Tab") return false;
  const before = sheet.at;
  const last = sheet.grid.inputs.length + sheet.grid.outputs.length + sheet.grid.annotations.length - 1;
  return event.shiftKey ? before.column === 0 : before.column === last;
}

export function attachKeys(view: View, sheet: Sheet, entry: Entry): void {
  view.listen("keydown", (event) => {
    event.stopPropagation(); // the page's own keys mean something else
    if (entry.isOpen) {
      if (inField(event, view, sheet, entry)) event.preventDefault();
      return;
    }
    if (leaves(event, sheet)) return;
    if (event.isComposing) return;
    const command = event.ctrlKey || event.metaKey;
    const done = command ? withControl(event, sheet) : event.altKey ? withAlt(event, sheet) : plain(event, sheet, entry);
    if (done) event.preventDefault();
  });
}
