/** bpmn-js with our words and our extension elements: the diagram, its commands, its XML. */
import Modeler from "bpmn-js/lib/Modeler";
import { extensionModule } from "./copying";
import { together } from "./together";
import type { Moddle, Shown, Words } from "./types";

export interface Registry {
  get(id: string): Shown | undefined;
  getAll(): Shown[];
  filter(wanted: (one: Shown) => boolean): Shown[];
  getGraphics(id: string): SVGElement | undefined;
}

interface Modeling {
  updateProperties(element: Shown, properties: Record<string, unknown>): void;
  updateModdleProperties(element: Shown, moddle: Moddle, properties: Record<string, unknown>): void;
  updateLabel(element: Shown, text: string): void;
}

interface Stack {
  undo(): void;
  redo(): void;
  canUndo(): boolean;
  canRedo(): boolean;
  execute(command: string, context: unknown): void;
}

interface Overview {
  zoom(how?: "fit-viewport" | number): number;
  getRootElement(): Shown;
  addMarker(element: string | Shown, name: string): void;
  removeMarker(element: string | Shown, name: string): void;
  scrollToElement(element: Shown, padding?: number): void;
  focus(): void;
  getSize(): { width: number; height: number };
  viewbox(): { x: number; y: number; scale: number; inner: { x: number; y: number; height: number } };
  scroll(by: { dx: number; dy: number }): void;
}

export interface Services {
  elementRegistry: Registry;
  modeling: Modeling;
  commandStack: Stack;
  canvas: Overview;
  selection: { get(): Shown[]; select(element: Shown | Shown[] | null): void };
  moddle: { create(type: string, values?: object): Moddle; createAny(type: string, uri: string, values: object): Moddle };
  elementFactory: { createShape(values: object): Shown };
  bpmnFactory: { create(type: string, values?: object): Moddle };
  create: { start(event: Event, shape: Shown): void };
  eventBus: { on(event: string | string[], listener: (event: Record<string, unknown>) => void): void };
  editorActions: { register(action: string, act: () => void): void; unregister(action: string): void };
}

const PALETTE = 130; // pixels that the palette covers at the left
const EDGE = 20;
// a ready-made step comes from a menu at the upper edge: nothing may scroll away under it on its way
const still = { autoScroll: ["value", null] as ["value", unknown] };

function translation(words: Words): { translate: ["value", unknown] } {
  const translate = (text: string, parts: Record<string, string> = {}): string => {
    const found = words[text] ?? text;
    return found.replace(/{([^}]+)}/g, (whole, key: string) => parts[key] ?? whole);
  };
  return { translate: ["value", translate] };
}

export class Canvas {
  private readonly modeler: InstanceType<typeof Modeler>;

  constructor(container: HTMLElement, words: Words) {
    this.modeler = new Modeler({
      container,
      additionalModules: [translation(words), extensionModule, together, still],
      textRenderer: { defaultStyle: { fontFamily: "var(--sl-font)" }, externalStyle: { fontFamily: "var(--sl-font)" } },
    });
  }

  get<Name extends keyof Services>(name: Name): Services[Name] {
    return this.modeler.get(name) as Services[Name];
  }

  async open(xml: string): Promise<string[]> {
    const { warnings } = await this.modeler.importXML(xml);
    this.fit();
    return warnings.map(String);
  }

  async xml(): Promise<string> {
    const { xml } = await this.modeler.saveXML({ format: true });
    return xml ?? "";
  }

  async svg(): Promise<string> {
    return (await this.modeler.saveSVG()).svg;
  }

  /** Show the whole diagram beside the palette, but never larger than it is. */
  fit(): void {
    const overview = this.get("canvas");
    const whole = overview.zoom("fit-viewport");
    const { width, height } = overview.getSize();
    overview.zoom(Math.min(1, (whole * (width - PALETTE)) / width));
    const { inner, scale, x, y } = overview.viewbox();
    // a low diagram stands in the middle: at an edge whoever drags would scroll
    const above = Math.max(EDGE, (height - inner.height * scale) / 2);
    overview.scroll({ dx: (x - inner.x) * scale + PALETTE, dy: (y - inner.y) * scale + above });
  }

  definitions(): Moddle {
    return this.modeler.getDefinitions() as unknown as Moddle;
  }

  on(event: string | string[], listener: (event: Record<string, unknown>) => void): void {
    this.get("eventBus").on(event, listener);
  }

  /** Do several things as one step of undo. */
  asOne(steps: () => void): void {
    this.get("commandStack").execute("studio.together", { steps });
  }
}
