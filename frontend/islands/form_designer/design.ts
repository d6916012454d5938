/** The form while it is designed: what is chosen, every change, and the way back. */
import { fieldsOf, freeKey, get, listAt, placeOf, put } from "./paths";
import type { Json, Part, Start } from "./types";

const TOGETHER = 1500; // milliseconds in which changes of one property are one step back
const MOST_STEPS = 200;

type What = "form" | "typed" | "choice";
type Told = (what: What) => void;

export class Design {
  form: Part;
  chosen = "";
  private readonly past: string[] = [];
  private readonly future: string[] = [];
  private readonly listeners: Told[] = [];
  private last = { path: "", at: 0 };

  constructor(private readonly start: Start) {
    this.form = structuredClone(start.form);
  }

  listen(listener: Told): void {
    this.listeners.push(listener);
  }

  private tell(what: What): void {
    for (const listener of this.listeners) listener(what);
  }

  choose(path: string): void {
    this.chosen = path;
    this.tell("choice");
  }

  /** Change the form as one step that can be taken back; `path` names the property that somebody types. */
  change(work: (form: Part) => void, path = ""): void {
    const now = Date.now();
    const goesOn = path !== "" && path === this.last.path && now - this.last.at < TOGETHER;
    if (!goesOn) this.past.push(JSON.stringify(this.form));
    if (this.past.length > MOST_STEPS) this.past.shift();
    this.future.length = 0;
    this.last = { path, at: now };
    work(this.form);
    this.tell(path ? "typed" : "form");
  }

  step(way: -1 | 1): void {
    const [from, to] = way < 0 ? [this.past, this.future] : [this.future, this.past];
    const found = from.pop();
    if (found === undefined) return;
    to.push(JSON.stringify(this.form));
    this.form = JSON.parse(found) as Part;
    this.last = { path: "", at: 0 };
    if (this.chosen && get(this.form, this.chosen) === undefined) this.chosen = "";
    this.tell("form");
  }

  set(path: string, value: Json | undefined): void {
    this.change((form) => put(form, path, value), path);
  }

  /** Add a new field behind what is chosen, or at a place of a section. */
  add(type: string, section?: number, at?: number): void {
    const [, number, field] = /^sections\.(\d+)(?:\.fields\.(\d+))?/.exec(this.chosen) ?? [];
    const sections = listAt(this.form, "sections");
    const into = section ?? (number === undefined ? Math.max(sections.length - 1, 0) : Number(number));
    this.change((form) => {
      const fields = listAt(form, `sections.${into}.fields`);
      const place = at ?? (field === undefined || section !== undefined ? fields.length : Number(field) + 1);
      const made = structuredClone(this.start.fresh[type] ?? { type });
      fields.splice(place, 0, { ...made, key: freeKey(type, fieldsOf(form)) });
      this.chosen = `sections.${into}.fields.${place}`;
    });
  }

  addSection(): void {
    this.change((form) => {
      const sections = listAt(form, "sections");
      sections.push({ title: { zh: "", en: "" }, fields: [] });
      this.chosen = `sections.${sections.length - 1}`;
    });
  }

  insert(path: string, value: Json): void {
    this.change((form) => {
      const made = structuredClone(value) as Part;
      const list = listAt(form, path);
      if (path.endsWith("columns")) Object.assign(made, structuredClone(this.start.fresh.text), { key: freeKey("text", list) });
      list.push(made);
    });
  }

  remove(path: string): void {
    this.change((form) => {
      const place = placeOf(form, path);
      place?.list.splice(place.at, 1);
      if (!place || !this.chosen.startsWith(path)) return;
      const near = Math.min(place.at, place.list.length - 1);
      this.chosen = near < 0 ? place.above.replace(/\.[a-z_]+$/, "") : `${place.above}.${near}`;
    });
  }

  copy(path: string): void {
    this.change((form) => {
      const place = placeOf(form, path);
      if (!place) return;
      const made = structuredClone(place.list[place.at]) as Part;
      const known = path.includes(".columns.") ? place.list : fieldsOf(form);
      place.list.splice(place.at + 1, 0, { ...made, key: freeKey(String(made.key), known) });
      this.chosen = `${place.above}.${place.at + 1}`;
    });
  }

  /** Move a part up or down; a field goes on into the next section. */
  move(path: string, way: -1 | 1): void {
    const place = placeOf(this.form, path);
    if (!place) return;
    const goal = place.at + way;
    const isField = /^sections\.\d+\.fields\.\d+$/.test(path);
    if (goal >= 0 && goal < place.list.length) this.moveTo(path, place.above, way > 0 ? goal + 1 : goal);
    else if (isField) {
      const next = Number(path.split(".")[1]) + way;
      const other = get(this.form, `sections.${next}`);
      if (other !== undefined) this.moveTo(path, `sections.${next}.fields`, way > 0 ? 0 : listAt(this.form, `sections.${next}.fields`).length);
    }
  }

  /** Move a part before number `at` of a list. */
  moveTo(path: string, list: string, at: number): void {
    this.change((form) => {
      const place = placeOf(form, path);
      if (!place) return;
      const [part] = place.list.splice(place.at, 1);
      const goal = list === place.above && place.at < at ? at - 1 : at;
      if (part !== undefined) listAt(form, list).splice(goal, 0, part);
      if (this.chosen === path || /\.fields\.\d+$/.test(path)) this.chosen = `${list}.${goal}`;
    });
  }

  /** Make another type of field of one: what both have stays. */
  retype(path: string, type: string): void {
    const former = get(this.form, path) as Part;
    const names = this.start.properties[type] ?? [];
    const kept = Object.fromEntries(Object.entries(former).filter(([name]) => names.includes(name) && name !== "max" && name !== "min"));
    this.change((form) => put(form, path, { ...structuredClone(this.start.fresh[type] ?? {}), ...kept, type }));
  }
}
