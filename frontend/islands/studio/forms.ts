/** A plain list of fields for a form of the draft, or its JSON: enough to begin with; the form designer does more. */
import { button, field, h } from "./dom";
import { select } from "./panel/controls";
import type { Context } from "./panel/context";
import { fieldsOf } from "./panel/context";
import type { FormJson } from "./types";

type Row = { type: string; key: string; label: { zh: string; en: string }; required: boolean; options: string };
interface OptionJson { code: string; label?: { zh?: string; en?: string } }

const OPTIONED = ["choice", "choices"];

function freeKey(stem: string, taken: Iterable<string>): string {
  const known = new Set(taken);
  for (let number = 1; ; number += 1) if (!known.has(`${stem}_${number}`)) return `${stem}_${number}`;
}

/** Open the form of a key, or a new one; `done` gets its key when it is taken over. */
export function editForm(context: Context, key: string | undefined, done: (key: string, form: FormJson) => void): void {
  const former = key ? context.start.forms[key] : undefined;
  const own = key ?? freeKey("form", Object.keys(context.start.forms));
  const title = { zh: "", en: "", ...(former?.title as object | undefined) };
  const rows: Row[] = (fieldsOf(former) as Record<string, unknown>[]).map(rowOf);
  const list = h("div", { className: "st-list" });
  const json = h("textarea", { className: "form-control sl-code", rows: 14, spellcheck: false });
  const draw = (): void => list.replaceChildren(...rows.map((row) => rowEditor(context, row, () => { rows.splice(rows.indexOf(row), 1); draw(); })));
  const addRow = (): void => {
    const taken = [...context.fields().map(([one]) => one), ...rows.map((row) => row.key)];
    rows.push({ type: "text", key: freeKey("field", taken), label: { zh: "", en: "" }, required: false, options: "" });
    draw();
    list.lastElementChild?.querySelector("input")?.focus();
  };
  const whole = (): FormJson => ({ ...former, key: own, title, sections: [{ ...firstSection(former), fields: rows.map((row) => fieldOf(row, former)) }, ...laterSections(former)] });
  const plain = h("div", { className: "st-list" }, named(context, "form_title", title), list, button(context.word("add"), addRow));
  const raw = h("details", { className: "st-section" }, h("summary", { textContent: context.word("form_json") }), json);
  raw.addEventListener("toggle", () => { if (raw.open) json.value = JSON.stringify(whole(), undefined, 2); plain.hidden = raw.open; });
  const problem = h("p", { className: "sl-err" });
  const dialog = h("dialog", { className: "sl-dialog st-dialog", ariaLabel: context.word("edit_form") }, h("div", { className: "sl-pad st-list" }, plain, raw, problem));
  const take = (): void => {
    try { done(own, raw.open ? (JSON.parse(json.value) as FormJson) : whole()); dialog.close(); } catch (error) { problem.textContent = String(error); }
  };
  dialog.append(h("div", { className: "sl-dialog-foot" }, button(context.word("cancel"), () => dialog.close(), "btn"), button(context.word("form_done"), take, "btn btn-primary")));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  if (!rows.length) addRow(); else draw();
  dialog.showModal();
}

const sectionsOf = (form: FormJson | undefined): Record<string, unknown>[] => (form?.sections as Record<string, unknown>[] | undefined) ?? [];
const firstSection = (form: FormJson | undefined): Record<string, unknown> => sectionsOf(form)[0] ?? {};
// the rows are all fields of all sections: what stood later is in the first one then
const laterSections = (_form: FormJson | undefined): Record<string, unknown>[] => [];

function rowOf(one: Record<string, unknown>): Row {
  const options = ((one.options as OptionJson[] | undefined) ?? []).map((option) => option.label?.zh ?? option.code).join("\n");
  return { type: String(one.type), key: String(one.key), label: { zh: "", en: "", ...(one.label as object) }, required: one.required === true, options };
}

/** Return a row as the field that it is: what the list does not show of a field stays. */
function fieldOf(row: Row, former: FormJson | undefined): FormJson {
  const known = (fieldsOf(former) as Record<string, unknown>[]).find((one) => one.key === row.key && one.type === row.type) ?? {};
  const made: FormJson = { ...known, type: row.type, key: row.key, label: row.label, ...(typeof known.required === "string" ? {} : { required: row.required }) };
  if (!OPTIONED.includes(row.type)) return made;
  const before = (known.options as OptionJson[] | undefined) ?? [];
  const options = row.options.split("\n").map((one) => one.trim()).filter(Boolean);
  return { ...made, options: options.map((label, at) => before.find((one) => one.label?.zh === label) ?? { code: `option_${at + 1}`, label: { zh: label, en: label } }) };
}

function named(context: Context, word: string, words: { zh: string; en: string }): HTMLElement {
  const one = (language: "zh" | "en"): HTMLElement => {
    const input = h("input", { className: "form-control", value: words[language] });
    input.addEventListener("input", () => { words[language] = input.value; });
    return field(`${context.word(word)} · ${context.word(language)}`, input);
  };
  return h("div", { className: "st-pair" }, one("zh"), one("en"));
}

function rowEditor(context: Context, row: Row, remove: () => void): HTMLElement {
  const options = h("textarea", { className: "form-control", rows: 3, value: row.options, hidden: !OPTIONED.includes(row.type), ariaLabel: context.word("field_options"), placeholder: context.word("field_options") });
  options.addEventListener("input", () => { row.options = options.value; });
  const type = select(context.start.fieldTypes, row.type, (value) => { row.type = value; options.hidden = !OPTIONED.includes(value); });
  type.ariaLabel = context.word("field_type");
  const tick = h("input", { type: "checkbox", className: "form-check-input", checked: row.required });
  tick.addEventListener("change", () => { row.required = tick.checked; });
  const box = h("fieldset", { className: "st-record" }, named(context, "field_label", row.label), type, options);
  box.append(h("div", { className: "st-head" }, h("label", { className: "st-flag" }, tick, h("span", { textContent: context.word("field_required") })), h("code", { className: "sl-code", textContent: row.key }), button(context.word("remove"), remove, "btn btn-sm btn-quiet")));
  return box;
}
