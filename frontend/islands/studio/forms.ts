/** The way from a step to its form: a new one is named here; what it asks is designed on the page of the designer. */
import { button, field, h } from "./dom";
import type { Context } from "./panel/context";
import type { FormJson } from "./types";

interface Title { zh: string; en: string }

function freeKey(taken: Iterable<string>): string {
  const known = new Set(taken);
  for (let number = 1; ; number += 1) if (!known.has(`form_${number}`)) return `form_${number}`;
}

/** Ask what a new form is called; `done` gets it, `left` is called when nobody wants it after all. */
export function nameForm(context: Context, done: (key: string, form: FormJson) => void, left: () => void): void {
  const title: Title = { zh: "", en: "" };
  const dialog = h("dialog", { className: "sl-dialog st-dialog", ariaLabel: context.word("new_form") });
  const input = (language: "zh" | "en"): HTMLElement => {
    const box = h("input", { className: "form-control", maxLength: 200, required: language === context.start.language });
    box.addEventListener("input", () => { title[language] = box.value.trim(); });
    return field(`${context.word("form_title")} · ${context.word(language)}`, box);
  };
  const inputs = h("form", { className: "sl-pad st-list" }, input("zh"), input("en"));
  let isTaken = false;
  const take = (): void => {
    if (!inputs.reportValidity()) return;
    isTaken = true;
    dialog.close();
    const key = freeKey(Object.keys(context.start.forms));
    const named = Object.fromEntries(Object.entries(title).filter(([, words]) => words));
    done(key, { key, title: named, sections: [{ fields: [] }] });
  };
  inputs.addEventListener("submit", (event) => { event.preventDefault(); take(); });
  dialog.append(inputs, h("div", { className: "sl-dialog-foot" }, button(context.word("cancel"), () => dialog.close(), "btn"), button(context.word("form_design"), take, "btn btn-primary")));
  dialog.addEventListener("close", () => { dialog.remove(); if (!isTaken) left(); });
  document.body.append(dialog);
  dialog.showModal();
}
