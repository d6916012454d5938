/** Carries what is entered in the panel into the form: every control says where it belongs and of what kind it is. */
import type { Design } from "./design";
import type { Json, Start } from "./types";

// a part cannot be without these, however empty
const NEEDED = /(?:^|\.)(?:key|code|label|message|condition|expression|zh|en)$/;

/** Return what a control says: a number or a yes or no where it is one, else FEEL or words. */
export function valueOf(kind: string, text: string): Json | undefined {
  const plain = text.trim();
  if (kind === "whole") return /^\d+$/.test(plain) ? Number(plain) : undefined;
  if (kind === "commas") return plain ? plain.split(/[,，、\s]+/).filter(Boolean) : undefined;
  if (kind === "value") {
    if (/^-?\d+(?:\.\d+)?$/.test(plain)) return Number(plain);
    if (plain === "true" || plain === "false") return plain === "true";
    return plain || undefined;
  }
  if (kind === "feel") return plain || "true";
  return kind === "words" ? text : plain;
}

export function attachPanel(host: HTMLElement, design: Design, _start: Start): void {
  const panel = host.querySelector<HTMLElement>("[data-panel]");
  if (!panel) return;
  panel.addEventListener("input", (event) => {
    const control = event.target as HTMLInputElement;
    const { set: path, kind = "line" } = control.dataset;
    if (!path || kind === "condition") return;
    if (kind === "check") return design.set(path, control.checked || undefined);
    const value = valueOf(kind, control.value);
    design.set(path, value === "" && !NEEDED.test(path) ? undefined : value === undefined && NEEDED.test(path) ? "" : value);
  });
  panel.addEventListener("change", (event) => {
    const control = event.target as HTMLSelectElement;
    if (control.dataset.retype) design.retype(control.dataset.retype, control.value);
    else if (control.dataset.kind === "condition" && control.dataset.set) condition(design, control.dataset.set, control.value);
  });
  panel.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-do], [data-select]") : null;
    if (button?.dataset.select !== undefined) design.choose(button.dataset.select);
    else if (button?.dataset.do) act(design, button.dataset.do, button.dataset.at ?? "", button.dataset.empty ?? "");
  });
}

function condition(design: Design, path: string, chosen: string): void {
  design.change((form) => {
    const steps = path.split(".");
    const name = steps.pop() ?? "";
    let part = form as Record<string, Json>;
    for (const step of steps) part = part[step] as Record<string, Json>;
    part[name] = chosen === "feel" ? "true" : chosen === "true";
  });
}

function act(design: Design, what: string, at: string, empty: string): void {
  if (what === "up" || what === "down") design.move(at, what === "up" ? -1 : 1);
  else if (what === "copy") design.copy(at);
  else if (what === "remove") design.remove(at);
  else if (what === "insert") design.insert(at, JSON.parse(document.getElementById(empty)?.textContent ?? "{}") as Json);
}
