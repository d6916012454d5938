/** Runs `attach` once on every element that fits, now and whenever htmx brings new ones. */

const attached = new WeakMap<Element, Set<unknown>>();

export type Attach<Kind extends Element> = (element: Kind) => void;

export function each<Kind extends Element>(root: ParentNode, selector: string, attach: Attach<Kind>): void {
  const inside = [...root.querySelectorAll<Kind>(selector)];
  const all = root instanceof Element && root.matches(selector) ? [root as unknown as Kind, ...inside] : inside;
  for (const element of all) {
    const known = attached.get(element) ?? new Set();
    if (known.has(attach)) continue;
    attached.set(element, known.add(attach));
    attach(element);
  }
}

/** Return the token that the server wants with every write. */
export function csrfToken(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
}
