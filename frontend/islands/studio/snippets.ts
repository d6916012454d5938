/** Steps that come with what is usually said of them: placed like any other element, in one step of undo. */
import type { Canvas } from "./canvas";
import { write } from "./pieces";
import type { Piece, Start } from "./types";

export function startSnippet(canvas: Canvas, start: Start, number: number, event: Event): void {
  const one = start.snippets[number];
  if (!one) return;
  const moddle = canvas.get("moddle");
  const own = canvas.get("bpmnFactory").create(one.type, { name: one.words.zh });
  const holder = moddle.create("bpmn:ExtensionElements");
  const english: Piece = { name: "name", attributes: { lang: "en" }, children: [], text: one.words.en };
  holder.set("values", [english, ...one.pieces].map((piece) => write(moddle, piece, holder)));
  holder.$parent = own;
  own.set("extensionElements", holder);
  const shape = canvas.get("elementFactory").createShape({ type: one.type, businessObject: own });
  canvas.get("create").start(event, shape);
}
