/** A form as JSON, and what the page tells. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type Part = { [name: string]: Json };

export interface Start {
  form: Part;
  revision: number;
  isOpen: boolean;
  words: Record<string, string>;
  fresh: Record<string, Part>;
  properties: Record<string, string[]>;
  urls: Record<"save" | "draw" | "preview" | "import" | "copy" | "file" | "designer", string>;
}

export interface Finding {
  path: string;
  words: string;
  name: string;
  severity: "error" | "warning";
}

export interface Drawn {
  canvas?: string;
  panel?: string;
  at?: string;
  scope?: Json;
  findings: Finding[];
}
