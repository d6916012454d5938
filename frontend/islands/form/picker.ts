/**
 * Finds people by typing; the names that were chosen stand above, each with its hidden input.
 *
 *   <div class="sl-pick" data-picker="owner" data-url="/people/find/" data-many data-none="Nobody found" data-remove="Remove {name}">
 *     <ul class="sl-pick-chosen"><li><span>Service, Li Min</span><input type="hidden" name="owner" value="limin">
 *       <button type="button" data-unpick>…</button></li></ul>
 *     <input class="form-control" id="f4" role="combobox" aria-expanded="false" aria-controls="f4-list" autocomplete="off">
 *     <ul class="sl-pick-list" id="f4-list" role="listbox" hidden></ul>
 *   </div>
 *
 * The server answers `?q=li` with [{"value": "limin", "label": "Service, Li Min", "note": "head"}].
 */
import { type Found, List } from "./picker_list";

const PAUSE = 200; // milliseconds after the last letter

class Picker {
  private readonly input: HTMLInputElement;
  private readonly chosen: HTMLElement;
  private readonly list: List;
  private timer = 0;
  private running = new AbortController();

  constructor(private readonly part: HTMLElement, input: HTMLInputElement, chosen: HTMLElement, list: HTMLElement) {
    this.input = input;
    this.chosen = chosen;
    this.list = new List(list, input, part.dataset.none ?? "", (found) => this.pick(found));
    input.addEventListener("input", () => this.later());
    input.addEventListener("keydown", (event) => this.list.onKey(event));
    input.addEventListener("blur", () => setTimeout(() => this.list.close(), 150));
    chosen.addEventListener("click", (event) => this.onUnpick(event));
    this.room();
  }

  private later(): void {
    clearTimeout(this.timer);
    this.running.abort();
    const words = this.input.value.trim();
    if (!words) return this.list.close();
    this.timer = setTimeout(() => void this.find(words), PAUSE);
  }

  private async find(words: string): Promise<void> {
    this.running = new AbortController();
    const url = new URL(this.part.dataset.url ?? "", location.href);
    url.searchParams.set("q", words);
    try {
      const reply = await fetch(url, { headers: { Accept: "application/json" }, signal: this.running.signal });
      if (reply.ok) this.list.open((await reply.json()) as Found[]);
    } catch {
      // newer letters came, or the server is away: the list stays as it is
    }
  }

  private pick(found: Found): void {
    if (this.part.dataset.many === undefined) this.chosen.replaceChildren();
    const known = [...this.chosen.querySelectorAll<HTMLInputElement>("input")].some((one) => one.value === found.value);
    if (!known) this.chosen.append(this.item(found));
    this.input.value = "";
    this.changed();
  }

  private item(found: Found): HTMLLIElement {
    const item = document.createElement("li");
    const words = document.createElement("span");
    words.textContent = found.label;
    const value = Object.assign(document.createElement("input"), {
      type: "hidden",
      name: this.part.dataset.picker ?? "",
      value: found.value,
    });
    const remove = Object.assign(document.createElement("button"), { type: "button", className: "sl-ib", textContent: "×" });
    remove.dataset.unpick = "";
    remove.setAttribute("aria-label", (this.part.dataset.remove ?? "{name}").replace("{name}", found.label));
    item.append(words, value, remove);
    return item;
  }

  private onUnpick(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target.closest("[data-unpick]") : null;
    if (!target) return;
    target.closest("li")?.remove();
    this.changed();
    this.input.focus();
  }

  private changed(): void {
    this.room();
    this.part.dispatchEvent(new CustomEvent("sl:changed", { bubbles: true }));
  }

  /** One person only: the box goes while somebody is chosen. */
  private room(): void {
    this.input.hidden = this.part.dataset.many === undefined && this.chosen.childElementCount > 0;
  }
}

export function attachPicker(part: HTMLElement): void {
  const input = part.querySelector<HTMLInputElement>("[role=combobox]");
  const chosen = part.querySelector<HTMLElement>(".sl-pick-chosen");
  const list = part.querySelector<HTMLElement>("[role=listbox]");
  if (input && chosen && list) new Picker(part, input, chosen, list);
}
