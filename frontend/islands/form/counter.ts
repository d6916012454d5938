/**
 * Counts characters beside a text with a limit; speaks up for the last tenth only.
 *
 *   <textarea id="f1" maxlength="500"></textarea>
 *   <span class="sl-hint" data-counter="f1">0/500</span>
 */
export function attachCounter(place: HTMLElement): void {
  const text = document.getElementById(place.dataset.counter ?? "");
  if (!(text instanceof HTMLTextAreaElement || text instanceof HTMLInputElement)) return;
  const limit = text.maxLength;
  const show = (): void => {
    const length = [...text.value].length;
    place.textContent = `${length}/${limit}`;
    place.setAttribute("aria-live", length > limit * 0.9 ? "polite" : "off");
  };
  text.addEventListener("input", show);
  show();
}
