/** What the fields of the panel know beside their own place: the words, the choices, the diagram. */
import type { Canvas } from "../canvas";
import { host, pieceOf } from "../extension";
import { named } from "../pieces";
import { wording } from "./cell";
import type { Choice, FormJson, Shown, Start } from "../types";

interface FieldJson {
  key?: string;
  label?: { zh?: string; en?: string };
}

export class Context {
  /** Set by the panel: draws it again, because a field has come or gone. */
  redraw: () => void = () => undefined;
  /** Set by the page: opens the form of this key in the designer. */
  editForm: (key: string) => void = () => undefined;
  /** Set by the page: names a new form and opens it. */
  newForm: (done: (key: string) => void) => void = () => undefined;
  /** Set by the page: names a new document. */
  newDocument: (done: (key: string) => void) => void = () => undefined;

  constructor(readonly start: Start, readonly canvas: Canvas, readonly element: () => Shown) {}

  word(key: string): string {
    return this.start.words[key] ?? key;
  }

  text(words: { zh?: string; en?: string } | undefined): string {
    const [first, second] = this.start.language === "zh" ? [words?.zh, words?.en] : [words?.en, words?.zh];
    return (first ?? "") || (second ?? "");
  }

  forms(): Choice[] {
    return Object.entries(this.start.forms).map(([key, form]) => [key, this.text(form.title as { zh?: string }) || key]);
  }

  documents(): Choice[] {
    return Object.entries(this.start.documents).map(([key, name]) => [key, this.text(name) || key]);
  }

  /** Return the fields of a form, or of all forms. */
  fields(form?: string): Choice[] {
    const wanted = form && this.start.forms[form] ? [this.start.forms[form]] : Object.values(this.start.forms);
    const found = new Map<string, string>();
    for (const one of wanted) for (const field of fieldsOf(one)) if (field.key) found.set(field.key, this.text(field.label) || field.key);
    return [...found];
  }

  /** Return the steps of the diagram, by the word "step" that people use. */
  nodes(): Choice[] {
    return this.named("bpmn:Activity");
  }

  /** Return where somebody can choose who does a later step: at the start, or at a task of people. */
  choosers(): Choice[] {
    return [...this.named("bpmn:StartEvent"), ...this.named("bpmn:UserTask"), ...this.named("bpmn:ManualTask")];
  }

  private named(type: string): Choice[] {
    const registry = this.canvas.get("elementRegistry");
    const steps = registry.filter((one) => one.businessObject.$instanceOf(type) && !one.labelTarget);
    return steps.map((one) => [one.id, String(one.businessObject.get("name") ?? "").replace(/\s+/g, " ") || one.id]);
  }

  phases(): Choice[] {
    const root = this.canvas.get("canvas").getRootElement();
    const process = host(root, "process");
    const held = process && pieceOf(process, "process");
    const cell = (one: ReturnType<typeof named>[number]): { get: () => typeof one; set: () => void; name: string } => ({ get: () => one, set: () => undefined, name: "phase" });
    return named(held, "phase").map((one) => {
      const words = { zh: wording(cell(one), "name", "zh"), en: wording(cell(one), "name", "en") };
      return [one.attributes.key ?? "", this.text(words) || (one.attributes.key ?? "")];
    });
  }
}

export function fieldsOf(form: FormJson | undefined): FieldJson[] {
  const sections = (form?.sections as { fields?: FieldJson[] }[] | undefined) ?? [];
  return sections.flatMap((section) => section.fields ?? []);
}
