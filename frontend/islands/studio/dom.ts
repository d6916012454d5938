/** Making elements without markup in strings. */

type Child = Node | string | undefined | false;

export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]> & { data?: Record<string, string> } = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const { data, ...own } = properties;
  const made = Object.assign(document.createElement(tag), own);
  Object.assign(made.dataset, data ?? {});
  made.append(...children.filter((one): one is Node | string => Boolean(one)));
  return made;
}

let count = 0;
export const fresh = (): string => `studio-${(count += 1)}`;

/** Return words with their parts filled in. */
export const filled = (words: string, parts: Record<string, string | number>): string =>
  words.replace(/{(\w+)}/g, (whole, key: string) => String(parts[key] ?? whole));

export function button(label: string, act: () => void, css = "btn btn-sm"): HTMLButtonElement {
  const made = h("button", { type: "button", className: css, textContent: label });
  made.addEventListener("click", act);
  return made;
}

const CONTROL = "input, select, textarea";
/** Return what a person types into or chooses from: the element itself or the first within it. */
export const controlIn = (made: HTMLElement): HTMLElement | null => (made.matches(CONTROL) ? made : made.querySelector<HTMLElement>(CONTROL));

export function field(label: string, control: HTMLElement): HTMLElement {
  const named = controlIn(control);
  if (named && !named.id) named.id = fresh();
  return h("div", { className: "st-field" }, h("label", { className: "sl-lbl", htmlFor: named?.id ?? "", textContent: label }), control);
}
