/** Completes variables (by name or by what people call them), built-in functions with their help, and keywords. */
import type { Completion, CompletionContext, CompletionResult, CompletionSource } from "@codemirror/autocomplete";

export interface Variable {
  name: string;
  type: string;
  label: string;
  kind: string; // what people call the type
}

interface BuiltIn {
  name: string;
  signature: string;
  help: string;
  example: string;
}

const KEYWORDS = ["and", "or", "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "between", "true", "false", "null"];
// the last words before the cursor; names may have spaces in them
const WORDS = /[\p{L}_?][\p{L}\p{N}_.?-]*(?: +[\p{L}\p{N}_.?-]+)*$/u;
let builtIns: Promise<BuiltIn[]> | undefined;

async function functions(url: string): Promise<BuiltIn[]> {
  const load = async (): Promise<BuiltIn[]> => {
    const reply = await fetch(url, { headers: { Accept: "application/json" } });
    return reply.ok ? ((await reply.json()) as BuiltIn[]) : [];
  };
  builtIns ??= load().catch(() => []);
  return builtIns;
}

/** Return the variables that a field may read, from the JSON beside it. */
export function scopeOf(field: HTMLElement): Variable[] {
  const place = document.getElementById(field.dataset.feelScope ?? "");
  return place?.textContent ? (JSON.parse(place.textContent) as Variable[]) : [];
}

function help(one: BuiltIn): () => Node {
  return () => {
    const box = document.createElement("div");
    for (const text of [one.signature, one.help, one.example]) {
      box.append(Object.assign(document.createElement("div"), { textContent: text }));
    }
    return box;
  };
}

function options(variables: Variable[], known: BuiltIn[], wanted: string): Completion[] {
  const begin = wanted.toLowerCase();
  const fits = (name: string): boolean => name.toLowerCase().startsWith(begin);
  return [
    ...variables
      .filter((one) => fits(one.name) || one.label.toLowerCase().includes(begin))
      .map((one) => ({ label: one.name, detail: [one.label, one.kind].filter(Boolean).join(" · "), type: "variable", boost: 9 })),
    ...known
      .filter((one) => fits(one.name))
      .map((one) => ({ label: one.name, apply: `${one.name}(`, detail: "()", info: help(one), type: "function" })),
    ...KEYWORDS.filter(fits).map((label) => ({ label, type: "keyword", boost: -9 })),
  ];
}

/** Return the source of completions for a field: the longest run of words that begins a name counts. */
export function completions(field: HTMLTextAreaElement): CompletionSource {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const before = context.matchBefore(WORDS);
    const words = before?.text.split(/ +/) ?? [""];
    if (!before && !context.explicit) return null;
    const known = await functions(field.dataset.functions ?? "/feel/functions.json");
    for (let first = 0; first < words.length; first += 1) {
      const wanted = words.slice(first).join(" ");
      const found = options(scopeOf(field), known, wanted);
      if (found.length) return { from: context.pos - wanted.length, options: found, filter: false };
    }
    return null;
  };
}
