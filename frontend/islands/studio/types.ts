/** What the page tells the island, and the little of bpmn-js's own types that it needs. */

export type Words = Record<string, string>;
export type Choice = [value: string, label: string];

export interface Spec {
  how: "attribute" | "content" | "child" | "children" | "wording" | "record" | "records" | "set" | "native";
  name: string;
  label: string;
  control?: string;
  record?: string;
  options?: Choice[];
  default?: string;
}

export interface RecordSpec {
  fields?: Spec[];
  choose?: Choice[];
  by?: Record<string, Spec[]>;
}

export interface Section {
  key: string;
  label: string;
  icon: string;
  on: string[];
  holder: string;
  fields: Spec[];
  of?: "process" | "event" | "loop";
  open?: boolean;
}

export type FormJson = Record<string, unknown>;

export interface Start {
  draft: number;
  process: string;
  name: string;
  revision: number;
  isOpen: boolean;
  bpmn: string;
  forms: Record<string, FormJson>;
  documents: Record<string, { zh?: string; en?: string }>;
  language: "zh" | "en";
  words: Words;
  bpmnWords: Words;
  panel: { sections: Section[]; records: Record<string, RecordSpec> };
  choices: Record<string, Choice[]>;
  snippets: { name: string; type: string; words: { zh: string; en: string }; pieces: Piece[] }[];
  urls: Record<"save" | "copy" | "publish" | "submit" | "check" | "layout" | "import" | "columns" | "studio" | "form", string>;
}

/** One XML element of ours, as plain data that is never changed in place. */
export interface Piece {
  name: string;
  attributes: Record<string, string>;
  text: string;
  children: Piece[];
}

export interface Moddle {
  $type: string;
  $parent?: Moddle;
  $descriptor: { ns: { localName: string; uri?: string }; isGeneric?: boolean };
  $instanceOf(type: string): boolean;
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  [key: string]: unknown;
}

export interface Shown {
  id: string;
  type: string;
  businessObject: Moddle;
  labelTarget?: Shown;
  source?: Shown;
  parent?: Shown;
  children?: Shown[];
  x: number;
  y: number;
  width: number;
  height: number;
  waypoints?: { x: number; y: number }[];
}

export interface Problem {
  code: string;
  severity: "error" | "warning";
  element: string | null;
  words: string;
}
