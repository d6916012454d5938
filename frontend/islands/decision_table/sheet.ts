/** The table's state: the grid with its past and future, and which cells are selected. */
import { type Grid, moveColumn, widthOf } from "./grid";

const MOST_KEPT = 100; // steps that can be undone

export interface Spot {
  row: number;
  column: number;
}

export interface Area {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

export class Sheet {
  at: Spot = { row: 0, column: 0 };
  anchor: Spot = { row: 0, column: 0 };
  private past: Grid[] = [];
  private future: Grid[] = [];
  private listeners: ((isGridChanged: boolean) => void)[] = [];

  constructor(public grid: Grid) {}

  onChange(listener: (isGridChanged: boolean) => void): void {
    this.listeners.push(listener);
  }

  private tell(isGridChanged: boolean): void {
    for (const listener of this.listeners) listener(isGridChanged);
  }

  change(next: Grid): void {
    if (next === this.grid) return;
    this.past.push(this.grid);
    if (this.past.length > MOST_KEPT) this.past.shift();
    this.future = [];
    this.show(next);
  }

  undo(): void {
    const before = this.past.pop();
    if (!before) return;
    this.future.push(this.grid);
    this.show(before);
  }

  redo(): void {
    const after = this.future.pop();
    if (!after) return;
    this.past.push(this.grid);
    this.show(after);
  }

  private show(grid: Grid): void {
    this.grid = grid;
    this.at = this.inside(this.at);
    this.anchor = this.inside(this.anchor);
    this.tell(true);
  }

  private inside(spot: Spot): Spot {
    const row = Math.max(0, Math.min(spot.row, this.grid.rows.length - 1));
    return { row, column: Math.max(0, Math.min(spot.column, widthOf(this.grid) - 1)) };
  }

  /** Select a cell; with `extend` the area from the anchor to it. */
  select(spot: Spot, extend = false): void {
    this.at = this.inside(spot);
    if (!extend) this.anchor = this.at;
    this.tell(false);
  }

  move(down: number, right: number, extend = false): void {
    this.select({ row: this.at.row + down, column: this.at.column + right }, extend);
  }

  /** Move the present column among those of its kind, and stay on it. */
  moveColumn(by: number): void {
    const next = moveColumn(this.grid, this.at.column, by);
    if (next === this.grid) return;
    const column = this.at.column + by;
    this.change(next);
    this.select({ row: this.at.row, column });
  }

  get area(): Area {
    return {
      top: Math.min(this.at.row, this.anchor.row),
      bottom: Math.max(this.at.row, this.anchor.row),
      left: Math.min(this.at.column, this.anchor.column),
      right: Math.max(this.at.column, this.anchor.column),
    };
  }
}
