/**
 * Shows the facts of a node beside the drawing when it is clicked, or chosen with Enter.
 *
 *   <g data-id="C3b">…</g>            in the drawing
 *   <template data-facts-of="C3b">…</template>   in the section
 */
import type { View } from "./view";

export function attachFacts(section: HTMLElement, box: HTMLElement, view: View): void {
  const panel = document.createElement("div");
  panel.className = "sl-facts";
  panel.hidden = true;
  panel.setAttribute("aria-live", "polite");
  box.append(panel);
  let opener: SVGElement | undefined;

  const close = (): void => {
    panel.hidden = true;
    opener?.focus();
  };
  const open = (node: SVGElement, facts: HTMLTemplateElement): void => {
    opener = node;
    panel.replaceChildren(closer(box, close), facts.content.cloneNode(true));
    panel.hidden = false;
  };
  panel.addEventListener("keydown", (event) => event.key === "Escape" && close());
  for (const facts of section.querySelectorAll<HTMLTemplateElement>("template[data-facts-of]")) {
    const id = CSS.escape(facts.dataset.factsOf ?? "");
    const node = box.querySelector<SVGGraphicsElement>(`[data-id="${id}"]`);
    if (node) makeButton(node, facts, open, view);
  }
}

function makeButton(
  node: SVGGraphicsElement,
  facts: HTMLTemplateElement,
  open: (node: SVGElement, facts: HTMLTemplateElement) => void,
  view: View,
): void {
  node.dataset.facts = "";
  node.setAttribute("tabindex", "0");
  node.setAttribute("role", "button");
  node.addEventListener("click", () => open(node, facts));
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    view.centre(node);
    open(node, facts);
  });
}

function closer(box: HTMLElement, close: () => void): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "sl-ib";
  button.setAttribute("aria-label", box.dataset.closeLabel ?? "");
  button.textContent = "×";
  button.addEventListener("click", close);
  return button;
}
