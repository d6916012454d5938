/** The table as plain data, and what may be done to it. Every change gives a new grid, so that it can be undone. */

export interface Column {
  id: string;
  label: string;
  label_en: string;
  expression: string;
  name: string;
  type: string;
  values: string;
  default: string;
}

export interface Row {
  id: string;
  tests: string[];
  outputs: string[];
  annotations: string[];
}

export interface Grid {
  hit_policy: string;
  aggregation: string;
  inputs: Column[];
  outputs: Column[];
  annotations: string[];
  rows: Row[];
}

export interface Choice {
  text: string;
  label: string;
}

export type Part = "tests" | "outputs" | "annotations";

/** Where a column of the page stands in the grid. */
export interface Place {
  part: Part;
  at: number;
}

export const widthOf = (grid: Grid): number => grid.inputs.length + grid.outputs.length + grid.annotations.length;

export function placeOf(grid: Grid, column: number): Place {
  if (column < grid.inputs.length) return { part: "tests", at: column };
  const rest = column - grid.inputs.length;
  if (rest < grid.outputs.length) return { part: "outputs", at: rest };
  return { part: "annotations", at: rest - grid.outputs.length };
}

export function columnOf(grid: Grid, column: number): Column | undefined {
  const { part, at } = placeOf(grid, column);
  return part === "tests" ? grid.inputs[at] : part === "outputs" ? grid.outputs[at] : undefined;
}

export function cell(grid: Grid, row: number, column: number): string {
  const { part, at } = placeOf(grid, column);
  return grid.rows[row]?.[part][at] ?? "";
}

const copy = (grid: Grid): Grid => structuredClone(grid);

export function emptyRow(grid: Grid): Row {
  return {
    id: "",
    tests: grid.inputs.map(() => "-"),
    outputs: grid.outputs.map(() => ""),
    annotations: grid.annotations.map(() => ""),
  };
}

/** Write texts from a cell on, to the right and down; rows that are missing are added, columns are not. */
export function write(grid: Grid, row: number, column: number, texts: string[][]): Grid {
  const next = copy(grid);
  texts.forEach((line, down) => {
    while (next.rows.length <= row + down) next.rows.push(emptyRow(next));
    line.forEach((text, right) => {
      if (column + right >= widthOf(next)) return;
      const { part, at } = placeOf(next, column + right);
      const target = next.rows[row + down];
      if (target) target[part][at] = text;
    });
  });
  return next;
}

export function insertRow(grid: Grid, at: number): Grid {
  const next = copy(grid);
  next.rows.splice(at, 0, emptyRow(next));
  return next;
}

export function removeRows(grid: Grid, from: number, to: number): Grid {
  const next = copy(grid);
  next.rows.splice(from, to - from + 1);
  return next;
}

export function moveRow(grid: Grid, from: number, to: number): Grid {
  const next = copy(grid);
  const [row] = next.rows.splice(from, 1);
  if (row) next.rows.splice(to, 0, row);
  return next;
}

const newColumn = (): Column => ({ id: "", label: "", label_en: "", expression: "", name: "", type: "string", values: "", default: "" });

export function addColumn(grid: Grid, part: Part): Grid {
  const next = copy(grid);
  if (part === "tests") next.inputs.push({ ...newColumn(), type: "" });
  else if (part === "outputs") next.outputs.push(newColumn());
  else next.annotations.push("");
  for (const row of next.rows) row[part].push(part === "tests" ? "-" : "");
  return next;
}

export function removeColumn(grid: Grid, column: number): Grid {
  const { part, at } = placeOf(grid, column);
  if (part === "outputs" && grid.outputs.length === 1) return grid;
  const next = copy(grid);
  if (part === "tests") next.inputs.splice(at, 1);
  else if (part === "outputs") next.outputs.splice(at, 1);
  else next.annotations.splice(at, 1);
  for (const row of next.rows) row[part].splice(at, 1);
  return next;
}

export function changeColumn(grid: Grid, column: number, changes: Partial<Column>): Grid {
  const next = copy(grid);
  const found = columnOf(next, column);
  if (found) Object.assign(found, changes);
  else next.annotations[placeOf(next, column).at] = changes.label ?? "";
  return next;
}

/** Move a column to the left (-1) or right (1) among those of its kind. */
export function moveColumn(grid: Grid, column: number, by: number): Grid {
  const { part, at } = placeOf(grid, column);
  const count = part === "tests" ? grid.inputs.length : part === "outputs" ? grid.outputs.length : grid.annotations.length;
  if (at + by < 0 || at + by >= count) return grid;
  const next = copy(grid);
  const swap = <Kind>(list: Kind[]): void => void list.splice(at + by, 0, ...list.splice(at, 1));
  if (part === "tests") swap(next.inputs);
  else if (part === "outputs") swap(next.outputs);
  else swap(next.annotations);
  for (const row of next.rows) swap(row[part]);
  return next;
}
