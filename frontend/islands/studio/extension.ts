/** Where our elements stand under an element of the diagram, and changing them as one step of undo. */
import type { Canvas } from "./canvas";
import { isEmpty, isOurs, read, write } from "./pieces";
import type { Moddle, Piece, Section, Shown } from "./types";

const list = (one: Moddle, name: string): Moddle[] => (one.get(name) as Moddle[] | undefined) ?? [];

/** Return the part of the file that a section of the panel is about; none where there is none. */
export function host(element: Shown, of: Section["of"]): Moddle | undefined {
  const own = element.businessObject;
  if (of === "event") return list(own, "eventDefinitions")[0];
  if (of === "loop") return own.get("loopCharacteristics") as Moddle | undefined;
  if (of !== "process") return own;
  if (own.$instanceOf("bpmn:Process")) return own;
  if (own.$instanceOf("bpmn:Participant")) return own.get("processRef") as Moddle | undefined;
  const pools = list(own, "participants");
  return pools.map((pool) => pool.get("processRef") as Moddle | undefined).find(Boolean);
}

const values = (of: Moddle): Moddle[] => {
  const holder = of.get("extensionElements") as Moddle | undefined;
  return holder ? list(holder, "values") : [];
};

const is = (name: string) => (one: Moddle) => isOurs(one) && one.$descriptor.ns.localName === name;

/** Return the first of our elements with this name. */
export function pieceOf(of: Moddle, name: string): Piece | undefined {
  const found = values(of).find(is(name));
  return found && read(found);
}

export const piecesOf = (of: Moddle): Piece[] => values(of).filter(isOurs).map(read);

/** Put a piece in place of the ones with its name; an empty one takes them away. */
export function setPiece(canvas: Canvas, element: Shown, of: Moddle, name: string, next: Piece | undefined): void {
  const kept = values(of).filter((one) => !is(name)(one));
  const before = values(of).findIndex(is(name));
  const moddle = canvas.get("moddle");
  const holder = moddle.create("bpmn:ExtensionElements");
  const added = next && !isEmpty(next) ? [write(moddle, next, holder)] : [];
  const at = before < 0 ? kept.length : before;
  const all = [...kept.slice(0, at), ...added, ...kept.slice(at)];
  holder.set("values", all);
  holder.$parent = of;
  for (const one of all) one.$parent = holder;
  canvas.get("modeling").updateModdleProperties(element, of, { extensionElements: all.length ? holder : undefined });
}

/** Return whether a section of the panel is about an element. */
export function fits(section: Section, element: Shown): boolean {
  const own = element.businessObject;
  if (section.key === "names" && own.$instanceOf("bpmn:Collaboration")) return false;
  const known = section.on.some((wanted) => (wanted.startsWith("bpmn:") ? own.$instanceOf(wanted) : has(own, wanted)));
  return known && host(element, section.of) !== undefined;
}

function has(own: Moddle, what: string): boolean {
  const loop = own.get("loopCharacteristics") as Moddle | undefined;
  if (what === "multiple") return loop?.$type === "bpmn:MultiInstanceLoopCharacteristics";
  if (what === "loop") return loop?.$type === "bpmn:StandardLoopCharacteristics";
  const type = `bpmn:${what[0]?.toUpperCase() ?? ""}${what.slice(1)}EventDefinition`;
  return list(own, "eventDefinitions").some((one) => one.$type === type);
}
