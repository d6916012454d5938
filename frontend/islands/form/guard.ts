/**
 * Asks before the page is left with something unsaved, and sends a form only once.
 *
 *   <form data-island="form">…<button type="submit">…</button></form>
 *
 * Others learn from `data-changed` on the form that something is not on the server yet.
 */
export function attachGuard(form: HTMLFormElement): void {
  const change = (): void => {
    form.dataset.changed = "";
  };
  form.addEventListener("input", change);
  form.addEventListener("sl:changed", change);
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent !== undefined) event.preventDefault();
    else form.dataset.sent = "";
  });
  // the page came back from the browser's memory: it may be sent again
  addEventListener("pageshow", (event) => event.persisted && delete form.dataset.sent);
  addEventListener("beforeunload", (event) => {
    if (form.dataset.changed !== undefined && form.dataset.sent === undefined) event.preventDefault();
  });
}

/** Lead whoever sent a form with mistakes to their summary: <div data-focus-now tabindex="-1">. */
export function attachSummary(summary: HTMLElement): void {
  summary.focus();
}
