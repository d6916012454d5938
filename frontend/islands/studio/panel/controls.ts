/** The controls of single values: texts, numbers, choices, FEEL, and codes that FEEL holds in quotation marks. */
import { button, fresh, h } from "../dom";
import type { Choice, Spec } from "../types";
import type { Context } from "./context";

export type Set = (value: string) => void;
type Control = (spec: Spec, value: string, set: Set, context: Context) => HTMLElement;

const PAUSE = 600; // milliseconds after the last letter

function onChange<Kind extends HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>(field: Kind, set: Set): Kind {
  field.addEventListener("change", () => set(field.value));
  return field;
}

export function select(options: Choice[], value: string, set: Set): HTMLSelectElement {
  const known = options.some(([one]) => one === value) || !value ? options : [...options, [value, value] as Choice];
  const made = h("select", { className: "form-select" }, ...known.map(([one, label]) => h("option", { value: one, textContent: label })));
  made.value = value;
  return onChange(made, set);
}

const input = (value: string, set: Set, more: Partial<HTMLInputElement> = {}): HTMLInputElement =>
  onChange(h("input", { className: "form-control", value, ...more }), set);

/** A field for FEEL; the editor on it writes without the event `change`. */
export function feel(value: string, set: Set, label: string): HTMLElement {
  const area = h("textarea", { className: "form-control", rows: 1, value, ariaLabel: label, data: { feel: "", feelScope: "studio-scope" } });
  let timer = 0;
  const settle = (): void => {
    clearTimeout(timer);
    if (area.value !== value) set((value = area.value));
  };
  area.addEventListener("input", () => { clearTimeout(timer); timer = window.setTimeout(settle, PAUSE); });
  const box = h("div", { className: "st-feel" }, area);
  box.addEventListener("focusout", settle);
  return box;
}

const CODE = /^\s*"([^"\\]*)"\s*$/;
const OTHER = "\u0000";

/** A code in quotation marks, chosen by its name, or any expression. */
function code(options: Choice[], spec: Spec, value: string, set: Set, context: Context): HTMLElement {
  const plain = CODE.exec(value)?.[1];
  const isOther = Boolean(value) && plain === undefined;
  const place = h("div");
  const all: Choice[] = [["", context.word("none")], ...options, [OTHER, context.word("expression")]];
  const list = select(all, isOther ? OTHER : (plain ?? ""), (chosen) => {
    place.replaceChildren();
    if (chosen !== OTHER) return set(chosen ? `"${chosen}"` : "");
    place.append(feel(value, set, spec.label));
    place.dispatchEvent(new CustomEvent("sl:brought", { bubbles: true }));
  });
  if (isOther) place.append(feel(value, set, spec.label));
  return h("div", {}, list, place);
}

function person(value: string, set: Set): HTMLElement {
  const options = h("datalist", { id: fresh() });
  const field = input(CODE.exec(value)?.[1] ?? value, (typed) => set(typed ? (CODE.test(typed) ? typed : `"${typed}"`) : ""), { autocomplete: "off" });
  field.setAttribute("list", options.id);
  field.addEventListener("input", () => {
    void fetch(`/organisation/people/find/?q=${encodeURIComponent(field.value)}`)
      .then((reply) => reply.json() as Promise<{ value: string; label: string }[]>)
      .then((found) => options.replaceChildren(...found.map((one) => h("option", { value: one.value, label: one.label }))))
      .catch(() => undefined);
  });
  return h("div", {}, field, options);
}

/** A raw key of a list, with a way to a new one. */
function keyed(options: Choice[], value: string, set: Set, context: Context, more: [word: string, act: () => void][]): HTMLElement {
  const all: Choice[] = [["", context.word("none")], ...options, ...more.map(([word], at): Choice => [`${OTHER}${at}`, context.word(word)])];
  return select(all, value, (chosen) => {
    if (!chosen.startsWith(OTHER)) return set(chosen);
    more[Number(chosen.slice(1))]?.[1]();
  });
}

const pool = (context: Context): Choice[] =>
  (["department", "post", "group"] as const).flatMap((kind) => (context.start.choices[kind] ?? []).map(([one, label]): Choice => [`${kind}:${one}`, label]));
const known = (context: Context, kind: string): Choice[] => context.start.choices[kind] ?? [];

export const CONTROLS: Record<string, Control> = {
  text: (_spec, value, set) => input(value, set),
  number: (spec, value, set) => input(value, set, { type: "number", step: "any", min: "0", placeholder: spec.default ?? "" }),
  long: (_spec, value, set) => onChange(h("textarea", { className: "form-control", rows: 2, value }), set),
  shown: (_spec, value) => h("code", { className: "sl-code", textContent: value }),
  flag: (_spec, value, set) => {
    const box = h("input", { type: "checkbox", className: "form-check-input", checked: value === "true" });
    box.addEventListener("change", () => set(String(box.checked)));
    return box;
  },
  select: (spec, value, set) => select(spec.options ?? [], value, set),
  feel: (spec, value, set) => feel(value, set, spec.label),
  department: (spec, value, set, context) => code(known(context, "department"), spec, value, set, context),
  post: (spec, value, set, context) => code(known(context, "post"), spec, value, set, context),
  group: (spec, value, set, context) => code(known(context, "group"), spec, value, set, context),
  node: (spec, value, set, context) => code(context.nodes(), spec, value, set, context),
  pool: (spec, value, set, context) => code(pool(context), spec, value, set, context),
  person: (_spec, value, set) => person(value, set),
  "node-id": (_spec, value, set, context) => keyed(context.nodes(), value, set, context, []),
  chooser: (_spec, value, set, context) => keyed(context.choosers(), value, set, context, []),
  "pool-code": (_spec, value, set, context) => keyed(pool(context), value, set, context, []),
  "post-code": (_spec, value, set, context) => keyed(known(context, "post"), value, set, context, []),
  process: (_spec, value, set, context) => keyed(known(context, "process"), value, set, context, []),
  decision: (_spec, value, set, context) => keyed(known(context, "decision"), value, set, context, []),
  phase: (_spec, value, set, context) => keyed(context.phases(), value, set, context, []),
  field: (_spec, value, set, context) => keyed([["*", "*"], ...context.fields()], value, set, context, []),
  document: (_spec, value, set, context) => keyed(context.documents(), value, set, context, [["new_document", () => context.newDocument(set)]]),
  form: (_spec, value, set, context) => {
    const list = keyed(context.forms(), value, set, context, [["new_form", () => context.newForm(set)]]);
    return value ? h("div", { className: "st-form" }, list, button(context.word("edit_form"), () => context.editForm(value))) : list;
  },
};
