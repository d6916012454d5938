/** One place in a tree of pieces: what stands there now, and putting something else in its place. */
import { isEmpty, named, piece, withAttribute, withNamed } from "../pieces";
import type { Piece } from "../types";

export interface Cell {
  get(): Piece | undefined;
  /** Put a piece there; undefined takes it away. */
  set(next: Piece | undefined): void;
  name: string;
}

const now = (cell: Cell): Piece => cell.get() ?? piece(cell.name);

export function setAttribute(cell: Cell, name: string, value: string): void {
  const next = withAttribute(now(cell), name, value || undefined);
  cell.set(isEmpty(next) ? undefined : next);
}

export function setContent(cell: Cell, text: string): void {
  const next = { ...now(cell), text };
  cell.set(isEmpty(next) ? undefined : next);
}

function setNamed(cell: Cell, name: string, next: Piece[]): void {
  const whole = withNamed(now(cell), name, next);
  cell.set(isEmpty(whole) ? undefined : whole);
}

/** Return the place of one child of a name; the next free one adds to them. */
export const inner = (cell: Cell, name: string, at = 0): Cell => ({
  name,
  get: () => named(cell.get(), name)[at],
  set: (next) => {
    const all = named(cell.get(), name);
    setNamed(cell, name, next ? [...all.slice(0, at), next, ...all.slice(at + 1)] : all.filter((_, place) => place !== at));
  },
});

export const texts = (cell: Cell, name: string): string[] => named(cell.get(), name).map((one) => one.text);

export function setTexts(cell: Cell, name: string, next: string[]): void {
  setNamed(cell, name, next.filter(Boolean).map((text) => piece(name, {}, [], text)));
}

const languageOf = (one: Piece): string => one.attributes.lang ?? "zh";

export const wording = (cell: Cell, name: string, language: string): string =>
  named(cell.get(), name).find((one) => languageOf(one) === language)?.text ?? "";

export function setWording(cell: Cell, name: string, language: string, text: string): void {
  const others = named(cell.get(), name).filter((one) => languageOf(one) !== language);
  const next = text ? [...others, piece(name, { lang: language }, [], text)] : others;
  setNamed(cell, name, next.sort((one, two) => languageOf(two).localeCompare(languageOf(one))));
}
