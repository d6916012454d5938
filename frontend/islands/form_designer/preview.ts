/** Shows the saved form as a step has it, as wide as the page or as a telephone. */
import type { Design } from "./design";
import type { Saving } from "./saving";
import type { Start } from "./types";

const PAUSE = 1500; // milliseconds after the last change

export function attachPreview(host: HTMLElement, design: Design, start: Start, saving: Saving): void {
  const place = host.querySelector<HTMLElement>("[data-preview]");
  const frame = place?.querySelector<HTMLIFrameElement>("[data-frame]");
  const step = place?.querySelector<HTMLSelectElement>("[data-step]");
  const opener = host.querySelector<HTMLElement>('[data-tool="preview"]');
  const phone = place?.querySelector<HTMLElement>('[data-tool="phone"]');
  if (!place || !frame || !step || !opener || !phone) return;
  let waiting = 0;
  const show = async (): Promise<void> => {
    await saving.now();
    frame.src = `${start.urls.preview}?step=${encodeURIComponent(step.value)}`;
  };
  opener.addEventListener("click", () => {
    place.hidden = !place.hidden;
    opener.setAttribute("aria-expanded", String(!place.hidden));
    if (place.hidden) return;
    void show();
    place.scrollIntoView({ block: "nearest" });
  });
  step.addEventListener("change", () => void show());
  phone.addEventListener("click", () => {
    const isPhone = place.classList.toggle("is-phone");
    phone.setAttribute("aria-pressed", String(isPhone));
  });
  design.listen((what) => {
    if (place.hidden || what === "choice") return;
    clearTimeout(waiting);
    waiting = window.setTimeout(() => void show(), PAUSE);
  });
}
