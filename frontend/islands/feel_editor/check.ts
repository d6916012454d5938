/** Asks the server, which alone knows FEEL, what is wrong with an expression and what it gives. */
import type { Diagnostic } from "@codemirror/lint";
import type { EditorView } from "@codemirror/view";
import { csrfToken } from "../../attach";
import type { Answer } from "./answer";
import { scopeOf } from "./complete";
import { offerTrial, valuesOf } from "./try";

function line(text: string, css: string): HTMLElement {
  return Object.assign(document.createElement("p"), { textContent: text, className: css });
}

/** Show what the expression gives where the page has a place for it. */
function show(field: HTMLTextAreaElement, answer: Answer): void {
  const place = document.querySelector<HTMLElement>(`[data-feel-answer="${field.id}"]`);
  if (!place || !field.id) return;
  const parts: HTMLElement[] = [];
  if (answer.values_problem) parts.push(line(answer.values_problem, "sl-err"));
  if (answer.value !== undefined) {
    parts.push(Object.assign(document.createElement("pre"), { textContent: answer.value, className: "sl-code sl-answer" }));
  }
  for (const note of new Set([...answer.errors.map((one) => one.message), ...(answer.notes ?? [])])) parts.push(line(note, "sl-hint"));
  place.replaceChildren(...(parts.length ? parts : [line(place.dataset.empty ?? "", "sl-2nd")]));
}

async function ask(field: HTMLTextAreaElement, source: string): Promise<Answer | undefined> {
  const scope = scopeOf(field);
  const body = JSON.stringify({
    source,
    kind: field.dataset.feelKind ?? "expression",
    names: Object.fromEntries(scope.map((one) => [one.name, one.type])),
    values: valuesOf(field),
    are_names: field.dataset.feelValues !== undefined, // what the page gives values for is known by that
  });
  const headers = { "X-CSRFToken": csrfToken(), "Content-Type": "application/json", Accept: "application/json" };
  const reply = await fetch(field.dataset.check ?? "/feel/check/", { method: "POST", body, headers });
  return reply.ok ? ((await reply.json()) as Answer) : undefined;
}

/** Return what finds the errors of a field's expression; without an answer there are none to show. */
export function checker(field: HTMLTextAreaElement): (view: EditorView) => Promise<Diagnostic[]> {
  return async (view) => {
    const source = view.state.doc.toString();
    if (!source.trim()) return [];
    try {
      const answer = await ask(field, source);
      if (!answer || view.state.doc.toString() !== source) return [];
      offerTrial(field, answer);
      show(field, answer);
      const end = source.length;
      return answer.errors.map((one) => ({ ...one, from: Math.min(one.from, end), to: Math.min(Math.max(one.to, one.from), end) }));
    } catch {
      return [];
    }
  };
}

/** Try what is written once more, with other values. */
export async function tryAgain(field: HTMLTextAreaElement): Promise<void> {
  const values = valuesOf(field);
  const answer = field.value.trim() ? await ask(field, field.value).catch(() => undefined) : undefined;
  if (answer && values === valuesOf(field)) show(field, answer);
}
