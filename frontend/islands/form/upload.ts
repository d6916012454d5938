/**
 * Sends files at once, with progress, and checks size and kind before; the form then carries only their numbers.
 *
 *   <div data-upload="evidence" data-url="/attachments/" data-next="1" data-most="20" data-largest="20971520" data-types="pdf,png"
 *        data-too-large="…{name}…" data-wrong-type="…" data-too-many="…" data-failed="…" data-remove="Remove {name}">
 *     <ul class="sl-files"><li data-file><a class="sl-file-name">report.pdf</a>
 *       <input type="hidden" name="evidence-0-id" value="17"><input type="hidden" name="evidence-0-name" value="report.pdf">
 *       <button type="button" data-unfile>…</button></li></ul>
 *     <div class="sl-drop"><label class="btn">Add<input type="file" class="visually-hidden" multiple></label></div>
 *     <template data-kinds><select name="evidence-__n__-kind">…</select></template>
 *   </div>
 *
 * The server answers 201 {"id": "17", "name": "report.pdf"}, or 4xx {"error": {"message": "…"}}.
 */
import { type Sent, send } from "./upload_send";

function hidden(name: string, value: string): HTMLInputElement {
  return Object.assign(document.createElement("input"), { type: "hidden", name, value });
}

class Upload {
  private next: number;

  constructor(
    private readonly part: HTMLElement,
    private readonly list: HTMLElement,
    input: HTMLInputElement,
    drop: HTMLElement,
  ) {
    this.next = Number(part.dataset.next ?? 0);
    input.addEventListener("change", () => {
      this.take([...(input.files ?? [])]);
      input.value = "";
    });
    for (const name of ["dragover", "dragleave", "drop"]) {
      drop.addEventListener(name, (event) => {
        event.preventDefault();
        drop.classList.toggle("is-over", name === "dragover");
      });
    }
    drop.addEventListener("drop", (event) => this.take([...(event.dataTransfer?.files ?? [])]));
    list.addEventListener("click", (event) => this.onRemove(event));
  }

  private take(files: File[]): void {
    for (const file of files) {
      const item = this.row(file);
      const problem = this.problem(file);
      this.list.append(item);
      if (problem) this.fail(item, problem);
      else void this.upload(file, item);
    }
  }

  /** Say why a file cannot go; the server checks again and looks inside. */
  private problem(file: File): string {
    const { largest, types = "", most } = this.part.dataset;
    const ending = file.name.split(".").pop()?.toLowerCase() ?? "";
    const allowed = types.split(",").filter(Boolean);
    const taken = this.list.querySelectorAll("[data-file]:not(.is-failed)").length;
    if (allowed.length && !allowed.includes(ending)) return this.words("wrongType", file.name);
    if (largest && file.size > Number(largest)) return this.words("tooLarge", file.name);
    return most && taken >= Number(most) ? this.words("tooMany", file.name) : "";
  }

  private async upload(file: File, item: HTMLElement): Promise<void> {
    const bar = document.createElement("progress");
    bar.max = 1;
    bar.setAttribute("aria-label", file.name);
    item.append(bar);
    try {
      const sent = await send(this.part.dataset.url ?? "", file, (share) => (bar.value = share));
      this.finish(item, sent);
    } catch (error) {
      this.fail(item, (error instanceof Error && error.message) || this.words("failed", file.name));
    } finally {
      bar.remove();
    }
  }

  private finish(item: HTMLElement, sent: Sent): void {
    const field = `${this.part.dataset.upload ?? ""}-${this.next}`;
    item.append(hidden(`${field}-id`, sent.id), hidden(`${field}-name`, sent.name));
    const kinds = this.part.querySelector<HTMLTemplateElement>("template[data-kinds]");
    const choice = kinds?.content.firstElementChild?.cloneNode(true);
    if (choice instanceof HTMLSelectElement) {
      choice.name = `${field}-kind`;
      item.append(choice);
    }
    this.next += 1;
    item.append(this.remover(sent.name));
    this.part.dispatchEvent(new CustomEvent("sl:changed", { bubbles: true }));
  }

  private fail(item: HTMLElement, problem: string): void {
    item.classList.add("is-failed");
    const words = Object.assign(document.createElement("small"), { textContent: problem });
    words.setAttribute("role", "alert");
    item.append(words, this.remover(item.textContent ?? ""));
  }

  private row(file: File): HTMLElement {
    const item = document.createElement("li");
    item.dataset.file = "";
    item.append(Object.assign(document.createElement("span"), { className: "sl-file-name", textContent: file.name }));
    return item;
  }

  private remover(name: string): HTMLButtonElement {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "sl-ib", textContent: "×" });
    button.dataset.unfile = "";
    button.setAttribute("aria-label", this.words("remove", name));
    return button;
  }

  private onRemove(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target.closest("[data-unfile]") : null;
    if (!target) return;
    target.closest("[data-file]")?.remove();
    this.part.dispatchEvent(new CustomEvent("sl:changed", { bubbles: true }));
  }

  private words(key: string, name: string): string {
    return (this.part.dataset[key] ?? "{name}").replace("{name}", name);
  }
}

export function attachUpload(part: HTMLElement): void {
  const list = part.querySelector<HTMLElement>(".sl-files");
  const input = part.querySelector<HTMLInputElement>("input[type=file]");
  const drop = part.querySelector<HTMLElement>(".sl-drop");
  if (list && input && drop) new Upload(part, list, input, drop);
}
