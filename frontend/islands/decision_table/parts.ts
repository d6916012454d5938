/** Small pieces of the page that the editor builds. */

export function button(words: string, act: () => void, css = "btn btn-sm"): HTMLButtonElement {
  const made = Object.assign(document.createElement("button"), { type: "button", className: css, textContent: words });
  made.addEventListener("click", act);
  return made;
}

export interface Named {
  code: string;
  name: string;
}

export function select(options: Named[], value: string, label: string, act: (value: string) => void): HTMLSelectElement {
  const made = Object.assign(document.createElement("select"), { className: "form-select" });
  made.setAttribute("aria-label", label);
  for (const one of options) made.append(Object.assign(document.createElement("option"), { value: one.code, textContent: one.name }));
  made.value = value;
  made.addEventListener("change", () => act(made.value));
  return made;
}

export function labelled(words: string, control: HTMLElement): HTMLLabelElement {
  const made = Object.assign(document.createElement("label"), { className: "sl-lbl", textContent: words });
  made.append(control);
  return made;
}

export function input(value: string, act: (value: string) => void): HTMLInputElement {
  const made = Object.assign(document.createElement("input"), { className: "form-control", value });
  made.addEventListener("change", () => act(made.value));
  return made;
}

/** A field for FEEL with its name; the page makes an editor of it once it hears `sl:feel`. */
export function feel(words: string, value: string, kind: "expression" | "tests", act: (value: string) => void): HTMLElement {
  const id = `table-feel-${(feelFields += 1)}`;
  const made = Object.assign(document.createElement("div"), { className: "sl-grid-feel" });
  const name = Object.assign(document.createElement("label"), { className: "sl-lbl", textContent: words, htmlFor: id });
  const field = Object.assign(document.createElement("textarea"), { className: "form-control sl-code", rows: 1, id, value });
  Object.assign(field.dataset, { feel: "", feelScope: "table-scope", feelKind: kind });
  field.addEventListener("change", () => act(field.value));
  made.append(name, field);
  return made;
}

let feelFields = 0;
