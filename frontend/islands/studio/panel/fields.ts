/** The fields of the panel, by how a value stands in its piece: attribute, text, children, records in records. */
import { button, controlIn, field, h } from "../dom";
import { named, piece } from "../pieces";
import type { RecordSpec, Spec } from "../types";
import { inner, setAttribute, setContent, setTexts, setWording, texts, wording } from "./cell";
import type { Cell } from "./cell";
import type { Context } from "./context";
import { CONTROLS, select } from "./controls";
import type { Set } from "./controls";

type Draw = (spec: Spec, cell: Cell, context: Context) => HTMLElement;

function control(spec: Spec, value: string, set: Set, context: Context): HTMLElement {
  const make = CONTROLS[spec.control ?? "text"];
  if (!make) throw new Error(`Expected a known control but found ${spec.control}.`);
  return make(spec, value, set, context);
}

/** Return a labelled control; a tick stands before its words. */
export function shown(spec: Spec, value: string, set: Set, context: Context): HTMLElement {
  const made = control(spec, value, set, context);
  if (spec.control !== "flag") return field(spec.label, made);
  return h("label", { className: "st-flag" }, made, h("span", { textContent: spec.label }));
}

const attribute: Draw = (spec, cell, context) =>
  shown(spec, cell.get()?.attributes[spec.name] ?? spec.default ?? "", (value) => setAttribute(cell, spec.name, value === spec.default ? "" : value), context);

const content: Draw = (spec, cell, context) => shown(spec, cell.get()?.text ?? "", (value) => setContent(cell, value), context);

const child: Draw = (spec, cell, context) => shown(spec, texts(cell, spec.name)[0] ?? "", (value) => setTexts(cell, spec.name, [value]), context);

const children: Draw = (spec, cell, context) => {
  const all = texts(cell, spec.name);
  const one = (text: string, at: number): HTMLElement => {
    const made = control(spec, text, (value) => {
      setTexts(cell, spec.name, [...all.slice(0, at), value, ...all.slice(at + 1)]);
      context.redraw();
    }, context);
    controlIn(made)?.setAttribute("aria-label", `${spec.label} ${at + 1}`);
    return made;
  };
  const box = h("div", { className: "st-list" }, ...[...all, ""].map(one));
  return field(spec.label, box);
};

const words: Draw = (spec, cell, context) => {
  const one = (language: "zh" | "en"): HTMLElement => {
    const set = (text: string): void => setWording(cell, spec.name, language, text);
    return shown({ ...spec, label: `${spec.label} · ${context.word(language)}` }, wording(cell, spec.name, language), set, context);
  };
  return h("div", { className: "st-words" }, one("zh"), one("en"));
};

/** Return the fields of a record in a frame, with the way to take it away. */
function framed(spec: Spec, cell: Cell, context: Context): HTMLElement {
  const rules = context.start.panel.records[spec.record ?? ""];
  const remove = button(context.word("remove"), () => { cell.set(undefined); context.redraw(); }, "btn btn-sm btn-quiet");
  const box = h("fieldset", { className: "st-record", data: { record: spec.record ?? "" } }, ...(rules ? fieldsOf(rules, cell, context) : []), remove);
  box.prepend(h("legend", { className: "visually-hidden", textContent: spec.label }));
  return box;
}

function fieldsOf(rules: RecordSpec, cell: Cell, context: Context): HTMLElement[] {
  if (!rules.choose) return fields(rules.fields ?? [], cell, context);
  const kind = cell.get()?.attributes.kind ?? "";
  const list = select(rules.choose, kind, (chosen) => { cell.set(piece(cell.name, { kind: chosen })); context.redraw(); });
  list.ariaLabel = context.word("kind");
  return [list, ...fields(rules.by?.[kind] ?? [], cell, context)];
}

/** Return a record as it begins: of the first kind, so that its fields show. */
function begun(spec: Spec, name: string, context: Context): ReturnType<typeof piece> {
  const rules = context.start.panel.records[spec.record ?? ""];
  const kind = rules?.choose?.[0]?.[0];
  if (kind) return piece(name, { kind });
  const first = rules?.fields?.find((one) => one.how === "record" && one.name !== "repeat");
  return piece(name, {}, first ? [begun(first, first.name, context)] : []);
}

const records: Draw = (spec, cell, context) => {
  const count = named(cell.get(), spec.name).length;
  const all = Array.from({ length: count }, (_, at) => framed(spec, inner(cell, spec.name, at), context));
  const isFull = spec.how === "record" && count > 0;
  const add = button(context.word("add"), () => { inner(cell, spec.name, count).set(begun(spec, spec.name, context)); context.redraw(); });
  add.ariaLabel = `${context.word("add")}: ${spec.label}`;
  const head = h("div", { className: "st-head" }, h("span", { className: "sl-lbl", textContent: spec.label }), !isFull && add);
  return h("div", { className: "st-records", data: { name: spec.name } }, head, ...all);
};

const set: Draw = (spec, cell) => {
  const chosen = texts(cell, spec.name);
  const boxes = (spec.options ?? []).map(([value, label]) => {
    const box = h("input", { type: "checkbox", className: "form-check-input", checked: chosen.includes(value) });
    box.addEventListener("change", () => {
      const now = texts(cell, spec.name);
      setTexts(cell, spec.name, box.checked ? [...now, value] : now.filter((one) => one !== value));
    });
    return h("label", { className: "st-flag" }, box, h("span", { textContent: label }));
  });
  return h("div", { className: "st-field" }, h("span", { className: "sl-lbl", textContent: spec.label }), ...boxes);
};

const DRAW: Record<string, Draw> = { attribute, content, child, children, wording: words, record: records, records, set };

export function fields(specs: Spec[], cell: Cell, context: Context): HTMLElement[] {
  return specs.map((spec) => (DRAW[spec.how] ?? attribute)(spec, cell, context));
}
