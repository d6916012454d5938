/**
 * Shows, hides, requires and reckons fields as the answers change, by asking the server, which alone knows FEEL.
 *
 *   <form data-state-url="/tasks/42/state/"><div data-conditional>
 *     <div data-field="refund_amount" hidden><label>… <span class="sl-req" data-required hidden>required</span></label>
 *       <input …></div>
 *     <div data-field="total"><output data-computed>1,280.00</output></div>
 *
 * The server answers {"goals.0.metric": {"visible": true, "required": false, "readonly": false, "shown": "12.00"}}.
 */
import { csrfToken } from "../../attach";

const PAUSE = 300; // milliseconds after the last change

interface State {
  visible: boolean;
  required: boolean;
  readonly: boolean;
  shown?: string;
  is_html?: boolean;
}

function show(part: HTMLElement, state: State): void {
  part.hidden = !state.visible;
  for (const mark of part.querySelectorAll<HTMLElement>(":scope > :is(label, legend, div) [data-required], :scope > [data-required]")) {
    mark.hidden = !state.required;
  }
  const control = part.querySelector<HTMLInputElement>(":scope :is(input, textarea, select)");
  control?.setAttribute("aria-required", String(state.required));
  const computed = part.querySelector<HTMLElement>("[data-computed]");
  if (!computed || state.shown === undefined) return;
  // what a decision gave carries the row that decided; the server has escaped it
  if (state.is_html) computed.innerHTML = state.shown;
  else computed.textContent = state.shown;
}

async function ask(form: HTMLFormElement, signal: AbortSignal): Promise<void> {
  const body = new FormData(form);
  for (const [name, value] of [...body]) if (typeof value !== "string") body.delete(name);
  const headers = { "X-CSRFToken": csrfToken(), Accept: "application/json" };
  const reply = await fetch(form.dataset.stateUrl ?? "", { method: "POST", body, headers, signal });
  if (!reply.ok) return;
  const states = (await reply.json()) as Record<string, State>;
  for (const part of form.querySelectorAll<HTMLElement>("[data-field]")) {
    const state = states[part.dataset.field ?? ""];
    if (state) show(part, state);
  }
}

/** Says whether answers are not those that the server sent: given before the script was there, or kept by the browser. */
function isChanged(form: HTMLFormElement): boolean {
  return [...form.elements].some((control) => {
    if (control instanceof HTMLInputElement) {
      return control.checked !== control.defaultChecked || control.value !== control.defaultValue;
    }
    if (control instanceof HTMLTextAreaElement) return control.value !== control.defaultValue;
    if (!(control instanceof HTMLSelectElement)) return false;
    // without a default the first option is the answer
    const sent = [...control.options].filter((one) => one.defaultSelected);
    return control.multiple || sent.length ? sent.some((one) => !one.selected) : control.selectedIndex > 0;
  });
}

export function attachState(form: HTMLFormElement): void {
  if (!form.querySelector("[data-conditional]")) return;
  let timer = 0;
  let running = new AbortController();
  const later = (): void => {
    clearTimeout(timer);
    running.abort();
    running = new AbortController();
    // an answer that comes too late or not at all changes nothing: the server checks again when the form is sent
    timer = setTimeout(() => void ask(form, running.signal).catch(() => undefined), PAUSE);
  };
  form.addEventListener("input", later);
  form.addEventListener("sl:changed", later);
  if (isChanged(form)) later();
}
