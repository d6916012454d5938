/**
 * Shows a masked value for as long as it is looked at; the server writes down who did.
 *
 *   <span id="phone">138****2207</span>
 *   <button type="button" data-reveal="phone" data-url="/cases/TS…/reveal/" data-field="phone" aria-label="…">…</button>
 */
import { csrfToken } from "../../attach";

const LOOK = 30_000; // milliseconds until it is masked again

export function attachReveal(button: HTMLElement): void {
  button.addEventListener("click", async () => {
    const place = document.getElementById(button.dataset.reveal ?? "");
    if (!place) return;
    const body = new URLSearchParams({ field: button.dataset.field ?? "" });
    const headers = { "X-CSRFToken": csrfToken() };
    const reply = await fetch(button.dataset.url ?? "", { method: "POST", body, headers }).catch(() => undefined);
    if (!reply?.ok) return;
    const masked = place.textContent;
    place.textContent = await reply.text();
    button.hidden = true;
    setTimeout(() => {
      place.textContent = masked;
      button.hidden = false;
    }, LOOK);
  });
}
