/** Copying and changing an element keeps what we say of it: bpmn-js itself copies no elements that it does not know. */
import type { Services } from "./canvas";
import { isOurs, read, write } from "./pieces";
import type { Moddle } from "./types";

interface Asked {
  property: unknown;
  parent: Moddle;
}

interface Bus {
  on(event: string, priority: number, listener: (asked: Asked) => Moddle | undefined): void;
}

class Copying {
  static $inject = ["eventBus", "moddle"];

  constructor(bus: Bus, moddle: Services["moddle"]) {
    bus.on("moddleCopy.canCopyProperty", 2000, ({ property, parent }) => {
      const holder = property as Moddle | undefined;
      if (holder?.$type !== "bpmn:ExtensionElements") return undefined;
      const copy = moddle.create("bpmn:ExtensionElements");
      copy.set("values", (holder.get("values") as Moddle[]).filter(isOurs).map((one) => write(moddle, read(one), copy)));
      copy.$parent = parent;
      return copy;
    });
  }
}

export const extensionModule = { __init__: ["studioCopying"], studioCopying: ["type", Copying] };
