/**
 * Adds and removes the rows of a table or of a list of texts.
 *
 *   <div data-rows="goals" data-most="10" data-least="1">
 *     <table><tbody data-rows-body>
 *       <tr data-row><td><input name="goals-0-metric"></td><td><button type="button" data-row-remove>…</button></td></tr>
 *     </tbody></table>
 *     <template><tr data-row><td><input name="goals-__n__-metric"></td>…</tr></template>
 *     <button type="button" data-row-add>Add a row</button><span data-rows-full hidden>10 at most</span>
 *   </div>
 *
 * Numbers in names only grow; the server takes the rows in their order and does not mind gaps.
 */
const NUMBER = "__n__";

class Rows {
  private readonly body: HTMLElement;
  private readonly pattern: HTMLTemplateElement;
  private next: number;

  constructor(private readonly part: HTMLElement) {
    this.body = part.querySelector<HTMLElement>("[data-rows-body]") ?? part;
    this.pattern = part.querySelector("template") ?? document.createElement("template");
    this.next = this.rows().length;
    part.querySelector("[data-row-add]")?.addEventListener("click", () => this.add());
    this.body.addEventListener("click", (event) => {
      const target = event.target instanceof Element ? event.target.closest("[data-row-remove]") : null;
      const row = target?.closest<HTMLElement>("[data-row]");
      if (row) this.remove(row);
    });
    this.limits();
  }

  private rows(): HTMLElement[] {
    return [...this.body.querySelectorAll<HTMLElement>(":scope > [data-row]")];
  }

  private add(): void {
    if (this.rows().length >= Number(this.part.dataset.most ?? Infinity)) return;
    const holder = document.createElement("template");
    holder.innerHTML = this.pattern.innerHTML.replaceAll(NUMBER, String(this.next));
    this.next += 1;
    const row = holder.content.firstElementChild;
    if (!(row instanceof HTMLElement)) return;
    this.body.append(row);
    row.dispatchEvent(new CustomEvent("sl:row", { bubbles: true }));
    row.querySelector<HTMLElement>("input:not([type=hidden]), select, textarea")?.focus();
    this.changed();
  }

  private remove(row: HTMLElement): void {
    const all = this.rows();
    const neighbour = all[all.indexOf(row) - 1] ?? all[all.indexOf(row) + 1];
    row.remove();
    const goal = neighbour?.querySelector<HTMLElement>("[data-row-remove]");
    (goal ?? this.part.querySelector<HTMLElement>("[data-row-add]"))?.focus();
    this.changed();
  }

  private changed(): void {
    this.limits();
    this.part.dispatchEvent(new CustomEvent("sl:changed", { bubbles: true }));
  }

  private limits(): void {
    const all = this.rows();
    const full = all.length >= Number(this.part.dataset.most ?? Infinity);
    const add = this.part.querySelector<HTMLButtonElement>("[data-row-add]");
    if (add) add.disabled = full;
    const note = this.part.querySelector<HTMLElement>("[data-rows-full]");
    if (note) note.hidden = !full;
    for (const button of this.body.querySelectorAll<HTMLButtonElement>("[data-row-remove]")) {
      button.disabled = all.length <= Number(this.part.dataset.least ?? 0);
    }
  }
}

export function attachRows(part: HTMLElement): void {
  new Rows(part);
}
