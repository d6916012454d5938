/** The fields of the panel that are BPMN's own: names, conditions, timers as text, names of messages. */
import type { Canvas } from "./canvas";
import { host, pieceOf, setPiece } from "./extension";
import { piece, withAttribute } from "./pieces";
import type { Moddle, Section, Shown } from "./types";

export interface Native {
  get(element: Shown): string;
  set(canvas: Canvas, element: Shown, value: string): void;
}

const TIMERS = ["timeDuration", "timeDate", "timeCycle"];
const body = (one: unknown): string => ((one as Moddle | undefined)?.get("body") as string | undefined) ?? "";
const text = (of: Moddle | undefined, name: string): string => String(of?.get(name) ?? "");

function formal(canvas: Canvas, value: string, parent: Moddle): Moddle | undefined {
  if (!value.trim()) return undefined;
  const made = canvas.get("moddle").create("bpmn:FormalExpression", { body: value });
  made.$parent = parent;
  return made;
}

/** A property that holds an expression. */
const expression = (name: string, of?: Section["of"]): Native => ({
  get: (element) => body(host(element, of)?.get(name)),
  set: (canvas, element, value) => {
    const at = host(element, of);
    if (at) canvas.get("modeling").updateModdleProperties(element, at, { [name]: formal(canvas, value, at) });
  },
});

/** A property that holds a text. */
const plain = (name: string, of?: Section["of"], also: Record<string, unknown> = {}): Native => ({
  get: (element) => text(host(element, of), name),
  set: (canvas, element, value) => {
    const at = host(element, of);
    if (at) canvas.get("modeling").updateModdleProperties(element, at, { [name]: value || undefined, ...(value ? also : {}) });
  },
});

const timer = (element: Shown): Moddle | undefined => host(element, "event");
const timerKind = (element: Shown): string => TIMERS.find((one) => timer(element)?.get(one)) ?? "timeDuration";

function setTimer(canvas: Canvas, element: Shown, kind: string, value: string): void {
  const at = timer(element);
  if (!at) return;
  const none = Object.fromEntries(TIMERS.map((one) => [one, undefined]));
  canvas.get("modeling").updateModdleProperties(element, at, { ...none, [kind]: formal(canvas, value, at) });
}

/** Return which of the file's own messages, signals, errors or escalations an event names. */
function reference(at: Moddle): [property: string, type: string] {
  const what = at.$type.replace(/^bpmn:(\w+)EventDefinition$/, "$1");
  return [`${what.toLowerCase()}Ref`, `bpmn:${what}`];
}

function refer(canvas: Canvas, element: Shown, name: string): void {
  const at = host(element, "event");
  if (!at) return;
  if (at.$type === "bpmn:LinkEventDefinition") return canvas.get("modeling").updateModdleProperties(element, at, { name });
  const [property, type] = reference(at);
  const definitions = canvas.definitions();
  const roots = definitions.get("rootElements") as Moddle[];
  let found = roots.find((one) => one.$type === type && one.get("name") === name);
  if (!found && name) {
    found = canvas.get("bpmnFactory").create(type, { name });
    found.$parent = definitions;
    roots.push(found);
  }
  canvas.get("modeling").updateModdleProperties(element, at, { [property]: name ? found : undefined });
}

function referred(element: Shown): Moddle | undefined {
  const at = host(element, "event");
  return at && at.$type !== "bpmn:LinkEventDefinition" ? (at.get(reference(at)[0]) as Moddle | undefined) : at;
}

const codeName = (of: Moddle): string => (of.$type === "bpmn:Escalation" ? "escalationCode" : "errorCode");

export const NATIVE: Record<string, Native> = {
  name: { get: (one) => text(one.businessObject, "name"), set: (canvas, one, value) => canvas.get("modeling").updateLabel(one, value) },
  id: { get: (one) => one.businessObject.get("id") as string, set: () => undefined },
  englishName: {
    get: (one) => pieceOf(one.businessObject, "name")?.text ?? "",
    set: (canvas, one, value) => setPiece(canvas, one, one.businessObject, "name", value ? piece("name", { lang: "en" }, [], value) : undefined),
  },
  condition: expression("conditionExpression"),
  default: {
    get: (one) => String(one.source?.businessObject.get("default") === one.businessObject),
    set: (canvas, one, value) => {
      if (one.source) canvas.get("modeling").updateProperties(one.source, { default: value === "true" ? one.businessObject : undefined });
    },
  },
  called: {
    get: (one) => pieceOf(one.businessObject, "call")?.attributes.process ?? text(one.businessObject, "calledElement"),
    set: (canvas, one, value) =>
      canvas.asOne(() => {
        canvas.get("modeling").updateProperties(one, { calledElement: value || undefined });
        const call = pieceOf(one.businessObject, "call");
        if (call?.attributes.process) setPiece(canvas, one, one.businessObject, "call", withAttribute(call, "process", value));
      }),
  },
  timerKind: { get: timerKind, set: (canvas, one, value) => setTimer(canvas, one, value, body(timer(one)?.get(timerKind(one))) || "PT1H") },
  timerText: { get: (one) => body(timer(one)?.get(timerKind(one))), set: (canvas, one, value) => setTimer(canvas, one, timerKind(one), value) },
  eventName: { get: (one) => text(referred(one), "name"), set: refer },
  eventCode: {
    get: (one) => { const of = referred(one); return of ? text(of, codeName(of)) : ""; },
    set: (canvas, one, value) => { const of = referred(one); if (of) canvas.get("modeling").updateModdleProperties(one, of, { [codeName(of)]: value || undefined }); },
  },
  eventCondition: expression("condition", "event"),
  script: plain("script", undefined, { scriptFormat: "feel" }),
  cardinality: expression("loopCardinality", "loop"),
  completion: expression("completionCondition", "loop"),
  loopCondition: expression("loopCondition", "loop"),
  loopMaximum: plain("loopMaximum", "loop"),
  adHocCompletion: expression("completionCondition"),
  activation: expression("activationCondition"),
};
