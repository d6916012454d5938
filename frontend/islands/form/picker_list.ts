/** The list under a picker's box: shows what was found and moves in it by the arrow keys. */

export interface Found {
  value: string;
  label: string;
  note?: string;
}

export class List {
  private found: Found[] = [];
  private at = -1;

  constructor(
    private readonly list: HTMLElement,
    private readonly input: HTMLInputElement,
    private readonly none: string,
    private readonly pick: (found: Found) => void,
  ) {
    list.addEventListener("pointerdown", (event) => {
      const item = event.target instanceof Element ? event.target.closest<HTMLElement>("[role=option]") : null;
      if (!item) return;
      event.preventDefault(); // the box keeps the focus
      this.choose(Number(item.dataset.at));
    });
  }

  open(found: Found[]): void {
    this.found = found;
    this.list.replaceChildren(...(found.length ? found.map((one, at) => this.item(one, at)) : [this.nobody()]));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark(found.length ? 0 : -1);
  }

  close(): void {
    this.list.hidden = true;
    this.found = [];
    this.mark(-1);
    this.input.setAttribute("aria-expanded", "false");
  }

  onKey(event: KeyboardEvent): void {
    if (this.list.hidden) return;
    if (event.key === "ArrowDown") this.mark(Math.min(this.at + 1, this.found.length - 1));
    else if (event.key === "ArrowUp") this.mark(Math.max(this.at - 1, 0));
    else if (event.key === "Enter") this.choose(this.at);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  private choose(at: number): void {
    const found = this.found[at];
    if (found) this.pick(found);
    this.close();
  }

  private mark(at: number): void {
    this.at = at;
    for (const item of this.list.querySelectorAll<HTMLElement>("[role=option]")) {
      const isHere = Number(item.dataset.at) === at;
      item.setAttribute("aria-selected", String(isHere));
      if (isHere) item.scrollIntoView({ block: "nearest" });
    }
    if (at < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", `${this.list.id}-${at}`);
  }

  private item(found: Found, at: number): HTMLLIElement {
    const item = document.createElement("li");
    item.id = `${this.list.id}-${at}`;
    item.dataset.at = String(at);
    item.setAttribute("role", "option");
    item.append(found.label);
    if (found.note) {
      const note = document.createElement("small");
      note.textContent = found.note;
      item.append(note);
    }
    return item;
  }

  private nobody(): HTMLLIElement {
    const item = document.createElement("li");
    item.className = "is-none";
    item.textContent = this.none;
    return item;
  }
}
