/** Parts of a form by their paths, such as sections.0.fields.2.label.zh. */
import type { Json, Part } from "./types";

export function get(form: Part, path: string): Json | undefined {
  let part: Json | undefined = form;
  for (const step of path ? path.split(".") : []) {
    if (part === null || typeof part !== "object") return undefined;
    part = Array.isArray(part) ? part[Number(step)] : part[step];
  }
  return part;
}

/** Put a value at a path, making what is not there yet; undefined takes the property away. */
export function put(form: Part, path: string, value: Json | undefined): void {
  const steps = path.split(".");
  const last = steps.pop() ?? "";
  let part: Json = form;
  for (const [at, step] of steps.entries()) {
    if (Array.isArray(part)) part = part[Number(step)] ?? {};
    else if (part !== null && typeof part === "object") part = part[step] ??= /^\d+$/.test(steps[at + 1] ?? last) ? [] : {};
  }
  if (Array.isArray(part)) part[Number(last)] = value ?? null;
  else if (part !== null && typeof part === "object") {
    if (value === undefined) delete part[last];
    else part[last] = value;
  }
}

/** Return the list in which a part stands, and its number in it. */
export function placeOf(form: Part, path: string): { list: Json[]; at: number; above: string } | undefined {
  const cut = path.lastIndexOf(".");
  const above = path.slice(0, cut);
  const list = get(form, above);
  return Array.isArray(list) ? { list, at: Number(path.slice(cut + 1)), above } : undefined;
}

export function listAt(form: Part, path: string): Json[] {
  const found = get(form, path);
  if (Array.isArray(found)) return found;
  put(form, path, []);
  return get(form, path) as Json[];
}

/** Return a key that no field of the list has. */
export function freeKey(stem: string, parts: Json[]): string {
  const taken = new Set(parts.map((one) => String((one as Part).key)));
  if (!taken.has(stem)) return stem;
  for (let number = 2; ; number += 1) if (!taken.has(`${stem}_${number}`)) return `${stem}_${number}`;
}

export function fieldsOf(form: Part): Part[] {
  const sections = (form.sections ?? []) as Part[];
  return sections.flatMap((one) => (one.fields ?? []) as Part[]);
}
