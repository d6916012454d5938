/** From what a person types to FEEL, and back to what a person reads. */
import type { Choice, Column, Part } from "./grid";

// what is already FEEL, or not meant as a plain text
const FEEL = /["()?[\]{}<>=]|^(-|null|true|false)$|^not\b/;

const quoted = (text: string): string => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;

/** Return the FEEL of a typed text: names of values become their codes, plain texts get their quotation marks. */
export function written(typed: string, part: Part, column: Column | undefined, choices: Choice[]): string {
  const text = typed.trim();
  if (part === "annotations" || !column || !text) return part === "tests" && !text ? "-" : text;
  const parts = part === "tests" ? text.split(/\s*[,，、]\s*/) : [text];
  const known = parts.map((one) => choices.find((choice) => choice.label === one || choice.text === one)?.text);
  if (known.every((one) => one !== undefined)) return known.join(", ");
  if (column.type !== "string" || FEEL.test(text)) return text;
  return parts.map((one, at) => known[at] ?? quoted(one)).join(", ");
}

/** Return how a cell is shown: codes by their names, "anything" as a dash. */
export function shown(text: string, part: Part, choices: Choice[]): string {
  if (part === "annotations") return text;
  if (part === "tests" && (text.trim() === "-" || !text.trim())) return "–";
  const parts = text.split(/\s*,\s*/);
  const known = parts.map((one) => choices.find((choice) => choice.text === one)?.label);
  return known.every((one) => one !== undefined) ? known.join("、") : text;
}
