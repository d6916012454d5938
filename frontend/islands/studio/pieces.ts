/** Our elements of the file as plain data, and back into what bpmn-js keeps. */
import type { Services } from "./canvas";
import type { Moddle, Piece } from "./types";

export const OURS = "urn:shuli:bpmn:1";

export const piece = (name: string, attributes: Record<string, string> = {}, children: Piece[] = [], text = ""): Piece => ({
  name,
  attributes,
  children,
  text,
});

export function isOurs(one: Moddle): boolean {
  return one.$descriptor.ns.uri === OURS;
}

/** Return what bpmn-js read as plain data. */
export function read(one: Moddle): Piece {
  const attributes: Record<string, string> = {};
  for (const [key, value] of Object.entries(one)) if (!key.startsWith("$") && typeof value === "string") attributes[key] = value;
  const children = ((one.$children as Moddle[] | undefined) ?? []).map(read);
  return piece(one.$descriptor.ns.localName, attributes, children, ((one.$body as string | undefined) ?? "").trim());
}


/** Return plain data as what bpmn-js writes. */
export function write(moddle: Services["moddle"], one: Piece, parent: Moddle): Moddle {
  const made = moddle.createAny(`shuli:${one.name}`, OURS, { ...one.attributes });
  if (one.text) made.$body = one.text;
  if (one.children.length) made.$children = one.children.map((inner) => write(moddle, inner, made));
  made.$parent = parent;
  return made;
}

export const isEmpty = (one: Piece): boolean => !one.text && !one.children.length && !Object.keys(one.attributes).length;

export const named = (one: Piece | undefined, name: string): Piece[] => one?.children.filter((inner) => inner.name === name) ?? [];

export function withAttribute(one: Piece, name: string, value: string | undefined): Piece {
  const { [name]: _former, ...others } = one.attributes;
  return { ...one, attributes: value ? { ...others, [name]: value } : others };
}

/** Return the piece with these in place of its children of one name, where the first of them stood. */
export function withNamed(one: Piece, name: string, next: Piece[]): Piece {
  const at = one.children.findIndex((inner) => inner.name === name);
  const others = one.children.filter((inner) => inner.name !== name);
  const place = at < 0 ? others.length : one.children.slice(0, at).filter((inner) => inner.name !== name).length;
  return { ...one, children: [...others.slice(0, place), ...next, ...others.slice(place)] };
}
