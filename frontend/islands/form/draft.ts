/**
 * Keeps a draft on the server every 20 seconds while something has changed.
 *
 *   <form data-island="form" data-draft-url="/tasks/42/draft/">
 *   <span data-draft-status data-failed="Draft not saved. …" role="status">Draft saved 10:18</span>
 *
 * The server answers {"message": "Draft saved 10:18"}, with the reason and a 4xx where it could not.
 */
import { csrfToken } from "../../attach";

const EVERY = 20_000; // milliseconds
const SMALL = 60_000; // bytes

function say(form: HTMLFormElement, words: string | undefined, failed: boolean): void {
  const own = form.querySelector<HTMLElement>("[data-draft-status]");
  const place = own ?? document.querySelector<HTMLElement>("[data-draft-status]");
  if (!place) return;
  place.textContent = words ?? (failed ? (place.dataset.failed ?? "") : "");
  place.classList.toggle("is-failed", failed);
}

/** Return what the form would send, without files: those go up on their own. */
function written(form: HTMLFormElement): URLSearchParams {
  const values = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") values.append(name, value);
  return values;
}

interface Outcome {
  ok: boolean;
  words: string | undefined;
}

async function post(url: string, body: URLSearchParams, keepalive: boolean): Promise<Outcome> {
  const headers = { "X-CSRFToken": csrfToken(), Accept: "application/json" };
  try {
    const reply = await fetch(url, { method: "POST", body, headers, keepalive });
    const answer = (await reply.json()) as { message?: string };
    return { ok: reply.ok, words: answer.message };
  } catch {
    // no connection, or an answer that is no JSON: the form has words for it
    return { ok: false, words: undefined };
  }
}

async function save(form: HTMLFormElement, isLeaving = false): Promise<void> {
  if (form.dataset.changed === undefined || form.dataset.sent !== undefined) return;
  delete form.dataset.changed;
  const body = written(form);
  // browsers let a request outlive its page only while it is small
  const outlives = isLeaving && body.toString().length < SMALL;
  const { ok, words } = await post(form.dataset.draftUrl ?? "", body, outlives);
  if (!ok) form.dataset.changed = "";
  say(form, words, !ok);
}

export function attachDraft(form: HTMLFormElement): void {
  setInterval(() => void save(form), EVERY);
  // a phone that puts the page away may never bring it back
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") void save(form, true);
  });
}
